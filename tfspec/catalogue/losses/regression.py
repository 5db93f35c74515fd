"""Losses between numbers."""

from __future__ import annotations

from tfspec.catalogue.fields import PositiveFloat

from .loss import NamedLoss


class MeanSquaredError(NamedLoss):
    """`mean(square(y_true - y_pred))`: large errors count most."""

    identifiers = ("mean_squared_error", "mse", "MSE")

    name: str = "mean_squared_error"


class MeanAbsoluteError(NamedLoss):
    """`mean(abs(y_true - y_pred))`: less moved by outliers than the squared error."""

    identifiers = ("mean_absolute_error", "mae", "MAE")

    name: str = "mean_absolute_error"


class MeanAbsolutePercentageError(NamedLoss):
    """`100 * mean(abs((y_true - y_pred) / y_true))`: errors relative to the label, which must not be 0."""

    identifiers = ("mean_absolute_percentage_error", "mape", "MAPE")

    name: str = "mean_absolute_percentage_error"


class MeanSquaredLogarithmicError(NamedLoss):
    """`mean(square(log(y_true + 1) - log(y_pred + 1)))`: relative errors of quantities that are never negative."""

    identifiers = ("mean_squared_logarithmic_error", "msle", "MSLE")
    wants = "positive"

    name: str = "mean_squared_logarithmic_error"


class Huber(NamedLoss):
    """Squared for small errors, linear for large ones, so that outliers pull less.

    With `e = y_true - y_pred`: `e**2 / 2` where `abs(e) <= delta`, else `delta * abs(e) - delta**2 / 2`.
    """

    identifiers = ("huber",)

    delta: PositiveFloat = 1.0
    """Error at which the loss turns from squared to linear."""
    name: str = "huber_loss"


class LogCosh(NamedLoss):
    """`mean(log(cosh(y_pred - y_true)))`: a smooth `Huber`."""

    identifiers = ("log_cosh",)

    name: str = "log_cosh"


class CosineSimilarity(NamedLoss):
    """`-sum(l2_norm(y_true) * l2_norm(y_pred))`: -1 where two vectors point the same way, 1 where opposite."""

    identifiers = ("cosine_similarity",)

    axis: int = -1
    """Axis along which the vectors lie."""
    name: str = "cosine_similarity"


class Poisson(NamedLoss):
    """`mean(y_pred - y_true * log(y_pred))`: for labels that count something; the output is the rate."""

    identifiers = ("poisson",)
    wants = "positive"

    name: str = "poisson"
