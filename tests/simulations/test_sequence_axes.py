"""Normalization of sentences, against loops, against the layers that PyTorch's values hold to."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization import normalization_axes
from engine.simulations.normalization.sequence_axes import OVER, normalize, shared, values, words

LENGTHS = (4, 3, 3, 1)


def found(seed=0, **settings):
    return run("sequence_axes", settings, np.random.default_rng(seed))


def mask_of(features=3):
    there = np.arange(4) < np.array(LENGTHS)[:, None]
    return np.repeat(there[:, :, None], features, axis=2)


def by_hand(x, mask, operation):
    """Each cell over the cells that agree with it in what the operation tells apart."""
    told = [axis for axis in range(3) if axis not in OVER[operation]]
    cells = [cell for cell in itertools.product(*map(range, x.shape)) if mask[cell]]
    out = np.zeros_like(x)
    for cell in cells:
        group = [x[c] for c in cells if all(c[axis] == cell[axis] for axis in told)]
        mean = sum(group) / len(group)
        variance = sum((value - mean) ** 2 for value in group) / len(group)
        out[cell] = (x[cell] - mean) / (variance + 1e-5) ** 0.5
    return out


@pytest.mark.parametrize("operation", OVER)
def test_padding_belongs_to_no_mean_and_every_other_cell_to_its_own(operation):
    x, mask = np.random.default_rng(5).normal(2.0, 3.0, (4, 4, 3)), mask_of()
    np.testing.assert_allclose(
        normalize(x, mask, operation), by_hand(x, mask, operation), atol=1e-9
    )
    x[~mask] = 1e6  # whatever stands in the padding
    np.testing.assert_allclose(
        normalize(x, mask, operation), by_hand(x, mask, operation), atol=1e-9
    )


@pytest.mark.parametrize(("ours", "theirs"), [("layer", "LayerNorm last"), ("batch", "BatchNorm")])
def test_without_padding_they_are_the_layers_held_to_pytorch(ours, theirs):
    x = np.random.default_rng(6).normal(size=(3, 5, 4))
    tensor = x.transpose(0, 2, 1)[..., None]  # (N, C, H, W): features are channels, tokens pixels
    expected = normalization_axes.normalize(tensor, theirs, 1)[..., 0].transpose(0, 2, 1)
    np.testing.assert_allclose(normalize(x, np.ones(x.shape, bool), ours), expected, atol=1e-12)


@pytest.mark.parametrize(("operation", "means"), [("layer", 11), ("batch", 3), ("place", 12)])
def test_as_many_means_as_tokens_features_or_places_with_words(operation, means):
    counts = values(mask_of(), operation)
    assert (counts > 0).sum() == means
    assert counts.sum() == 3 * sum(LENGTHS)


def test_lengths_fall_from_the_longest_sentence_to_the_shortest():
    assert words(4, 5, 2).sum(axis=1).tolist() == [5, 4, 3, 2]
    assert words(1, 5, 2).sum(axis=1).tolist() == [5]
    assert words(3, 2, 6).sum(axis=1).tolist() == [2, 2, 2]  # none is longer than the longest


def test_other_sentences_move_the_outputs_of_batch_norm_alone():
    assert found(operation="layer").scalars["moved"] == 0
    assert found(operation="batch").scalars["moved"] > 0.1
    assert found(operation="place").scalars["moved"] > 0.1


def test_at_the_last_place_of_the_longest_sentence_a_mean_is_made_of_one_value():
    scalars = found(operation="place", sample=1, token=5).scalars
    assert scalars["values_here"] == scalars["fewest"] == 1
    x, mask = np.random.default_rng(7).normal(size=(4, 4, 3)), mask_of()
    np.testing.assert_array_equal(normalize(x, mask, "place")[0, 3], 0)


def test_a_token_the_sentence_does_not_have_is_its_last_one():
    cells = found(sample=4, token=8, features=3).tables["cells"]
    together = {
        (s, t)
        for s, t, one in zip(cells["sample"], cells["token"], cells["together"], strict=True)
        if one
    }
    assert together == {(4, 2)}


def test_cells_that_share_a_mean_are_told_with_the_axes():
    assert shared((2, 3, 4), (1, 2, 0), "layer").sum() == 4
    assert shared((2, 3, 4), (1, 2, 0), "batch").sum() == 6
    assert shared((2, 3, 4), (1, 2, 0), "place").sum() == 2
