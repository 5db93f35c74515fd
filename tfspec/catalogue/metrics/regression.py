"""Metrics between numbers."""

from __future__ import annotations

from typing import Literal

from tfspec.catalogue.fields import NonNegativeInt
from tfspec.catalogue.numbers import Axes

from .metric import NamedMetric


class MeanSquaredError(NamedMetric):
    """`mean(square(y_true - y_pred))`."""

    identifiers = ("mean_squared_error", "mse", "MSE")
    direction = "down"

    name: str = "mean_squared_error"


class RootMeanSquaredError(NamedMetric):
    """`sqrt(mean(square(y_true - y_pred)))`: an error in the unit of the labels."""

    identifiers = ("root_mean_squared_error",)
    direction = "down"

    name: str = "root_mean_squared_error"


class MeanAbsoluteError(NamedMetric):
    """`mean(abs(y_true - y_pred))`: an error in the unit of the labels."""

    identifiers = ("mean_absolute_error", "mae", "MAE")
    direction = "down"

    name: str = "mean_absolute_error"


class MeanAbsolutePercentageError(NamedMetric):
    """`100 * mean(abs((y_true - y_pred) / y_true))`, for labels that are not 0."""

    identifiers = ("mean_absolute_percentage_error", "mape", "MAPE")
    direction = "down"

    name: str = "mean_absolute_percentage_error"


class MeanSquaredLogarithmicError(NamedMetric):
    """`mean(square(log(y_true + 1) - log(y_pred + 1)))`, for quantities that are never negative."""

    identifiers = ("mean_squared_logarithmic_error", "msle", "MSLE")
    direction = "down"
    wants = "positive"

    name: str = "mean_squared_logarithmic_error"


class LogCoshError(NamedMetric):
    """`mean(log(cosh(y_pred - y_true)))`."""

    identifiers = ("log_cosh_error",)
    direction = "down"

    name: str = "logcosh"


class CosineSimilarity(NamedMetric):
    """`sum(l2_norm(y_true) * l2_norm(y_pred))`: 1 where two vectors point the same way, -1 where opposite."""

    identifiers = ("cosine_similarity",)

    name: str = "cosine_similarity"
    axis: int = -1
    """Axis along which the vectors lie."""


class R2Score(NamedMetric):
    """The share of the labels' variance that the predictions explain: 1 at best, 0 for always giving the mean.

    Labels and outputs are (batch, values).
    """

    identifiers = ("r2_score",)
    output_axes = "batch values"

    class_aggregation: Literal["uniform_average", "variance_weighted_average"] | None = "uniform_average"
    """How the scores of several outputs become one; null leaves them apart."""
    num_regressors: NonNegativeInt = 0
    """Number of inputs of a linear model, for the adjusted score; 0 for the plain one."""
    name: str = "r2_score"

    @property
    def is_number(self) -> bool:
        """Without an average there is one score for each output."""
        return self.class_aggregation is not None


class PearsonCorrelation(NamedMetric):
    """The correlation of labels and predictions, averaged over the batch: 1 on any rising line.

    Taken along `axis`, which must hold several values.
    """

    identifiers = ("pearson_correlation",)

    name: str = "pearson_correlation"
    axis: Axes = -1
    """Axis, or axes, along which values are correlated."""


class ConcordanceCorrelation(NamedMetric):
    """The correlation of labels and predictions, lowered where they differ in mean or spread.

    Taken along `axis`, which must hold several values.
    """

    identifiers = ("concordance_correlation",)

    name: str = "concordance_correlation"
    axis: Axes = -1
    """Axis, or axes, along which values are correlated."""
