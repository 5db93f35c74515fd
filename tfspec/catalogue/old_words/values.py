"""Values that arguments took once."""

from __future__ import annotations

VALUES: dict[str, dict[str, str]] = {
    "data_format": {"th": "channels_first", "tf": "channels_last", "NCHW": "channels_first", "NHWC": "channels_last"},
    "padding": {"SAME": "same", "VALID": "valid", "half": "same"},
    "reduction": {"auto": "sum_over_batch_size", "AUTO": "sum_over_batch_size"},
    "output_mode": {"binary": "multi_hot", "tf-idf": "tf_idf", "tfidf": "tf_idf"},
    "distribution": {"normal": "truncated_normal"},
    "class_weight": {"auto": "balanced"},
}
"""By argument: the value of once, and today's."""

MONITORS: dict[str, tuple[str, ...]] = {
    "acc": ("accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy"),
    "accuracy": ("acc",),
    "lr": ("learning_rate",),
    "mean_squared_error": ("mse",),
    "mean_absolute_error": ("mae",),
    "mse": ("mean_squared_error",),
    "mae": ("mean_absolute_error",),
    "kullback_leibler_divergence": ("kl_divergence",),
    "cosine_proximity": ("cosine_similarity",),
    "fmeasure": ("f1_score", "F1Score"),
}
"""What the history called a value once, and what it may be called today."""
