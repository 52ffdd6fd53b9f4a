"""Settings with which simulations that train networks are done in a moment."""

from __future__ import annotations

from collections.abc import Mapping

#: simulation -> what to set, for tests of how something is drawn, not of what is found.
SMALL: Mapping[str, Mapping[str, object]] = {
    "random_labels": {
        "samples": 60,
        "width": 32,
        "batch": 20,
        "epochs": 20,
        "initialization": "he",
    },
    "learning_rate_sweep": {"width": 16, "samples": 32, "steps": 30, "depth": 6, "rate": 0.05},
    "covariate_drift": {"width": 8, "samples": 32, "networks": 2, "depth": 6},
    "noisy_normalization": {"width": 8, "samples": 32, "networks": 2, "steps": 40, "depth": 6},
    "degradation": {"width": 8, "samples": 32, "steps": 20, "shallow": 3, "deep": 6},
    "loss_along_step": {"width": 16, "samples": 32, "networks": 2},
    "normalization_depth": {"width": 32, "batch": 32, "depth": 20},
    "signal_propagation": {"depth": 10, "width": 16, "batch": 16},
    "gradient_activations": {"depth": 10, "width": 16, "batch": 16},
    "gradient_shattering": {"depth": 5, "width": 16, "points": 50},
    "residual_network": {"depth": 6, "width": 16, "batch": 16},
    "signal_spread": {"depth": 20, "width": 64},
    "confidence_training": {"steps": 100},
    "activation_histograms": {"width": 32, "batch": 16},
    "initialization_training": {"width": 8, "depth": 3, "steps": 40},
    "augmentation_training": {"samples": 3, "hidden": 16, "steps": 40},
    "label_smoothing": {"steps": 100},
}
