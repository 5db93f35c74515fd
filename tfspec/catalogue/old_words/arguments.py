"""Arguments that things had once, by family: each with the rule that says it today."""

from __future__ import annotations

from .advice import Gone, Instead, Renamed, Rule
from .inputs import batch_input_shape, batch_size, input_dim, input_length, input_shape, inputs
from .rewriting import (
    bounds_of_scale,
    causal,
    decay,
    dropout_of_embedding,
    forget_bias,
    jit_compile,
    keep_prob,
    kernel_size,
    learning_rate,
    of_the_optimizer,
    padding,
    period,
    sources,
)

KERNELS = ("kernel", "embeddings", "depthwise", "alpha")
"""What the first weight of a layer is called."""

RECURRENT = ("recurrent_initializer", "cell")
"""One of them has every recurrent layer."""

NORMALIZED = "moving_mean_initializer"
"""`BatchNormalization` has it."""

FASTEST = "Keras picks the fastest way by itself"
NO_ARRAYS = "a spec holds no arrays; load the weights into the built model"


def of_first_weight(rule: str) -> Rule:
    """What is said today of the first weight by name."""
    return Renamed(*(f"{kernel}_{rule}" for kernel in KERNELS))


LAYER: dict[str, Rule] = {
    "output_dim": Renamed("units"),
    "nb_filter": Renamed("filters"),
    "nb_row": kernel_size,
    "nb_col": kernel_size,
    "kernel_dim1": kernel_size,
    "kernel_dim2": kernel_size,
    "kernel_dim3": kernel_size,
    "filter_length": Renamed("kernel_size"),
    "kernel_dim": Renamed("kernel_size"),
    "border_mode": padding,
    "subsample": Renamed("strides"),
    "subsample_length": Renamed("strides"),
    "stride": Renamed("strides"),
    "pool_length": Renamed("pool_size"),
    "length": Renamed("size"),
    "atrous_rate": Renamed("dilation_rate"),
    "dim_ordering": Renamed("data_format"),
    "bias": Renamed("use_bias"),
    "p": Renamed("rate"),
    "keep_prob": keep_prob,
    "sigma": Renamed("stddev"),
    "alpha": Renamed("negative_slope"),
    "theta": Renamed("threshold"),
    "concat_axis": Renamed("axis"),
    "dot_axes": Renamed("axes"),
    "init": of_first_weight("initializer"),
    "initializer": of_first_weight("initializer"),
    "regularizer": of_first_weight("regularizer"),
    "constraint": of_first_weight("constraint"),
    "lr": of_the_optimizer,
    "learning_rate": of_the_optimizer,
    "layers": sources,
    "inputs": sources,
    "kernel_initializer": Renamed("depthwise_initializer"),
    "kernel_regularizer": Renamed("depthwise_regularizer"),
    "kernel_constraint": Renamed("depthwise_constraint"),
    "inner_init": Renamed("recurrent_initializer"),
    "inner_activation": Renamed("recurrent_activation"),
    "forget_bias_init": forget_bias,
    "beta_init": Renamed("beta_initializer"),
    "gamma_init": Renamed("gamma_initializer"),
    "W_regularizer": of_first_weight("regularizer"),
    "U_regularizer": Renamed("recurrent_regularizer"),
    "b_regularizer": Renamed("bias_regularizer"),
    "W_constraint": of_first_weight("constraint"),
    "U_constraint": Renamed("recurrent_constraint"),
    "b_constraint": Renamed("bias_constraint"),
    "dropout_W": Renamed("dropout"),
    "dropout_U": Renamed("recurrent_dropout"),
    "dropout": dropout_of_embedding,
    "bins": Renamed("bin_boundaries"),
    "max_values": Renamed("max_tokens"),
    "num_oov_tokens": Renamed("num_oov_indices"),
    "oov_value": Renamed("oov_token"),
    "head_size": Renamed("key_dim"),
    "causal": causal,
    "input_shape": input_shape,
    "batch_input_shape": batch_input_shape,
    "batch_shape": batch_input_shape,
    "input_dim": input_dim,
    "input_length": input_length,
    "input_dtype": Instead("say the `dtype` in the `input` of the model: `input: {shape: […], dtype: int32}`"),
    "batch_size": batch_size,
    "weights": Gone(NO_ARRAYS),
    "implementation": Gone(FASTEST, *RECURRENT),
    "consume_less": Gone(FASTEST, *RECURRENT),
    "fused": Gone(FASTEST, NORMALIZED),
    "virtual_batch_size": Gone("every batch is normalized as a whole", NORMALIZED),
    "adjustment": Gone("nothing changes what is normalized", NORMALIZED),
    "mode": Gone("every feature is normalized over the batch; `mode: 1` is `LayerNormalization`", NORMALIZED),
    "rms_scaling": Instead("use `RMSNormalization` where it is true, and leave it out where it is not"),
    "dynamic": Gone("every layer can be traced"),
    "time_major": Gone("the batch is the first axis; `Permute` swaps the others", *RECURRENT),
    "truncate_gradient": Gone("gradients go back to the first time step", *RECURRENT),
}

OPTIMIZER: dict[str, Rule] = {
    "lr": learning_rate,
    "decay": decay,
    "beta1": Renamed("beta_1"),
    "beta2": Renamed("beta_2"),
    "schedule_decay": Gone("`Nadam` computes it by itself", "beta_1"),
    "jit_compile": jit_compile,
    "is_legacy_optimizer": Gone("there is one kind of optimizers"),
    "gradient_transformers": Gone("Python functions have no place in a spec"),
    "gradient_aggregator": Gone("Python functions have no place in a spec"),
    "use_locking": Gone("it has meant nothing since TensorFlow 1"),
}

CALLBACK: dict[str, Rule] = {
    "period": period,
    "epsilon": Renamed("min_delta"),
    "load_weights_on_restart": Gone("`BackupAndRestore` goes on where training was interrupted", "filepath"),
    "options": Gone("there is nothing to choose", "filepath"),
    "write_grads": Gone("gradients are not written any more", "log_dir"),
    "embeddings_layer_names": Gone("all embeddings are written", "log_dir"),
    "embeddings_data": Gone("embeddings are read from the weights", "log_dir"),
    "batch_size": Gone("histograms are made of the weights, not of batches", "log_dir"),
}

INITIALIZER: dict[str, Rule] = {
    "scale": bounds_of_scale,
    "dtype": Gone("the weight says it"),
    "partition_info": Gone("it has meant nothing since TensorFlow 1"),
}

SCHEDULE: dict[str, Rule] = {
    "learning_rate": Renamed("initial_learning_rate"),
    "lr": Renamed("initial_learning_rate"),
    "global_step": Gone("the optimizer counts its steps"),
}

ARGUMENTS: dict[str, dict[str, Rule]] = {
    "layer": LAYER,
    "model": {
        "input_shape": input_shape,
        "batch_input_shape": batch_input_shape,
        "input_dim": input_dim,
        "input": inputs,
        "output": Renamed("outputs"),
    },
    "optimizer": OPTIMIZER,
    "callback": CALLBACK,
    "initializer": INITIALIZER,
    "regularizer": {"l": Renamed("l1", "l2"), "scale": Renamed("l1", "l2")},
    "constraint": {"m": Renamed("max_value")},
    "activation": {"alpha": Renamed("negative_slope"), "theta": Renamed("threshold")},
    "schedule": SCHEDULE,
}
"""Family, then the argument of once, then how it is said today."""
