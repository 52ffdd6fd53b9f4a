"""What the palette inserts into a Korean file: words only, under the English headings."""

from __future__ import annotations

from collections.abc import Mapping

KOREAN: Mapping[str, str] = {
    "flashcard": "## Flashcard: new-flashcard\n무엇을 묻습니까?\n\n---\n답은 무엇입니까?\n",
    "cloze": "## Flashcard: new-gap\nReLU 출력의 분산은 입력 분산의 {{c1::절반}}입니다.\n",
    "number": """\
## Question: new-number
{{ n }}의 제곱근은 얼마입니까?

### no-root
그것은 수 자체입니다.

### Explanation
{{ n }}의 제곱근은 {{ answer }}입니다.
""",
    "choice": """\
## Question: new-choice
어느 쪽이 더 큽니까?

### Option: first
첫째, {{ a }}.

### Option: second
둘째, {{ b }}.

### picks-first
{{ a }}이(가) {{ b }}보다 작습니다.

### picks-second
{{ b }}이(가) {{ a }}보다 작습니다.

### Explanation
{{ a }}와(과) {{ b }}을(를) 비교해 보십시오.
""",
    "several": """\
## Question: new-several
{{ a }}에 대해 옳은 것을 모두 고르십시오.

### Option: even
짝수입니다.

### Option: large
20보다 큽니다.

### sees-even
{{ a }}을(를) 2로 나누어 보십시오.

### sees-large
{{ a }}을(를) 20과 비교해 보십시오.

### Explanation
{{ a }}을(를) 다시 살펴보십시오.
""",
    "order": """\
## Question: new-order
$a={{ a }}$일 때 가장 작은 것부터 가장 큰 것까지 고르십시오.

### Option: once
$a$ 그대로

### Option: twice
$a$의 제곱

### Option: root
$a$의 제곱근

### squares-grow
1보다 작은 수는 제곱하면 더 작아집니다.

### Explanation
순서는 **{{ answer }}**입니다.
""",
    "estimate": """\
## Question: new-estimate
어떤 양을 {{ depth }}번 반으로 줄입니다. 얼마나 남습니까?

### Axis
남는 비율

### nothing-is-lost
한 번 지날 때마다 절반이 사라집니다.

### Explanation
{{ depth }}번 반으로 줄이면 {{ answer }}이(가) 남습니다.
""",
    "claim": """\
## Question: new-claim
시그모이드 층이 {{ depth }}개인 네트워크가 있습니다.

### Claim
세이비어 초기화를 쓰면 기울기가 유지됩니다.

### xavier-fixes-sigmoid
가중치가 어떻든 시그모이드의 기울기는 1/4을 넘지 않습니다.

### Explanation
첫 층의 기울기는 마지막 층의 {{ outcome.delta_ratio|.1g }}배였습니다.
""",
    "misconception": (
        "### new-misconception\n이 생각에서 무엇이 잘못되었고, 무엇이 옳은지 설명합니다.\n"
    ),
    "hint": "### Hint\n답이 아니라 답으로 가는 한 걸음입니다.\n",
}
