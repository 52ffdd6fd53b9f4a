"""Formulas as people write them, broken and unusual ones, beside those of the cards."""

from __future__ import annotations

INLINE = r"""
a_b_c
a^b^c
a_b^c_d
a_{b_c}
{a_b}_c
a'^2
a^2'
a''_b
x^{2}^{3}
2\times10^{-5}^2
(2\times10^{-5})^2
-3^2
5 - -3
5--3
x_12
x^\frac12
x^\sqrt2
x_\text{in}
x_\mathrm{in}
x^\mathbb R
x^-2
x^
x_
^2
_2
^
_
{}^2
x^{}
x_{}
x^ 2
x ^2
x'
x^'
\frac{1}{2}
\frac12
\frac1{2}
\frac{1}2
\frac{1}{2
\frac{1}}{2}
\frac{1}
\frac
\frac ab
\frac a
\frac{}{}
\dfrac{1}{2}
\tfrac12
\cfrac{1}{1+\cfrac{1}{2}}
\genfrac{(}{)}{0pt}{}{n}{k}
\genfrac{(}{)}{0pt}{4}{n}{k}
\binom{n}{k}
\binom nk
{n \choose k}
n \choose k
{1 \over 2}
1 \over 2 \over 3
{a \over b} + {c \over d}
a \above 1pt b
a \above 1zz b
\sqrt{2}
\sqrt2
\sqrt
\sqrt[3]{2}
\sqrt[3]2
\sqrt[3
\sqrt[3]
\sqrt\frac12
\sqrt{\sqrt{\sqrt{x}}}
{
}
{}
{{}}
{a
a}
{{a}
{a}}
\{a\}
\{a
a\}
\left(x\right)
\left(x\right.
\left.x\right)
\left(x
x\right)
\left(\frac{1}{2}\right)^2
\left( {x \right) }
\left\{x\right\}
\left{x\right}
\left<x\right>
\left|x\right|
\left\|x\right\|
\left\lfloor x\right\rfloor
\left\lceil x\right\rceil
\left a x\right)
\left\sum x\right)
\left(a\middle|b\right)
\middle|
\left(a\middle b\right)
\left(\left(x\right)
\left((x)\right)
\left
\left(
\right
\right)
\big(x\big)
\Big|
\bigl(x\bigr)
\big
\big a
\big{(}
\bigg\}
a & b
&
\&
\\
a \\ b
a \\[1em] b
a \\[zz] b
a \\ [b]
\newline
\begin{aligned} a &= b \\ c &= d \end{aligned}
\begin{aligned} a &= b \\ c &= d \\ \end{aligned}
\begin{aligned}a\end{aligned}
\begin{aligned}\end{aligned}
\begin{aligned} a &= b
a &= b \end{aligned}
\begin{aligned} a &= b \end{align}
\begin{align} a &= b \end{align}
\begin{align*} a &= b \end{align*}
\begin{split} a &= b \end{split}
\begin{gather} a \end{gather}
\begin{gathered} a \\ b \end{gathered}
\begin{equation} a \end{equation}
\begin{alignat}{2} a &= b \end{alignat}
\begin{alignedat}{2} a &= b & c &= d \end{alignedat}
\begin{alignedat}{1} a &= b & c &= d \end{alignedat}
\begin{alignedat} a &= b \end{alignedat}
\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}
\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}
\begin{cases} 1 & x & y \end{cases}
\begin{case} 1 \end{case}
\begin{dcases} \frac12 & x \end{dcases}
\begin{rcases} 1 \end{rcases}
\begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}
\begin{bmatrix}1&2\\3&4\end{bmatrix}^{-1}
\begin{bmatrix*}[r] 1 & -2 \end{bmatrix*}
\begin{bmatrix*}[x] 1 \end{bmatrix*}
\begin{vmatrix} a \end{vmatrix}
\begin{smallmatrix} a & b \end{smallmatrix}
\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}
\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}
\begin{array}{lcr} 1 & 2 \end{array}
\begin{array}{xy} 1 \end{array}
\begin{array} 1 & 2 \end{array}
\begin{array}{c} 1 & 2 & 3 \end{array}
\begin{array}c 1 \end{array}
\begin{tabular}{c} 1 \end{tabular}
\begin{equation*} a = b \end{equation*}
\begin{subarray}{l} a \\ b \end{subarray}
\begin{subarray}{l} a & b \end{subarray}
\sum_{\substack{i<n \\ j<m}} a_{ij}
\hline
\begin{aligned} a &= \begin{cases} 1 & x \\ 2 & y \end{cases} \end{aligned}
\begin{aligned} {a &= b} \end{aligned}
\begin{aligned} \boxed{a &= b} \end{aligned}
\begin{aligned} \boxed{a} &= b \end{aligned}
\begin{aligned} \left(a &= b\right) \end{aligned}
\begin{aligned} a &= b \cr c &= d \end{aligned}
a \cr b
\begin
\begin{}
\begin{foo}
\end{foo}
\end{aligned}
\begin{aligned} \tag{1} a \end{aligned}
\text{mean}
\text{평균}
\text{평균 }\bar x
\text{값은 $x$ 이다}
\text{값은 $x 이다}
\text{a_b}
\text{a^b}
\text{a & b}
\text{100\%}
\text{100%}
\text{a # b}
\text{\alpha}
\text{\textbf{a}}
\text{\frac12}
\text{a \\ b}
\text{a~b}
\text{it's}
\text{"a"}
\text{(x)}
\text{a{b}c}
\text{a{b}
\text
\text a
\text{a}^2
\textbf{a}
\textit{가}
\mathrm{평균}
\mathrm{in\,put}
\mathbf{x}
\mathbf x
\mathcal L
\mathcal{L}
\mathbb{E}[x]
\mathbb E
\mathsf{T}
\boldsymbol{\theta}
\bm\theta
\operatorname{softmax}(x)
\operatorname*{arg\,max}_x f(x)
\operatorname{arg max}
\operatorname
\argmax_x
\argmin
\arg\max_x
\DeclareMathOperator{\foo}{foo}
\softmax
\sigmoid(x)
\tanh x
\sinh^{-1} x
\log_2 x
\ln x
\exp(-x)
\lim_{n\to\infty} a_n
\lim\limits_{n\to\infty}
\sum\limits_{i}^{n}
\sum\nolimits_i
x\limits_i
\limits
\sum_{i=1}^n i
\sum_i^n_j
\prod_{i}
\int_0^1 x\,dx
\oint
\max(0, x)
\max_{i}
\mathop{abc}\limits_i
\Pr(x)
평균
평균 = 3
\평균
x_{평균}
x_평균
σ = 1
σ²
x² + y₁
x²^2
x₁₂
10⁻³
e^{−x}
a−b
3×10
a·b
a≤b
a≠b
√2
½
∞
→
é
ñ
naïve
ö_1
°C
5°
“x”
…
x…y
😀
%
a % comment
a %
% a
a % b }
\%
100\%
100%
{a % }
#
\#
a#b
$
a$b
\$
\$5
a\$b
~
a~b
\~
\
a\
\ a
\,
a\,b\;c\:d\!e
\quad
\qquad
\hspace{1em}
\hspace{1}
\hspace 1em
\hspace{1zz}
\kern1em
\kern1
\mkern 3mu
\vspace{1em}
\rule{1em}{2em}
\rule{1em}
\raisebox{1em}{x}
\raisebox{1}{x}
\color{red} x
\color{red}{x}
\color{nocolour}
\color{12}
\color{#ff0000} x
\color{#ff00}x
\color{#ff} x
\textcolor{blue}{x}
\textcolor{blue}
\colorbox{yellow}{$x$}
\fcolorbox{red}{yellow}{a}
\boxed{x}
\boxed x
\boxed
\boxed{\;?\;}
\boxed{\text{a hint}}
\fbox{x}
\cancel{x}
\cancelto{0}{x}
\overbrace{a+b}^{c}
\underbrace{a+b}_{c}
\underbrace{a+b}_c_d
\overline{x}
\overline x
\bar x
\bar{x}
\bar
\hat x
\hat{y}_i
\widehat{xy}
\tilde x
\vec v
\dot x
\ddot x
\dddot x
\acute e
\check{x}
\underline{x}
\overrightarrow{AB}
\xrightarrow{f}
\xrightarrow[b]{a}
\xrightarrow
\stackrel{a}{=}
\overset{!}{=}
\underset{x}{\max}
\underset{x}\max
\overset
\not=
\not\in
\neq
\ne
\notin
\le \ge \ll \gg
\leqslant
\approx \sim \simeq \cong
\propto
\in \subset \cup \cap
\to \mapsto \Rightarrow \iff \implies
\gets
\longrightarrow
\cdot \times \div \pm \mp
\odot \oplus \otimes
\circ \ast \star
\ldots \cdots \dots \vdots \ddots
\dotsc \dotsb
\infty \partial \nabla
\forall \exists
\alpha\beta\gamma
\Alpha
\epsilon \varepsilon
\ell \hbar \Re \Im
\R \N \Z
\C
\mathbb{R}^n
\lVert x \rVert
\lvert x \rvert
\langle x \rangle
\norm{x}
\abs{x}
| x |
\| x \|
\lfloor x \rfloor
\Vert x \Vert
\mid
x \mid y
P(A|B)
\prime
f'(x)
f''(x)
f^\prime
x!
[a]
]
[
)
(
a)b
(a
a;b
a,b
1,000
1{,}000
0.5
.5
"
a"b
`
a`b
@
<
>
a<b
=
==
:=
\coloneqq
a:b
a/b
\/
/
?
*
a**b
+
-
--
\begin{
\frac{1}{\sqrt{2}
\frac{\sqrt{2}}{2}}
\foo
\fraction{1}{2}
\Frac{1}{2}
\frc{1}{2}
\sqr{2}
\squareroot{2}
\alhpa
\sigm
\tims
\cdoot
\unknown{a}{b}
\ce{H2O}
\ce{CO2 + H2O <=> H2CO3}
\pu{123 kJ/mol}
\href{https://example.org}{x}
\url{https://example.org}
\includegraphics{x.png}
\htmlClass{a}{x}
\htmlId{a}{x}
\require{cancel}
\label{a}
\ref{a}
\eqref{a}
\cite{a}
\tag{1}
a \tag{1}
\tag*{1} a
\nonumber
\notag
\displaystyle \sum_i
\textstyle \frac12
\scriptstyle x
x^{\displaystyle y}
\small x
\large{x}
\Huge x
\normalsize
\tiny x
\rm x
{\bf x} y
\bf
\it x
\cal L
\phantom{x}
\vphantom{x}
\hphantom{x}
\smash{x}
\smash[b]{x}
\mathstrut
\mathchoice{a}{b}{c}{d}
\mathbin{+}
\mathrel{R}
\mathop{x}
\mathord{x}
\mathinner{x}
\mathllap{x}
\llap{x}
\rlap{x}
\bmod
a \bmod b
a \pmod{n}
a \pod n
a \mod n
\gcd(a,b)
\det A
\dim V
\ker f
\deg f
\hom
\inf \sup
\liminf \limsup
\Braket{a|b}
\bra{a}
\ket{a}
\braket{a|b}
\Set{x | x > 0}
\set{x | x > 0}
\verb|x|
\verb!a_b!
\verb|x
\char65
\char"41
\char`x
\char
\char"ZZ
\unicode{x41}
\mbox{x}
\hbox{x}
\textsf{x}
\texttt{a_b}
\texttt{a\_b}
a\_b
_a
\emph{x}
\textnormal{x}
\textsuperscript{2}
\textasciitilde
\textbackslash
\text{\textbackslash{}}
\text{\textasciitilde{}}
\text{\textasciicircum{}}
\S
\P
\copyright
\pounds
\euro
€
£5
¥
\degree
^\circ
90^\circ
90^{\circ}
\mu m
µ
\angle
\perp
\parallel
\therefore
\because
\blacksquare
\square
\checkmark
\dagger
\aleph
\wp
\top \bot
\Box
\bigcup_i
\bigoplus
\coprod
\iint
\idotsint
\pmb{x}
\mathfrak{g}
\mathscr{L}
\imath \jmath
\LaTeX
\TeX
\KaTeX
\today
\ensuremath{x}
\begingroup x \endgroup
\begingroup x
\bgroup x \egroup
\relax
\relax x
x^\relax 2
\limits_x
\sum'_i
\sum^'_i
\underbrace{x}_{\text{평균}}
\sigma_{\text{입력}}^2
w_{ij}^{(l)}
\mathbf{W}^\top\mathbf{x}
\hat{\mu}_B = \frac{1}{m}\sum_{i=1}^{m} x_i
\sqrt{\sigma^2+\epsilon}
\prod_{l=1}^{L} \sigma'(z_l)
\left.\frac{\partial L}{\partial w}\right|_{w=0}
\mathrm{Var}(x)
\mathrm{Var}\left[x\right
\exp\left(-\frac{x^2}{2}\right)
\frac{1}{1+e^{-x}}
\frac{1}{1+e^{-x}
\frac{1}{1+e^-x}
e^-1.5
10^-3
10^{-3}
10^{-3
10^-{3}
{{c1::a}}
{{ name }}
{{{ n }}}
\frac{{ n }}{2}
{mean}
__init__
a_{b}_{c}
a^{b}^{c}
a_{b}^{c}
a_{b}'
a_{b}'^{c}
\sin^2_3 x
\sin^2^3
\sqrt{a}_b_c
\frac{a}{b}_c
\begin{aligned}a_b_c\end{aligned}
\boxed{a_b_c}
\text{$a_b_c$}
\text{$a$}_b_c
nan
inf
-\infty
1e-5
1.2e+05
\times10^{-5}
-0.5\times10^{-5}
5\%^2
x^5\%
\sin-3
\sqrt-3
\frac-3{2}
\frac{-3}{2}
\frac-32
x^-3
x_-3
\pmatrix{1 & 2}
\matrix{1 & 2}
\cases{1 & 2}
\eqalign{a}
\def\x{1}\x
\newcommand{\x}{1}\x
\let\x=\alpha \x
\bigr)
\arctan \arcsin
\tfrac
\ifx
\fi
\csname
\mathit
\mathit{x}
\operatorname{평균}
\colon
f\colon A\to B
\lbrace x \rbrace
\lbrack x \rbrack
\middle
\underline
a\ b
a \  b
\-
\"o
\'e
\text{\'e}
\text{\"o}
\'
\^
\=x
\.x
\|
\|x\|
\;
\:
\>
\<
\@
\1
\2x
\(x\)
\[x\]
\text{\(x\)}
\)
x\)
""".strip("\n").split("\n")

#: Between $$…$$, where more environments are allowed.
DISPLAY = r"""
a_b_c
\begin{align} a &= b \end{align}
\begin{align} a &= b \\ c &= d \end{align}
\begin{align} a &= b & c &= d \end{align}
\begin{align*} a &= b \end{align*}
\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}
\begin{align} a &= b \tag{1} \tag{2} \end{align}
\begin{align} a &= b \nonumber \\ c \end{align}
\begin{split} a &= b \\ &= c \end{split}
\begin{split} a &= b & c \end{split}
\begin{gather} a \\ b \end{gather}
\begin{gather} a & b \end{gather}
\begin{gather*} a \end{gather*}
\begin{gathered} a & b \end{gathered}
\begin{equation} a = b \end{equation}
\begin{equation} a &= b \end{equation}
\begin{equation} a \\ b \end{equation}
\begin{equation*} \begin{aligned} a &= b \end{aligned} \end{equation*}
\begin{alignat}{2} a &= b & c &= d \end{alignat}
\begin{alignat}{1} a &= b & c &= d \end{alignat}
\begin{alignat} a &= b \end{alignat}
\begin{alignat*}{2} a &= b \end{alignat*}
\begin{eqnarray} a &=& b \end{eqnarray}
\begin{multline} a \\ b \end{multline}
\begin{CD} A @>a>> B \\ @VVV @VVV \\ C @>>> D \end{CD}
\begin{displaymath} a \end{displaymath}
\begin{math} a \end{math}
a \tag{1}
a \tag*{$x$}
a \tag{1} \tag{2}
\tag{a_b}
a & b
\begin{aligned} a &= b \end{aligned}
\begin{aligned}[t] a &= b \end{aligned}
\begin{align}
\end{align}
\begin{align} {a &= b} \end{align}
\begin{aligned} a &= b \end{align*}
\begin{cases} 1 & x > 0 \\ 0 & \text{그 밖} \end{cases}
\sum_{i=1}^{n}
\sum\limits_i
\\
a \\ b
\left( a \\ b \right)
\left\{ \begin{aligned} a &= b \\ c &= d \end{aligned} \right.
\underbrace{\begin{matrix} 1 & 2 \end{matrix}}_{x}
""".strip("\n").split("\n")
LINES = (
    "a\n+ b",
    "\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}",
    "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}",
    "a % comment\n+ b",
    "a % comment }\n+ b",
    "\\frac{1}{\n2}",
    "\\text{a\nb}",
    "\\\n",
    "a \\\nb",
    "\\begin{cases}\n1 & x\n\\end{cases}\n",
    "\\begin{pmatrix}\n1 \\\\[2pt]\n2\n\\end{pmatrix}",
    "\t\\alpha\t",
    "\\verb|a\nb|",
    "{" * 50 + "x" + "}" * 50,
    "{" * 30 + "x" + "}" * 30,
    "\\quad" * 1100,
    "\\quad" * 400,
)
