"""Every chart of every question can be seen, in both themes and both languages."""

from __future__ import annotations

import pytest

from tests.charts.gallery import MODES, WIDTH, items, render


@pytest.mark.parametrize("item", items())
def test_the_chart_of_a_question_is_drawn_in_both_themes(item: str) -> None:
    for mode, language in zip(MODES, ("en", "ko"), strict=True):
        image, description = render(item, mode, language)
        colours = image.getcolors(1_000_000)
        assert colours is not None
        assert len(colours) > 30, f"{mode}: hardly anything is drawn"
        most = max(count for count, _ in colours)
        assert most < 0.985 * image.width * image.height, f"{mode}: nearly empty"
        assert image.width <= 1.5 * (WIDTH + 40), "wider than a phone"
        assert len(description) > 20
        assert ("가" <= max(description) <= "힣") or language == "en"
