"""Names that Keras has among its layers and a spec cannot say."""

from __future__ import annotations

from tfspec.catalogue.refused import A_ROOT, A_TOOL, Refused

FOREIGN = "it runs code of {}, and a spec is data that names layers of Keras"
SAVED = "build that part of the model from layers here, or join it to the trained model in a program of your own"

AN_INPUT = Refused(
    "an input is no layer here",
    "say it beside `layers`: `input: {shape: […]}` in a `sequential`, `inputs: {x: {shape: […]}}` in a `functional`",
)

CALLS = ("add", "average", "concatenate", "dot", "maximum", "minimum", "multiply", "subtract")
"""Functions named like the layers that they call, in lower case."""

REFUSED: dict[str, Refused] = {
    **{name: Refused("it is a function that calls a layer", f"write `{name.capitalize()}`") for name in CALLS},
    **dict.fromkeys(("deserialize", "serialize"), A_TOOL),
    "FlaxLayer": Refused(FOREIGN.format("Flax"), SAVED),
    **dict.fromkeys(("Input", "InputLayer"), AN_INPUT),
    "InputSpec": Refused(
        "it tells Keras what a layer takes, and is no layer", "leave it out: every layer here knows what it takes"
    ),
    "JaxLayer": Refused(FOREIGN.format("JAX"), SAVED),
    "Lambda": Refused(
        "it runs a Python function, and a spec is data",
        "use the layer that does it: `Rescaling` to multiply and add a number, `Multiply` or `Add` for two tensors, "
        "`Reshape`, `Permute` or `Concatenate` for axes, `Activation` for a function of each value",
    ),
    "Layer": A_ROOT,
    "MaxNumBoundingBoxes": Refused(
        "it takes a mapping of images and bounding boxes, and a tensor of a spec is one array",
        "bring all examples to one number of boxes in the data",
    ),
    "TFSMLayer": Refused(
        "it runs a graph of TensorFlow from a folder, whose shapes and weights cannot be checked before", SAVED
    ),
    "TorchModuleWrapper": Refused(FOREIGN.format("PyTorch"), SAVED),
    "Wrapper": Refused(
        "it only holds a layer for others that are derived from it in Python, and gives nothing itself",
        "use `TimeDistributed`, `Bidirectional` or `SpectralNormalization`, or the inner layer by itself",
    ),
}
