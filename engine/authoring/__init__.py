"""Writing and editing the course: what instructors do, in the app or with files."""

from engine.authoring.adding_conditions import with_require
from engine.authoring.author import Author, NotAllowed
from engine.authoring.card_list import CardRow, card_rows, search_rows
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
from engine.authoring.gone import Gone, gone_cards, put_back, rename_card, retire_card
from engine.authoring.helping import (
    MOST_DIGITS,
    ROUNDED_SEEDS,
    SimulationHelp,
    accepted_digits,
    evaluate,
    sample_values,
    simulations,
)
from engine.authoring.misconception_margins import MOST_SEEDS, Danger
from engine.authoring.sync_status import (
    WITHOUT_FOLDER,
    NotEmpty,
    SyncState,
    SyncStatus,
    Taking,
    export,
    force,
    sync_statuses,
    take_in,
)
from engine.authoring.testing import Tryout, telling_seeds, try_out
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
    "CardRow",
    "Conflict",
    "Danger",
    "EditError",
    "Editor",
    "Gone",
    "NotAllowed",
    "NotEmpty",
    "Opened",
    "Outdated",
    "Refused",
    "SaveResult",
    "Saved",
    "SimulationHelp",
    "SyncState",
    "SyncStatus",
    "Taking",
    "Tryout",
    "Workshop",
    "accepted_digits",
    "as_saved",
    "card_rows",
    "decided_texts",
    "evaluate",
    "export",
    "force",
    "gone_cards",
    "nothing_translated",
    "open_workshop",
    "outdated",
    "put_back",
    "rename_card",
    "retire_card",
    "sample_values",
    "search_rows",
    "simulations",
    "skeleton",
    "sync_statuses",
    "take_in",
    "telling_seeds",
    "try_out",
    "with_require",
]
