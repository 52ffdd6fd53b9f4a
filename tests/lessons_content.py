"""Three concepts with lessons of known steps, in both languages: hops, what builds on them, bare.

`hops` has four steps and pictures, `valleys` requires it, `bare` has nothing to read.
"""

from __future__ import annotations

from pathlib import Path

COURSE = """\
id = "lessons"
languages = ["en", "ko"]

[[units]]
id = "gradients"
title.en = "Gradients"
title.ko = "기울기"
"""

HOPS = """\
---
title: Hops
unit: gradients
status: ready
position: 1
try: {simulation: gradient_descent, chart: descent_path, controls: [learning_rate]}
pictures:
  far: {simulation: gradient_descent, chart: descent_path, settings: {learning_rate: 0.45}}
---

A network walks downhill in the dark. How far should it step?

![Where does the path land after the first step?](picture:try)

### One hop

It steps against the gradient. With the rate $\\eta$ and the curvature $\\lambda$ of the bowl
one hop is one multiplication:

$$
w_{t+1}=w_t-\\eta\\,\\frac{\\partial L}{\\partial w}=w_t-\\eta\\lambda w_t
=(1-\\eta\\lambda)\\,w_t=\\left(1-\\frac{\\eta}{\\eta_{max}/2}\\right)w_t
$$

### A worked example

Take $\\lambda=4$, the rate $\\eta=0.3$ and start at 5. The factor is $1-1.2=-0.2$, so the
weights are 5, −1, 0.2.

![The hops cross the valley and become longer.](picture:far)

### Too far

Above $\\eta\\lambda=2$ every hop is longer than the one before.

## Flashcard: direction
```flashcard
level: core
step: 2
```
Against what does a hop go?

---
Against the gradient.

## Question: factor
```question
kind: number
level: core
step: 3
parameters:
  n: {integer: [2, 9]}
answer: n / 10
tolerance: 1%
misconceptions:
  forgets: n * 10
```
The rate is 0.1 and the curvature {{ n }}. What is their product?

### Hint
Multiply.

### forgets
Multiply by the rate, do not divide.

### Explanation
{{ answer }}.

## Question: side
```question
kind: choice
level: core
step: 4
parameters:
  n: {integer: [3, 9]}
answer: n * 2
misconceptions:
  same: n
  root: n * n
```
A hop is twice as long as {{ n }}. How long is it?

### Hint
Double it.

### same
That is the hop before.

### root
That is the square.

### Explanation
{{ answer }}.

## Question: later
```question
kind: number
level: more
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

HOPS_KO = """\
---
title: 뜀
---

신경망이 어둠 속에서 내리막을 걷습니다. 한 걸음은 얼마나 멀어야 합니까?

![첫 걸음 다음에 경로가 어디에 닿습니까?](picture:try)

### 한 번의 뜀

기울기의 반대 방향으로 걷습니다. 학습률이 $\\eta$이고 그릇의 곡률이 $\\lambda$이면
한 번의 뜀은 곱셈 한 번입니다.

$$
w_{t+1}=w_t-\\eta\\,\\frac{\\partial L}{\\partial w}=w_t-\\eta\\lambda w_t
=(1-\\eta\\lambda)\\,w_t=\\left(1-\\frac{\\eta}{\\eta_{max}/2}\\right)w_t
$$

### 계산 예

$\\lambda=4$, 학습률 $\\eta=0.3$이고 5에서 시작합니다. 배수는 $1-1.2=-0.2$이므로
가중치는 5, −1, 0.2입니다.

![뜀이 골짜기를 건너며 길어집니다.](picture:far)

### 너무 먼 뜀

$\\eta\\lambda=2$를 넘으면 뜀이 매번 길어집니다.

## Flashcard: direction
뜀은 무엇의 반대 방향으로 갑니까?

---
기울기의 반대 방향입니다.

## Question: factor
학습률은 0.1이고 곡률은 {{ n }}입니다. 둘의 곱은 얼마입니까?

### Hint
곱하세요.

### forgets
학습률로 나누지 말고 곱하세요.

### Explanation
{{ answer }}입니다.

## Question: side
어떤 뜀은 {{ n }}의 두 배입니다. 길이는 얼마입니까?

### Hint
두 배로 하세요.

### same
앞의 뜀의 길이입니다.

### root
제곱입니다.

### Explanation
{{ answer }}입니다.

## Question: later
{{ n }}의 4분의 1은 얼마입니까?

### Hint
두 번 반으로 나누세요.

### half
절반입니다.

### Explanation
{{ answer }}입니다.
"""

VALLEYS = """\
---
title: Valleys
unit: gradients
requires: [hops]
status: ready
position: 2
---

Two directions share one rate.

### The steeper one

It sets the limit.

## Flashcard: limit
Which direction sets the limit?

---
The steepest one.

## Question: half
```question
kind: number
step: 2
parameters:
  n: {integer: [2, 60]}
answer: n / 2
tolerance: 1%
misconceptions:
  all: n
```
What is half of {{ n }}?

### Hint
Divide by 2.

### all
That is all of it.

### Explanation
{{ answer }}.
"""

VALLEYS_KO = """\
---
title: 골짜기
---

두 방향이 한 학습률을 나눠 씁니다.

### 더 가파른 방향

그것이 한계를 정합니다.

## Flashcard: limit
어느 방향이 한계를 정합니까?

---
가장 가파른 방향입니다.

## Question: half
{{ n }}의 절반은 얼마입니까?

### Hint
2로 나누세요.

### all
전부입니다.

### Explanation
{{ answer }}입니다.
"""

BARE = """\
---
title: Bare
unit: gradients
status: ready
position: 3
---

## Flashcard: word
What is there to read?

---
Nothing.
"""

BARE_KO = """\
---
title: 빈 카드
---

## Flashcard: word
읽을 것이 무엇입니까?

---
없습니다.
"""

CARDS = {
    "hops": (HOPS, HOPS_KO),
    "valleys": (VALLEYS, VALLEYS_KO),
    "bare": (BARE, BARE_KO),
}


def write_lessons(folder: Path) -> Path:
    """A content folder of these three cards."""
    for name, texts in CARDS.items():
        card = folder / "cards" / name
        card.mkdir(parents=True)
        for file, text in zip(("card.md", "card.ko.md"), texts, strict=True):
            (card / file).write_text(text, encoding="utf-8")
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    (folder / "sources.toml").write_text("", encoding="utf-8")
    return folder
