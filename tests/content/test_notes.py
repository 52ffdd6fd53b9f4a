"""The five notes: all of what they say is there, in both languages, and leads to its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pytest

from engine.configuration import content_folder
from engine.content.notes import Evidence, Notes, Statement
from engine.course import Course, CourseFolder, check_notes
from engine.simulations import SIMULATIONS, Outcome, run
from engine.simulations.kit import mlp
from engine.threads import one_thread_each
from tests.content.note_phrases import FILE, phrases

#: Statements a note.
COUNTS = {"seed-000": 18, "seed-001": 34, "seed-002": 25, "seed-003": 28, "seed-004": 16}
FALSE = {"0-13", "1-1", "1-2", "1-5", "1-6", "1-7", "1-9", "1-16", "1-25"}
UNREADABLE = {"4-11", "4-13", "4-14", "4-15"}
VERDICTS = {
    "true": 45,
    "limited": 27,
    "misleading": 21,
    "false": 9,
    "open": 8,
    "unreadable": 4,
    "pointer": 7,
}


@pytest.fixture(scope="module")
def folder() -> CourseFolder:
    one_thread_each()  # as the app does
    return CourseFolder(content_folder())


@pytest.fixture(scope="module")
def course(folder: CourseFolder) -> Course:
    return folder.current(datetime.now(UTC))


@pytest.fixture(scope="module")
def notes(folder: CourseFolder) -> Notes:
    return folder.notes(datetime.now(UTC))


def test_there_are_121_statements_numbered_note_by_note(notes: Notes) -> None:
    assert {id: len(note.statements) for id, note in notes.notes.items()} == COUNTS
    assert len(notes.statements) == 121
    for number, (id, count) in enumerate(COUNTS.items()):
        told = [statement.id for statement in notes.notes[id].statements]
        assert told == [f"{number}-{n}" for n in range(1, count + 1)]


def test_the_verdicts_are_those_of_the_inventory(notes: Notes) -> None:
    every = notes.statements.values()
    assert Counter(s.verdict for s in every) == VERDICTS
    assert {s.id for s in every if s.verdict == "false"} == FALSE
    assert {s.id for s in every if s.verdict == "unreadable"} == UNREADABLE


def test_nothing_points_nowhere(notes: Notes, course: Course) -> None:
    told = (*notes.problems, *check_notes(course.content))
    assert [problem.describe(str) for problem in told] == []


def test_every_statement_has_evidence_of_its_own(notes: Notes) -> None:
    for statement in notes.statements.values():
        assert statement.evidence, statement.id
        assert statement.cards, statement.id
        cards = {e.name for e in statement.evidence if e.kind == "card"}
        assert cards <= set(statement.cards), f"{statement.id}: a card it is not about"


def _texts(notes: Notes) -> dict[str, str]:
    """Everything that is written here, by a name for it and by language."""
    texts: dict[str, str] = {}
    for s in notes.statements.values():
        texts |= {f"{s.id} text {code}": text for code, text in s.text.items()}
        texts |= {f"{s.id} why {code}": text for code, text in s.why.items()}
    for c in notes.contradictions:
        for part, words in (("title", c.title), ("ruling", c.ruling)):
            texts |= {f"{c.id} {part} {code}": text for code, text in words.items()}
    for q in notes.questions:
        for name in ("title", "known", "unknown", "experiment"):
            texts |= {f"{q.id} {name} {code}": t for code, t in getattr(q, name).items()}
    return texts


def test_everything_is_said_in_both_languages(notes: Notes) -> None:
    texts = _texts(notes)
    assert Counter(name.rpartition(" ")[2] for name in texts) == {
        code: len(texts) // 2 for code in ("en", "ko")
    }
    silent = [n for n, t in texts.items() if n.endswith("ko") and not re.search("[가-힣]", t)]
    assert silent == []
    strange = [n for n, t in texts.items() if n.endswith("text en") and re.search("[가-힣]", t)]
    assert strange == []


def test_nothing_is_copied_from_the_notes(notes: Notes) -> None:
    with np.load(FILE) as recorded:
        theirs = set(recorded["phrases"].tolist())
    assert len(theirs) > 1000
    copied = [
        f"{name}: {phrase}"
        for name, text in _texts(notes).items()
        for phrase, digest in phrases(text)
        if digest in theirs
    ]
    assert copied == []


def test_a_copied_sentence_would_be_noticed() -> None:
    with np.load(FILE) as recorded:
        theirs = set(recorded["phrases"].tolist())
    copied = (
        "평균 벡터가 아니라 배치 정규화는 배치의 차원(즉, 다른 샘플들 간)에 대해 평균과 분산을 계산"
    )
    assert any(digest in theirs for _, digest in phrases(copied))


def test_nothing_is_mangled_by_markdown(notes: Notes) -> None:
    wrong = [name for name, text in _texts(notes).items() if re.search(r"[$*`~\[\]<>#\\]", text)]
    assert wrong == []


def test_sentences_end_and_are_few(notes: Notes) -> None:
    for name, text in _texts(notes).items():
        if " text " in name or " why " in name:
            assert text.endswith("."), name
            assert len(text) < 330, name


def test_contradictions_and_open_questions_are_all_there(notes: Notes) -> None:
    assert [c.id for c in notes.contradictions] == [
        "gamma-beta",
        "internal-covariate-shift",
        "layer-norm-parameters",
        "before-or-after",
        "overfitting-or-speed",
        "two-words",
    ]
    assert all(len(c.sides) >= 2 for c in notes.contradictions)
    assert [q.id for q in notes.questions] == [
        "before-or-after",
        "reduces-shift",
        "dropout-order",
        "dense-and-conv",
    ]
    assert all(q.sources and q.statements for q in notes.questions)


def test_every_question_a_statement_points_at_is_asked(notes: Notes, course: Course) -> None:
    asked = {e.name for s in notes.statements.values() for e in s.evidence if e.kind == "question"}
    assert len(asked) > 20
    assert asked <= set(course.templates)


#: What a question may say of a statement with this verdict.
JUDGED = {
    "true": {"true"},
    "limited": {"true", "misleading"},
    "misleading": {"misleading"},
    "false": {"false"},
}


def test_no_question_judges_a_statement_otherwise(notes: Notes, course: Course) -> None:
    """Those whose verdict is always the same; others judge a statement with conditions."""
    wrong = []
    for id, items in notes.claims.items():
        allowed = JUDGED.get(notes.statements[id].verdict)
        for item in items:
            verdict = course.templates[item].question.spec.get("verdict")
            if allowed and verdict is not None and verdict.value not in allowed:
                wrong.append(f"{item} calls {id} {verdict.value}")
    assert wrong == []


#: statement, scalar of its simulation, how its figure stands in the reason
FIGURES = [
    ("0-2", "every", "0.031", "{:.3f}"),
    ("0-2", "mixed", "0.94", "{:.2f}"),
    ("0-7", "y_std", "0.30", "{:.2f}"),
    ("0-13", "learned", "512", "{:.0f}"),
    ("0-16", "ratio_bn", "0.7", "{:.1f}"),
    ("1-8", "steps_needed", "69 078", "{:_.0f}"),
    ("1-11", "highest_bn", "3", "{:.0f}"),
    ("1-11", "lowest_bn", "0.01", "{:.2f}"),
    ("1-11", "lowest_none", "0.03", "{:.2f}"),
    ("1-11", "highest_none", "0.3", "{:.1f}"),
    ("1-16", "swapped_mean", "1", "{:.0f}"),
    ("1-16", "swapped_std", "0", "{:.0f}"),
    ("1-21", "expected_zeros", "0.84", "{:.2f}"),
    ("1-26", "trainable", "384", "{:.0f}"),
    ("1-26", "running", "64", "{:.0f}"),
    ("1-30", "drift_none", "0.03", "{:.2f}"),
    ("1-30", "drift_bn", "0.003", "{:.3f}"),
    ("1-30", "cosine_none", "0.7", "{:.1f}"),
    ("1-30", "cosine_bn", "0.4", "{:.1f}"),
    ("2-5", "slope", "0.0066", "{:.4f}"),
    ("3-6", "drift_none", "0.03", "{:.2f}"),
    ("3-6", "drift_bn", "0.003", "{:.3f}"),
    ("3-14", "means", "6", "{:.0f}"),
    ("4-2", "new_skew", "2.65", "{:.2f}"),
    ("4-4", "new_mean", "0.11", "{:.2f}"),
    ("4-4", "new_std", "0.10", "{:.2f}"),
    ("4-5", "new_skew", "2.65", "{:.2f}"),
    ("4-6", "first_z", "+2.0", "{:+.1f}"),
    ("4-6", "third_z", "−1.0", "{:.1f}"),
    ("4-8", "kappa", "10 000", "{:_.0f}"),
    ("4-8", "steps_needed", "69 078", "{:_.0f}"),
    ("4-9", "gradient", "0.154", "{:.3f}"),
    ("4-9", "gradient_scaled", "0.029", "{:.3f}"),
    ("4-14", "variance", "5", "{:.0f}"),
    ("4-14", "unbiased_variance", "6.667", "{:.3f}"),
    ("1-7", "eval_mean", "about 1.", "{:.0f}."),
    ("1-22", "train_output", "−0.53", "{:.2f}"),
    ("1-22", "eval_output", "1.00", "{:.2f}"),
    ("1-24", "start_factor", "0.65", "{:.2f}"),
    ("1-25", "half_life", "6.6", "{:.1f}"),
    ("2-9", "uniform_bound", "0.108", "{:.3f}"),
    ("2-9", "sigma", "0.0625", "{:.4f}"),
    ("2-14", "backward_relu", "0.35", "{:.2f}"),
    ("2-15", "uniform_bound", "0.153", "{:.3f}"),
    ("2-15", "sigma", "0.088", "{:.3f}"),
    ("2-18", "train_output", "+1.34", "{:+.2f}"),
    ("2-21", "train_output", "−1.71", "{:.2f}"),
    ("2-22", "running_mean", "3.26", "{:.2f}"),
    ("3-10", "pytorch_half_life", "6.6", "{:.1f}"),
    ("3-10", "keras_half_life", "69", "{:.0f}"),
    ("3-18", "sure_accuracy", "91%", "{:.0%}"),
    ("3-19", "early_gap", "+0.04", "{:+.2f}"),
    ("3-19", "gap", "+0.15", "{:+.2f}"),
    ("3-22", "target", "0.91", "{:.2f}"),
    ("3-24", "ece", "0.08", "{:.2f}"),
]


def _simulation(statement: Statement, scalar: str) -> Evidence:
    """The simulation among a statement's evidence that has this scalar."""
    return next(
        e
        for e in statement.evidence
        if e.kind == "simulation" and scalar in SIMULATIONS[e.name].scalars
    )


@cache
def _run(simulation: str, settings: tuple[tuple[str, object], ...], seed: int) -> Outcome:
    return run(simulation, dict(settings), np.random.default_rng(seed))


@pytest.mark.parametrize(("id", "scalar", "figure", "shape"), FIGURES)
def test_a_reasons_figure_is_what_its_simulation_shows(
    notes: Notes, id: str, scalar: str, figure: str, shape: str
) -> None:
    statement = notes.statements[id]
    evidence = _simulation(statement, scalar)
    outcome = _run(evidence.name, tuple(evidence.settings.items()), evidence.seed)
    shown = shape.format(outcome.scalars[scalar])
    for printed, meant in (("-", "−"), ("_", " ")):
        shown = shown.replace(printed, meant)
    assert figure.endswith(shown)
    for text in statement.why.values():
        assert figure.removeprefix("about ").rstrip(".") in text


#: Statements with figures of networks that train: each step magnifies the machine's rounding.
TRAINED = ("1-11", "1-30", "3-6", "3-19")


def _shaken(build: Callable[..., mlp.Network]) -> Callable[..., mlp.Network]:
    """The same networks, each weight off by as much as rounding may come to in some steps."""

    def built(*arguments: Any, **named: Any) -> mlp.Network:
        network = build(*arguments, **named)
        rng = np.random.default_rng(0)
        for layer in network.layers:
            layer.weight *= 1 + 1e-12 * rng.standard_normal(layer.weight.shape)
        return network

    return built


@pytest.mark.parametrize(
    ("id", "scalar", "figure", "shape"), [row for row in FIGURES if row[0] in TRAINED]
)
def test_a_figure_of_a_trained_network_has_only_digits_that_hold_between_processors(
    notes: Notes, monkeypatch: pytest.MonkeyPatch, id: str, scalar: str, figure: str, shape: str
) -> None:
    evidence = _simulation(notes.statements[id], scalar)
    monkeypatch.setattr(mlp, "build", _shaken(mlp.build))
    outcome = run(evidence.name, dict(evidence.settings), np.random.default_rng(evidence.seed))
    assert shape.format(outcome.scalars[scalar]) == figure


#: statement, scalar, decades: the order of magnitude its reason speaks of
ORDERS = [
    ("0-17", "log10_ln", -20),
    ("0-17", "log10_none", -31),
    ("0-15", "log10_delta_ratio", -31),
    ("1-9", "log10_delta_ratio", -31),
    ("2-1", "log10_delta_ratio", -31),
    ("2-3", "log10_final_rms", 52),
    ("2-7", "log10_final_rms", -8),
    ("2-12", "log10_delta_ratio", -31),
    ("2-13", "log10_final_rms", -7.5),
    ("3-4", "log10_final_rms", -48),
]


@pytest.mark.parametrize(("id", "scalar", "decades"), ORDERS)
def test_a_reasons_order_of_magnitude_is_its_simulations(
    notes: Notes, id: str, scalar: str, decades: float
) -> None:
    evidence = _simulation(notes.statements[id], scalar)
    for seed in range(2):
        outcome = _run(evidence.name, tuple(evidence.settings.items()), seed)
        assert abs(outcome.scalars[scalar] - decades) < 1.2
