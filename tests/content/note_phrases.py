"""Records which runs of words the source notes hold, as digests, so that a test can tell whether
one of their sentences was copied without the notes being here.

    python -m tests.content.note_phrases FOLDER_OF_THE_NOTES
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_suffix(".npz")
#: A run of this many words in common is a copy; shorter ones are terms and turns of phrase.
WORDS = 7


def phrases(text: str) -> Iterator[tuple[str, int]]:
    """Every run of WORDS words, and its digest in 64 bits. Case and punctuation do not count."""
    words = re.findall(r"\w+", text.casefold())
    for start in range(len(words) - WORDS + 1):
        phrase = " ".join(words[start : start + WORDS])
        digest = hashlib.sha256(phrase.encode()).digest()
        yield phrase, int.from_bytes(digest[:8], "big")


def main() -> None:
    found = {
        digest
        for file in sorted(Path(sys.argv[1]).glob("*.txt"))
        for _, digest in phrases(file.read_text(encoding="utf-8"))
    }
    np.savez_compressed(FILE, phrases=np.array(sorted(found), dtype=np.uint64))
    print(f"{len(found)} phrases")


if __name__ == "__main__":
    main()
