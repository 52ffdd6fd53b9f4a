"""What the README tells people to copy works when they copy it."""

from __future__ import annotations

import importlib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.cards import ContentReader
from engine.questions import check_question
from engine.study.course import compile_card

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_card_in_the_readme_has_no_error(tmp_path: Path) -> None:
    text = re.search(r"````markdown\n(.*?)````", README, re.DOTALL)
    assert text is not None
    folder = tmp_path / "cards" / "dropout-scale"
    folder.mkdir(parents=True)
    (folder / "card.md").write_text(text[1], encoding="utf-8")
    for name in ("course.toml", "sources.toml"):
        shutil.copy(ROOT / "content" / name, tmp_path)
    content = ContentReader(tmp_path).read()
    assert [p.code for p in content.problems if p.level == "error"] == []
    templates, problems = compile_card(content.cards["dropout-scale"])
    assert problems == ()
    reports = [check_question(template, range(50)) for template in templates.values()]
    assert [p.code for report in reports for p in report.problems] == []


def test_the_simulation_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(\"\"\"A ball.*?)```", README, re.DOTALL)
    assert code is not None
    (tmp_path / "bouncing_of_the_readme.py").write_text(code[1], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    simulation = importlib.import_module("bouncing_of_the_readme").SIMULATION
    outcome = simulation.run(simulation.make({"bounces": 3}), np.random.default_rng(0))
    assert outcome.scalars["last"] == pytest.approx(0.8**3)
