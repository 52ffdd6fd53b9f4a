"""A card with an estimate on either scale, a claim and flashcards with gaps, in both languages."""

from __future__ import annotations

from pathlib import Path

from tests.cards.written_cards import write_content

ENGLISH = """\
---
title: Shrinking signals
unit: initialization
status: ready
---
Each layer halves the mean square.

## Flashcard: bound
The bound is $a=\\sqrt{ \\frac{ {{c1::6}} }{ {{c2::n_{in}+n_{out}::fans}} } }$,
and it {{c3::(always)}} holds.

## Flashcard: plain
What shrinks?

---
The signal.

## Question: far
```question
kind: estimate
simulation: signal_propagation
parameters:
  depth: {integer: [20, 50]}
settings: {activation: relu, initialization: xavier_normal, batch: 32, width: 96}
axis: {low: 1e-20, high: 1e3, scale: log}
answer: 2 ** (-depth / 2)
tolerance: 5%
format: .2g
misconceptions:
  xavier-fits-relu: "1"
  half-per-layer: 2 ** (-depth)
chart: signal_schemes
```
A ReLU network has {{ depth }} layers with Xavier weights. The inputs have rms 1.

Where does the rms of its last layer lie?

### Axis
rms of the last layer

### Hint
Each layer halves the mean square.

### xavier-fits-relu
Xavier keeps the signal of linear layers.

### half-per-layer
The mean square is halved, not the rms.

### Explanation
$2^{-{{ depth }}/2}={{ answer }}$.

### Chart description
The rms falls along a straight line.

## Question: near
```question
kind: estimate
parameters:
  n: {integer: [8, 60]}
axis: {low: 0, high: 2 * n, scale: linear}
answer: n / 2
tolerance: 5%
misconceptions:
  all-of-it: n
```
Of {{ n }} steps half are taken. How many?

### Axis
steps taken, counted from the first one

### Unit
steps

### Hint
Halve it.

### all-of-it
That is all of them.

### Explanation
{{ answer }}.

## Question: judged
```question
kind: claim
statement: 1-16
simulation: signal_propagation
parameters:
  depth: {integer: [20, 50]}
settings: {activation: relu, initialization: xavier_normal, batch: 32, width: 96}
verdict: "false"
settled: outcome.final_rms < 0.1
misconceptions:
  xavier-fits-relu: "true"
chart: signal_schemes
```
A ReLU network has {{ depth }} layers.

### Claim
With Xavier weights the last of its {{ depth }} layers
has activations as large as the inputs.

### Hint
What does ReLU do to the mean square?

### xavier-fits-relu
It fits linear layers.

### Explanation
The rms of the last layer is {{ outcome.final_rms|.2g }}.

### Chart description
The rms falls.

## Question: counted
```question
kind: number
parameters:
  n: {integer: [2, 60]}
answer: n / 4
tolerance: 1%
misconceptions:
  half: n / 2
```
What is a quarter of {{ n }}?

### Hint
Halve it twice.

### half
That is a half.

### Explanation
{{ answer }}.
"""
KOREAN = """\
---
title: 줄어드는 신호
---
층마다 제곱 평균이 반으로 줄어듭니다.

## Flashcard: bound
경계는 $a=\\sqrt{ \\frac{ {{c1::6}} }{ {{c2::n_{in}+n_{out}::입출력 수}} } }$이고,
{{c3::(항상)}}입니다.

## Flashcard: plain
무엇이 줄어듭니까?

---
신호입니다.

## Question: far
세이비어 가중치를 쓴 ReLU 신경망에 층이 {{ depth }}개 있습니다. 입력의 RMS는 1입니다.

마지막 층의 RMS는 어디에 있습니까?

### Axis
마지막 층의 RMS

### Hint
층마다 제곱 평균이 반으로 줄어듭니다.

### xavier-fits-relu
세이비어는 선형 층의 신호를 지킵니다.

### half-per-layer
반으로 줄어드는 것은 제곱 평균입니다.

### Explanation
$2^{-{{ depth }}/2}={{ answer }}$입니다.

### Chart description
RMS가 직선을 따라 줄어듭니다.

## Question: near
{{ n }}스텝 가운데 절반을 지났습니다. 몇 스텝입니까?

### Axis
처음부터 센, 지나온 스텝의 수

### Unit
스텝

### Hint
반으로 나누세요.

### all-of-it
그것은 전부입니다.

### Explanation
{{ answer }}입니다.

## Question: judged
ReLU 신경망에 층이 {{ depth }}개 있습니다.

### Claim
세이비어 가중치를 쓰면 {{ depth }}개 층의 마지막 층에서도
활성값이 입력만큼 큽니다.

### Hint
ReLU는 제곱 평균을 어떻게 바꿉니까?

### xavier-fits-relu
그것은 선형 층에 맞습니다.

### Explanation
마지막 층의 RMS는 {{ outcome.final_rms|.2g }}입니다.

### Chart description
RMS가 줄어듭니다.

## Question: counted
{{ n }}의 4분의 1은 얼마입니까?

### Hint
두 번 반으로 나누세요.

### half
그것은 절반입니다.

### Explanation
{{ answer }}입니다.
"""


def write_kinds(root: Path) -> Path:
    """A content folder with the card `signals`."""
    return write_content(root, {"signals": {"card.md": ENGLISH, "card.ko.md": KOREAN}})
