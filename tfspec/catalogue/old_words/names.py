"""Things that had other names once, by family: each with the rule that says them today."""

from __future__ import annotations

from math import exp

from .advice import Advice, Called, Instead, Line, NameRule
from .augmentation import from_images
from .rewriting import SOURCES, are_names

NOT_SHARED = "Keras has no layer of unshared kernels any more; `{}` slides one kernel over its input"
MODES = {"sum": "Add", "mul": "Multiply", "concat": "Concatenate", "ave": "Average", "max": "Maximum"}
"""How Keras 1 merged."""

STEEPEST = 100
"""Decay rate above which nothing is left after a step."""


def merge(arguments: Line) -> Advice:
    """The layer that merges in the way of a mode."""
    mode = str(arguments.get("mode", "sum"))
    own = {key: value for key, value in arguments.items() if key not in ("mode", *SOURCES, "output_shape")}
    if found := [arguments[key] for key in SOURCES if are_names(arguments.get(key))]:
        own["from"] = found[0]
    if mode in ("dot", "cos"):
        return Advice({"Dot": {"axes": -1, "normalize": mode == "cos", **own}})
    if mode not in MODES:
        return Advice(text="use `Add`, `Multiply`, `Concatenate`, `Average`, `Maximum` or `Dot`, with `from: [a, b]`")
    return Advice({MODES[mode]: own})


def both(arguments: Line) -> Advice:
    """Keras's function had a factor of 0.01 for both."""
    return Advice({"L1L2": {"l1": arguments.get("l1", 0.01), "l2": arguments.get("l2", 0.01)}})


def from_logits(name: str) -> Called:
    """A crossentropy of TensorFlow 1."""
    return Called(name, from_logits=True)


def natural_exp_decay(arguments: Line) -> Advice:
    """A decay by powers of `exp(-rate)`."""
    rate = arguments.get("decay_rate")
    power = float(f"{exp(-rate):.4g}") if isinstance(rate, (int, float)) and 0 <= rate < STEEPEST else "…"
    return Advice({"ExponentialDecay": {**arguments, "decay_rate": power}})


LAYERS: dict[str, NameRule] = {
    "AtrousConvolution1D": Called("Conv1D"),
    "AtrousConvolution2D": Called("Conv2D"),
    "AtrousConv1D": Called("Conv1D"),
    "AtrousConv2D": Called("Conv2D"),
    "Deconvolution2D": Called("Conv2DTranspose"),
    "Deconvolution3D": Called("Conv3DTranspose"),
    "Deconv2D": Called("Conv2DTranspose"),
    "Deconv3D": Called("Conv3DTranspose"),
    "CuDNNLSTM": Called("LSTM"),
    "CuDNNGRU": Called("GRU"),
    "BatchNormalizationV1": Called("BatchNormalization"),
    "BatchNormalizationV2": Called("BatchNormalization"),
    "SyncBatchNormalization": Called("BatchNormalization", synchronized=True),
    "ThresholdedReLU": Called("ReLU", {"theta": "threshold"}, threshold=1.0),
    "ParametricSoftplus": Instead("use `Activation: {activation: softplus}`, or `PReLU`, which learns its slope"),
    "SReLU": Instead("use `PReLU`, which learns its slope"),
    "Highway": Instead("build it of `Dense`, `Multiply` and `Add` in a functional model"),
    "MaxoutDense": Instead("build it of several `Dense` layers and `Maximum` in a functional model"),
    "TimeDistributedDense": Called("Dense"),
    "Merge": merge,
    "merge": merge,
    "LocallyConnected1D": Instead(NOT_SHARED.format("Conv1D")),
    "LocallyConnected2D": Instead(NOT_SHARED.format("Conv2D")),
    "RandomHeight": Instead("use `RandomZoom: {height_factor: 0.2, width_factor: 0.0}`, which keeps the size"),
    "RandomWidth": Instead("use `RandomZoom: {height_factor: 0.0, width_factor: 0.2}`, which keeps the size"),
    "CategoryCrossing": Instead("use `HashedCrossing: {num_bins: …}`"),
    "DenseFeatures": Instead("prepare each input by itself: `data.prepare` takes layers such as `Normalization`"),
    **dict.fromkeys(("ImageDataGenerator", "flow_from_directory", "flow_from_dataframe"), from_images),
    "SequenceFeatures": Instead("prepare each input by itself: `data.prepare` takes layers such as `StringLookup`"),
}

LOSSES: dict[str, NameRule] = {
    "kullback_leibler_divergence": Called("kl_divergence"),
    "KullbackLeiblerDivergence": Called("KLDivergence"),
    "cosine_proximity": Called("cosine_similarity"),
    "CosineProximity": Called("CosineSimilarity"),
    "logcosh": Called("log_cosh"),
    "huber_loss": Called("huber"),
    "rmse": Instead("use `mse`, which is least where its root is"),
    "sigmoid_cross_entropy": from_logits("BinaryCrossentropy"),
    "softmax_cross_entropy": from_logits("CategoricalCrossentropy"),
    "sparse_softmax_cross_entropy": from_logits("SparseCategoricalCrossentropy"),
    "sigmoid_cross_entropy_with_logits": from_logits("BinaryCrossentropy"),
    "softmax_cross_entropy_with_logits": from_logits("CategoricalCrossentropy"),
    "sparse_softmax_cross_entropy_with_logits": from_logits("SparseCategoricalCrossentropy"),
}

METRICS: dict[str, NameRule] = {
    "kullback_leibler_divergence": Called("kl_divergence"),
    "KullbackLeiblerDivergence": Called("KLDivergence"),
    "kld": Called("KLDivergence"),
    "cosine_proximity": Called("cosine_similarity"),
    "CosineProximity": Called("CosineSimilarity"),
    "logcosh": Called("LogCoshError"),
    "rmse": Called("root_mean_squared_error"),
    "f1": Called("f1_score"),
    "fmeasure": Called("f1_score"),
    "fbeta_score": Called("FBetaScore"),
    "MeanRelativeError": Called("mean_absolute_percentage_error"),
    "matthews_correlation": Instead("use `AUC` or `f1_score`, which a rare class does not deceive either"),
}

OPTIMIZERS: dict[str, NameRule] = {
    **{f"{name}Optimizer": Called(name) for name in ("Adam", "Adagrad", "Adadelta", "Ftrl")},
    "GradientDescentOptimizer": Called("SGD"),
    "RMSPropOptimizer": Called("RMSprop", {"decay": "rho"}),
    "MomentumOptimizer": Called("SGD", {"use_nesterov": "nesterov"}),
    "TFOptimizer": Instead("use one of Keras's own, such as `Adam`"),
    "adam_w": Called("adamw"),
    "rms_prop": Called("rmsprop"),
}

SCHEDULES: dict[str, NameRule] = {
    "exponential_decay": Called("ExponentialDecay"),
    "inverse_time_decay": Called("InverseTimeDecay"),
    "polynomial_decay": Called("PolynomialDecay"),
    "piecewise_constant": Called("PiecewiseConstantDecay"),
    "piecewise_constant_decay": Called("PiecewiseConstantDecay"),
    "cosine_decay": Called("CosineDecay"),
    "cosine_decay_restarts": Called("CosineDecayRestarts"),
    "natural_exp_decay": natural_exp_decay,
    "LinearCosineDecay": Instead("use `CosineDecay`"),
    "linear_cosine_decay": Instead("use `CosineDecay`"),
}

CALLBACKS: dict[str, NameRule] = {
    "BaseLogger": Instead("leave it out: metrics are averaged without it"),
}

INITIALIZERS: dict[str, NameRule] = {
    "zeros_initializer": Called("zeros"),
    "ones_initializer": Called("ones"),
    "constant_initializer": Called("Constant"),
    "random_normal_initializer": Called("random_normal"),
    "random_uniform_initializer": Called("random_uniform"),
    "truncated_normal_initializer": Called("truncated_normal"),
    "orthogonal_initializer": Called("orthogonal"),
    "variance_scaling_initializer": Called("variance_scaling"),
    "xavier_initializer": Called("glorot_uniform"),
    "glorot_uniform_initializer": Called("glorot_uniform"),
    "glorot_normal_initializer": Called("glorot_normal"),
    "he_normal_initializer": Called("he_normal"),
    "xavier": Called("glorot_uniform"),
    "xavier_uniform": Called("glorot_uniform"),
    "xavier_normal": Called("glorot_normal"),
    "kaiming_uniform": Called("he_uniform"),
    "kaiming_normal": Called("he_normal"),
}

REGULARIZERS: dict[str, NameRule] = {
    "activity_l1": Called("L1", {"l": "l1"}),
    "activity_l2": Called("L2", {"l": "l2"}),
    "activity_l1l2": both,
    "WeightRegularizer": Called("L1L2"),
    "ActivityRegularizer": Called("L1L2"),
    "l1_regularizer": Called("L1", {"scale": "l1"}),
    "l2_regularizer": Called("L2", {"scale": "l2"}),
}

NAMES: dict[str, dict[str, NameRule]] = {
    "layer": LAYERS,
    "model": {"Model": Called("functional"), "Functional": Called("functional"), "Graph": Called("functional")},
    "loss": LOSSES,
    "metric": METRICS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "callback": CALLBACKS,
    "initializer": INITIALIZERS,
    "regularizer": REGULARIZERS,
    "constraint": {
        "maxnorm": Called("max_norm"),
        "nonneg": Called("non_neg"),
        "unitnorm": Called("unit_norm"),
        "RadialConstraint": Instead("Keras has no such constraint any more; `MaxNorm` bounds the length of a kernel"),
    },
    "activation": {
        "LeakyReLU": Called("leaky_relu", {"alpha": "negative_slope"}, negative_slope=0.3),
        "ReLU": Called("relu", {"alpha": "negative_slope", "theta": "threshold"}),
        "Relu": Called("relu"),
        "identity": Called("linear"),
        "none": Instead("write `linear`, or leave it out"),
        "prelu": Instead("put the layer `PReLU` after it"),
        "PReLU": Instead("put the layer `PReLU` after it"),
    },
    "source": {
        "ImageDataGenerator": from_images,
        "flow_from_directory": from_images,
        "flow_from_dataframe": from_images,
    },
}
"""Family, then the name of once, then how it is said today."""
