"""What augmentation brings a network: the changes themselves, and who learns what."""

from __future__ import annotations

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.confidence.augmentation_training import mirrored, moved, pictures
from engine.simulations.confidence.glyph_transforms import FRAME, SETS, becomes, pixels

LETTERS = list(SETS["letters"])


def found(seed=0, **values):
    return run("augmentation_training", values, np.random.default_rng(seed))


def cut(frame):
    """The drawn pixels alone, without the empty rows and columns around them."""
    ink = frame.reshape(FRAME, FRAME) > 0.5
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def letter_of(frame):
    return next(
        name for name in LETTERS if np.array_equal(cut(frame), pixels(SETS["letters"][name]))
    )


def test_a_moved_picture_is_the_same_letter_and_lies_elsewhere():
    x, labels = pictures(5, 0.0, np.random.default_rng(1))
    rng = np.random.default_rng(2)
    elsewhere = 0
    for _ in range(5):
        for frame, before, label in zip(moved(x, rng), x, labels, strict=True):
            assert letter_of(frame) == LETTERS[label]
            elsewhere += not np.array_equal(frame, before)
    assert elsewhere > 150  # eight of nine moves


def test_half_of_the_mirrored_pictures_are_what_the_mirror_makes_of_the_letter():
    x, labels = pictures(20, 0.0, np.random.default_rng(1))
    turned = mirrored(x, np.random.default_rng(2))
    changed = 0
    for frame, before, label in zip(turned, x, labels, strict=True):
        if np.array_equal(frame, before):
            continue
        changed += 1
        other = becomes(f"letters/{LETTERS[label]}", "mirror")
        if other is not None:
            assert letter_of(frame) == other
    assert 60 < changed < 130


def test_each_letter_has_its_pictures_and_noise_of_the_size_asked_for():
    x, labels = pictures(30, 0.2, np.random.default_rng(0))
    assert np.bincount(labels).tolist() == [30] * 10
    clean, _ = pictures(30, 0.0, np.random.default_rng(0))
    assert (x - clean).std() == pytest.approx(0.2, rel=0.02)


def test_moved_pictures_teach_what_holds_for_new_ones_and_mirrored_ones_do_not():
    for seed in range(3):
        s = found(seed).scalars
        assert s["train_none"] == 1.0
        assert s["accuracy_moved"] > s["accuracy_none"] + 0.25, seed
        assert s["accuracy_mirrored"] < s["accuracy_none"] + 0.02, seed


def test_with_many_pictures_there_is_less_to_gain():
    few, many = found(samples=10).scalars, found(samples=50).scalars
    gain = {len_: s["accuracy_moved"] - s["accuracy_none"] for len_, s in ((10, few), (50, many))}
    assert gain[50] < 0.6 * gain[10]


def test_two_networks_with_the_same_start_begin_alike():
    table = found(steps=30).tables["steps"]
    assert table["accuracy_none"][0] == table["accuracy_moved"][0] == table["accuracy_mirrored"][0]
