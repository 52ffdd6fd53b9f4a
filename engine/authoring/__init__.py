"""Writing and editing the course: what instructors do, in the app or with files."""

from engine.authoring.adding_conditions import with_require
from engine.authoring.author import Author, NotAllowed
from engine.authoring.card_list import Row, search_rows, shelf
from engine.authoring.editor import (
    AskRenames,
    Conflict,
    EditError,
    Editor,
    Opened,
    Refused,
    Saved,
    SaveResult,
    as_saved,
    decided_texts,
)
from engine.authoring.gone import Gone, gone_cards, is_now, is_over, put_back
from engine.authoring.helping import (
    MOST_DIGITS,
    ROUNDED_SEEDS,
    Entry,
    accepted_digits,
    evaluate,
    sample_values,
    simulations,
)
from engine.authoring.misconception_margins import MOST_SEEDS, Danger
from engine.authoring.sync_status import (
    WITHOUT_FOLDER,
    NotEmpty,
    Standing,
    State,
    What,
    export,
    force,
    standings,
    take_in,
)
from engine.authoring.testing import Trial, telling_seeds, try_out
from engine.authoring.translating import (
    MOST_REVISIONS,
    PROSE,
    Outdated,
    nothing_translated,
    outdated,
    skeleton,
)
from engine.authoring.workshop import Workshop, open_workshop

__all__ = [
    "MOST_DIGITS",
    "MOST_REVISIONS",
    "MOST_SEEDS",
    "PROSE",
    "ROUNDED_SEEDS",
    "WITHOUT_FOLDER",
    "AskRenames",
    "Author",
    "Conflict",
    "Danger",
    "EditError",
    "Editor",
    "Entry",
    "Gone",
    "NotAllowed",
    "NotEmpty",
    "Opened",
    "Outdated",
    "Refused",
    "Row",
    "SaveResult",
    "Saved",
    "Standing",
    "State",
    "Trial",
    "What",
    "Workshop",
    "accepted_digits",
    "as_saved",
    "decided_texts",
    "evaluate",
    "export",
    "force",
    "gone_cards",
    "is_now",
    "is_over",
    "nothing_translated",
    "open_workshop",
    "outdated",
    "put_back",
    "sample_values",
    "search_rows",
    "shelf",
    "simulations",
    "skeleton",
    "standings",
    "take_in",
    "telling_seeds",
    "try_out",
    "with_require",
]
