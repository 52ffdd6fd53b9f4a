"""What a path or a name on the command line means."""

from __future__ import annotations

import difflib
from pathlib import Path

from engine import configuration
from engine.commands.errors import Failure
from engine.content import Card, Content, load_cards
from engine.course import compile_card
from engine.i18n import say
from engine.questions import Template, palette


def find_folder(path: Path) -> tuple[Path, str | None]:
    """The content folder that a path lies in, and the card it points at, if it points at one.

    The path is a content folder, its folder `cards` or `notes`, a card's folder, or a file in one
    of these. Raises Failure for anything else.
    """
    if not path.exists():
        raise Failure(say("There is no {path}.", path=path))
    folder = (path if path.is_dir() else path.parent).resolve()
    if folder.parent.name == "cards":
        return folder.parent.parent, folder.name
    if folder.name in ("cards", "notes"):
        return folder.parent, None
    if (folder / "cards").is_dir() or (folder / "course.toml").exists():
        return folder, None
    raise Failure(
        say(
            "{path} is neither a content folder nor a card. A content folder holds course.toml "
            "and a folder “cards” with a folder for each card.",
            path=path,
        )
    )


def folder_there(folder: Path) -> None:
    """Raises Failure where there is no content folder, or none of a course where none was named."""
    if not folder.is_dir():
        raise Failure(
            say(
                "There is no content folder {folder}. Go to the folder in which the course's "
                "folder “content” lies, or name the folder of a course with --content or "
                "SIMCARDS_CONTENT.",
                folder=folder,
            )
        )
    if folder == configuration.content_folder() and not (folder / "course.toml").is_file():
        raise Failure(configuration.no_course(folder))


def find_template(folder: Path, item: str) -> Template:
    """The question with this id, of any card, drafts too.

    Raises Failure where it is not there, or with what is wrong with its card.
    """
    folder_there(folder)
    content = load_cards(folder, palette())
    card_id = item.partition("/")[0]
    card = content.cards.get(card_id)
    templates, found = compile_card(card) if card is not None else ({}, ())
    if item in templates and all(p.place != templates[item].question.spec_place for p in found):
        return templates[item]
    about = [p for p in (*content.problems, *found) if p.place.file.startswith(f"cards/{card_id}/")]
    errors = [problem for problem in about if problem.level == "error"]
    if errors:
        raise Failure(*errors, code=1)
    raise _not_there(content, card, item)


def _not_there(content: Content, card: Card | None, item: str) -> Failure:
    if card is not None and any(item == f"{card.id}/{f.id}" for f in card.flashcards):
        return Failure(
            say("“{item}” is a flashcard; only questions are drawn and graded.", item=item)
        )
    there = [f"{c.id}/{q.id}" for c in content.cards.values() for q in c.questions]
    own = [f"{card.id}/{q.id}" for q in card.questions] if card is not None else []
    near = own or difflib.get_close_matches(item[:200], there, n=3) or there[:3]
    if not near:
        return Failure(say("There is no question “{item}”.", item=item))
    return Failure(
        say(
            "There is no question “{item}”. There are, for example: {items}",
            item=item,
            items=", ".join(near),
        )
    )
