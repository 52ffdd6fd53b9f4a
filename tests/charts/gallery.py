"""Every chart of every question, as a learner sees it after an answer, in both themes.

`python -m tests.charts.gallery` (or `make gallery`) renders them into artefacts/gallery, without a
browser, with a page to look at them all.
"""

from __future__ import annotations

import html
import io
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import vl_convert
from PIL import Image
from tqdm import tqdm

from engine import questions
from engine.charts.kit.theme import Theme
from engine.course import Course, CourseFolder
from engine.study import draw_chart
from engine.threads import one_thread_each

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "artefacts" / "gallery"
PAGE: dict[Theme, str] = {"light": "#FFFFFF", "dark": "#14171C"}
MODES: tuple[Theme, ...] = ("light", "dark")
WIDTH = 340  # what a phone of 390 pixels leaves for a chart
SEED = 11


@lru_cache(maxsize=1)
def course() -> Course:
    return CourseFolder(ROOT / "content").current(datetime.now(UTC))


def items() -> list[str]:
    """The questions with a chart."""
    return [id for id, template in course().templates.items() if template.chart is not None]


def render(item: str, mode: Theme, language: str, seed: int = SEED) -> tuple[Image.Image, str]:
    """The chart of a question with a wrong answer on it, and its description."""
    template = course().templates[item]
    variant = questions.draw(template, seed, language)
    wrong = next(iter(variant.misconceptions.values()), variant.answer)
    drawn = draw_chart(template, variant, wrong, mode)
    assert drawn is not None
    specification, description = drawn
    specification["background"] = PAGE[mode]
    if specification.get("width") == "container":
        specification["width"] = WIDTH
    png = vl_convert.vegalite_to_png(specification, scale=1.5)
    return Image.open(io.BytesIO(png)).convert("RGB"), description


def _write(item: str) -> list[tuple[str, str, str]]:
    """Writes an item's pictures. -> (file, caption, description) for each."""
    one_thread_each()
    written = []
    for mode, language in (("light", "en"), ("dark", "ko")):
        image, description = render(item, mode, language)  # type: ignore[arg-type]
        name = f"{item.replace('/', '--')}-{mode}-{language}.png"
        image.save(TARGET / name)
        written.append((name, f"{item} · {mode} · {language}", description))
    return written


def _page(found: list[tuple[str, str, str]]) -> Iterator[str]:
    yield "<!doctype html><meta charset=utf-8><title>Gallery</title>"
    yield "<style>body{font:14px sans-serif;display:grid;gap:16px;"
    yield "grid-template-columns:repeat(auto-fill,minmax(520px,1fr))}p{margin:4px}</style>"
    for name, caption, description in found:
        yield f'<figure><img src="{name}" alt="{html.escape(description)}">'
        yield f"<figcaption><b>{html.escape(caption)}</b><p>{html.escape(description)}</p>"
        yield "</figcaption></figure>"


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    wanted = [item for item in items() if not sys.argv[1:] or item.startswith(tuple(sys.argv[1:]))]
    with ProcessPoolExecutor() as pool:
        found = [one for row in tqdm(pool.map(_write, wanted), total=len(wanted)) for one in row]
    (TARGET / "index.html").write_text("\n".join(_page(found)), encoding="utf-8")
    print(f"{len(found)} charts: {(TARGET / 'index.html').relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
