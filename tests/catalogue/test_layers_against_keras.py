"""Every layer against Keras: the same arguments, the same shapes and weights, and refusals where Keras refuses."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tfspec.catalogue import declarations
from tfspec.catalogue.layers.encoding import Encoding
from tfspec.catalogue.layers.layer import Layer, Outputs, call_signature, with_inner
from tfspec.catalogue.layers.pipeline import Pipeline
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, Weight, is_float, policy
from tfspec.testing import arguments, inputs_for, things
from tfspec.testing.running import WRONG_OUTPUT, is_unprepared, opens_sizes
from tfspec.testing.search.calling import OF_THE_DATA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfspec.catalogue.layers.layer import Argument

LAYERS: Any = declarations("layer")
BASE = set(Layer.model_fields)
WORDS = {"initializer": ("zeros", "he_normal"), "regularizer": ("l2",), "constraint": ("non_neg",)}
"""Plain things, since some initializers fit matrices alone, which the layer does not know."""

REQUIRED_ANYWAY = {"CategoryEncoding": {"num_tokens"}}
"""Arguments with a default of None that Keras refuses."""

IMAGE = {"TS410": "Keras takes three axes for one image without a batch; in a model the first axis is the batch"}
DROP_NOTHING = {"TS415": "with a rate of 0 or 1 nothing is drawn, and integers pass"}
NO_WEIGHTS = {"TS428": "a policy that quantizes weights means nothing to it, and is passed over"}
HALVES = {"TS416": "half of two features is one, which suits any number"}
ONE_TEXT = {"TS415": "a single tensor is handed on as it is, texts too"}
ONE_STATE = {"TS424": "Keras leaves states out that it does not know, without a word"}
ONE_STEP = {"TS410": "a cell runs on more axes, whose order then means something else"}
NOISE = {"TS414": "noise of fewer axes broadcasts, and noise for a batch of 2 fits a batch that happens to have 2"}
NO_CAST = {"TS415": "integers come out as floats in training, and as integers elsewhere"}
IN_TRAINING = {"TS415": "training casts integers, and use leaves them to the next layer, which fails"}
NO_RANGE = {"TS414": "it divides by the length of the range, and on some images the result does not matter"}
AT_RANDOM = {"TS414": "the change that fails is drawn only now and then"}
IN_A_GRAPH = {"TS411": "Keras runs it on data whose sizes it sees, and fails on a stream that leaves them open"}
KILLS = {"TS418": "a real call kills the process", "TS410": "as above", "TS415": "as above"}
MOVES = {"TS415": "texts are moved about as well, which makes no picture"}
NO_ROOM = {"TS418": "an eager call runs, and one in the graph of `fit` or `predict` fails"}
EMPTY = {"TS418": "an axis of 1 becomes one of 0, and there is nothing to compute"}
BROADCAST = "sizes of 1 broadcast in the real call, which Keras does not reckon with"

NO_MISTAKES = (
    "ignore:You are using a softmax over axis",  # over a single feature
    "ignore:`fft_length` is recommended to be a power of two",
    "ignore:(?s).*was passed an input with a mask",  # inside a `Pipeline`, which then runs without it
)
"""Warnings of Keras about what it builds and runs."""

RUN_IN = ("float32", "int32", "int64")
"""Dtypes in which layers are called; the CPU has not every kernel for halves."""

STRICTER: dict[str, dict[str, str]] = {
    "Activation": {"TS415": "some activations run on integers, and most fail"},
    "ActivityRegularization": {"TS415": "TensorFlow adds up some integers, and fails on small ones"},
    "Add": ONE_TEXT,
    "AdaptiveAveragePooling1D": IN_A_GRAPH | NO_ROOM,
    "AdaptiveAveragePooling2D": IN_A_GRAPH | NO_ROOM,
    "AdaptiveAveragePooling3D": IN_A_GRAPH | NO_ROOM,
    "AdaptiveMaxPooling1D": KILLS | IN_A_GRAPH,
    "AdaptiveMaxPooling2D": KILLS | IN_A_GRAPH,
    "AdaptiveMaxPooling3D": KILLS | IN_A_GRAPH,
    "AdditiveAttention": {"TS423": BROADCAST, "TS410": "without steps, the examples of a batch attend to each other"},
    "AlphaDropout": DROP_NOTHING | NOISE,
    "Attention": {
        "TS423": BROADCAST,
        "TS410": "without steps, the examples of a batch attend to each other",
        "TS415": "`concat` runs on some integers",
    },
    "AugMix": IMAGE | AT_RANDOM | IN_A_GRAPH,
    "AutoContrast": IMAGE,
    "Bidirectional": ONE_STATE | DROP_NOTHING,
    "CategoryEncoding": {"TS418": "Keras takes a batch of single numbers for one list of numbers"},
    "CenterCrop": IMAGE,
    "CutMix": IMAGE,
    "Concatenate": {
        "TS414": "joining batches gives more examples than targets",
        "TS420": "with a single tensor the axis is not looked at",
    },
    "ContrastLimitedAdaptiveHistogramEqualization": NO_RANGE | IMAGE | NO_CAST | IN_A_GRAPH,
    "Conv1DTranspose": EMPTY,
    "Conv2DTranspose": EMPTY,
    "Conv3DTranspose": EMPTY,
    "Discretization": {"TS418": "by chance, a batch of 2 has the shape of two categories"},
    "Dropout": DROP_NOTHING | NOISE,
    "EinsumDense": {
        "TS414": "letters that stand twice, or another batch in the output: it runs, and means something else",
        "TS418": "with some equations the scales of int8 line up by chance",
    },
    "Equalization": IMAGE | IN_A_GRAPH,
    "GRU": ONE_STATE | DROP_NOTHING | HALVES,
    "GRUCell": ONE_STATE | DROP_NOTHING | ONE_STEP | HALVES,
    "GaussianDropout": DROP_NOTHING,
    "GaussianNoise": DROP_NOTHING,
    "Hashing": {"TS418": "by chance, sizes of 1 make the two shapes one"},
    "IntegerLookup": {"TS418": "by chance, sizes of 1 make the two shapes one"} | NO_WEIGHTS,
    "LSTM": ONE_STATE | DROP_NOTHING | HALVES,
    "LSTMCell": ONE_STATE | DROP_NOTHING | ONE_STEP | HALVES,
    "Maximum": ONE_TEXT,
    "Minimum": ONE_TEXT,
    "Masking": {"TS410": "without features, Keras masks a batch by the last example"},
    "MelSpectrogram": {"TS410": "Keras takes one axis for one wave without a batch"},
    "MixUp": IMAGE | IN_TRAINING,
    "Multiply": ONE_TEXT,
    "MultiHeadAttention": {
        "TS410": "without steps, the examples of a batch attend to each other",
        "TS414": "attending along the features is a mistake that runs",
        "TS418": "along several axes it attends without the kernel that it is asked for",
    },
    "RMSNormalization": {"TS418": "where the sizes happen to agree, the scale acts along the wrong axis"},
    "RNN": ONE_STATE | DROP_NOTHING | IN_A_GRAPH | {"TS418": "a stack within a stack runs on states from outside"},
    "RandAugment": IMAGE | AT_RANDOM | IN_A_GRAPH,
    "RandomBrightness": {"TS415": "whole numbers as `value_range` pass, others fail"} | IMAGE,
    "RandomColorDegeneration": IMAGE | NO_CAST | IN_A_GRAPH,
    "RandomColorJitter": IMAGE | NO_CAST | IN_A_GRAPH | {"TS418": "a single pixel is the same in either form"},
    "RandomContrast": IMAGE,
    "RandomCrop": IMAGE | IN_TRAINING | IN_A_GRAPH,
    "RandomElasticTransform": IMAGE | IN_A_GRAPH,
    "RandomErasing": IMAGE | IN_A_GRAPH,
    "RandomFlip": IMAGE,
    "RandomGaussianBlur": IMAGE,
    "RandomGrayscale": IMAGE | IN_A_GRAPH | MOVES,
    "RandomHue": IMAGE | NO_CAST | IN_A_GRAPH,
    "RandomInvert": IMAGE | NO_CAST,
    "RandomPerspective": IMAGE | IN_A_GRAPH,
    "RandomPosterization": IMAGE | NO_CAST,
    "RandomRotation": IMAGE,
    "RandomSaturation": IMAGE | NO_CAST | IN_A_GRAPH,
    "RandomSharpness": IMAGE,
    "RandomShear": IMAGE,
    "RandomTranslation": IMAGE,
    "RandomZoom": IMAGE,
    "ReLU": {"TS415": "a negative slope runs on signed integers alone"},
    "Rescaling": {"TS414": "without channels, the numbers would be one for each example of the batch"},
    "Resizing": IMAGE | {"TS415": "whole numbers pass where the aspect ratio happens to need no margin"},
    "ReversibleEmbedding": {"TS414": "a batch of as many numbers as a word has features passes for one word"},
    "UpSampling1D": MOVES,
    "UpSampling2D": MOVES,
    "UpSampling3D": MOVES,
    "SimpleRNN": ONE_STATE | DROP_NOTHING | HALVES,
    "SimpleRNNCell": ONE_STATE | DROP_NOTHING | ONE_STEP | HALVES,
    "SpectralNormalization": {"TS415": "an embedding inside takes whole numbers"},
    "Solarization": IMAGE,
    "StringLookup": {"TS418": "by chance, sizes of 1 make the two shapes one"} | NO_WEIGHTS,
    "SpatialDropout1D": DROP_NOTHING,
    "SpatialDropout2D": DROP_NOTHING,
    "SpatialDropout3D": DROP_NOTHING,
    "StackedRNNCells": ONE_STATE | ONE_STEP,
    "TimeDistributed": {
        "TS410": "Keras calls the inner layer past its check of the axes",
        "TS428": "Keras calls the inner layer as if it were not quantized",
    },
}
"""What layers refuse although Keras runs it: the code, and the reason."""


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
def test_takes_the_arguments_of_keras(cls: type[Layer], keras: Any) -> None:
    theirs = dict(inspect.signature(getattr(keras.layers, cls.__name__)).parameters)
    theirs = {
        name: parameter
        for name, parameter in theirs.items()
        if name not in BASE | set(cls.omits) and parameter.kind is not parameter.VAR_KEYWORD
    }
    ours = {name: field for name, field in cls.model_fields.items() if name not in BASE}
    assert list(ours) == list(theirs)
    for name, field in ours.items():
        if name in REQUIRED_ANYWAY.get(cls.__name__, ()):
            continue
        default = theirs[name].default
        assert field.is_required() == (default is inspect.Parameter.empty), name
        if not field.is_required():
            assert _as_stored(cls, name, default) == field.default, name


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
def test_omits_only_what_keras_has(cls: type[Layer], keras: Any) -> None:
    theirs = inspect.signature(getattr(keras.layers, cls.__name__)).parameters
    assert set(cls.omits) <= set(theirs)
    for alias in cls.aliases:
        assert getattr(keras.layers, alias) is getattr(keras.layers, cls.__name__)


@pytest.mark.filterwarnings(*NO_MISTAKES)
@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
@settings(max_examples=max(200, settings.default.max_examples))
@given(data=st.data())
def test_gives_what_keras_gives(cls: type[Layer], keras: Any, data: st.DataObject) -> None:
    layer = cls.model_validate(data.draw(arguments(cls, words=WORDS), label="arguments"))
    inputs = data.draw(inputs_for(layer), label="inputs")
    keywords = data.draw(_keywords(cls), label="call")
    ours = _ours(layer, inputs, keywords)
    theirs = _theirs(layer, inputs, keywords, keras)
    note(f"ours: {ours}\ntheirs: {theirs}")
    event("refused" if isinstance(ours, Exception) else "accepted")
    if isinstance(ours, Refusal):
        if not isinstance(theirs, Exception) and not _is_stricter(layer, ours.code.id):
            assert not _runs_as_keras_says(layer, inputs, keywords, keras), "refused, and Keras runs it"
        return
    assert not isinstance(theirs, Exception), "accepted, and Keras refuses"
    _compare(layer, inputs, ours, theirs)
    if _is_plain(layer, inputs) and all(None not in x.shape[1:] for x in _flat(inputs)):
        real = _really(layer, inputs, keywords, data.draw(_values(layer), label="values"))
        assert not isinstance(real, Exception), f"accepted, and the real call fails: {real}"
        concrete = _ours(layer, _with_batch(inputs), keywords)
        assert not isinstance(concrete, Exception)
        assert [len(shape) for shape in real] == [output.rank for output in concrete[0]]
        sizes = (
            (a, b) for shape, x in zip(real, concrete[0], strict=True) for a, b in zip(shape, x.shape, strict=True)
        )
        assert all(said in (size, None) for size, said in sizes), (real, concrete[0])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NumPy's, of constants that half precision cannot hold
@pytest.mark.filterwarnings(*NO_MISTAKES)
@given(data=st.data())
def test_a_pipeline_gives_what_keras_gives(keras: Any, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from([TensorType((None, *shape)) for shape in ((6, 6, 3), (5, 4), (3,))]))
    pipeline = Pipeline.model_validate({"layers": data.draw(_chain(start), label="layers")})
    ours, theirs = _ours(pipeline, (start,), {}), _theirs(pipeline, (start,), {}, keras)
    event(" ".join(layer.written for layer in pipeline.layers))
    assert not isinstance(ours, Refusal)
    assert not isinstance(theirs, Exception), "accepted, and Keras refuses"
    _compare(pipeline, (start,), ours, theirs)
    if _is_plain(pipeline, (start,)):
        real = _really(pipeline, (start,), {})
        fails = isinstance(real, Exception) and not OF_THE_DATA.search(str(real))
        assert not fails, f"accepted, and the real call fails: {real}"


@st.composite
def _chain(draw: st.DrawFn, start: TensorType) -> list[Any]:
    """One to three layers that `Pipeline` takes for a tensor; most that are drawn do not fit."""
    chain: list[Any] = []
    for _ in range(draw(st.integers(4, 20))):
        longer = [*chain, draw(things("layer", depth=1, words=WORDS))]
        if len(longer) <= 3 and not isinstance(
            _ours(Pipeline.model_validate({"layers": longer}), (start,), {}), Refusal
        ):
            chain = longer
    return chain or ["Flatten"]


def _ours(layer: Layer, inputs: Any, keywords: dict[str, Any]) -> tuple[list[TensorType], list[Weight]] | Refusal:
    try:
        outputs: Outputs = layer.apply(*inputs, **keywords)
        weights = list(layer.built_weights(*inputs))
        tensors = _flat(inputs)
        layer.output_mask([None] * len(tensors), tensors)
    except Refusal as refusal:
        return refusal
    return [outputs] if isinstance(outputs, TensorType) else list(outputs), weights


def _theirs(layer: Layer, inputs: Any, keywords: dict[str, Any], keras: Any) -> Any:
    def symbol(x: TensorType) -> Any:
        return keras.KerasTensor(x.shape, dtype=x.dtype)

    from tfspec.backends.keras.objects import to_keras

    try:
        built = to_keras(layer)
        outputs = _call(built, layer, inputs, keywords, symbol)
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is a refusal
        return error
    trained = {id(weight) for weight in built.trainable_weights}
    weights = [
        Weight(_relative(weight.path), tuple(weight.shape), id(weight) in trained, str(weight.dtype))
        for weight in built.weights
    ]
    return [TensorType(tuple(x.shape), x.dtype) for x in keras.tree.flatten(outputs)], weights


def _really(
    layer: Layer, inputs: Any, keywords: dict[str, Any], values: Sequence[int | str] = ()
) -> list[tuple[int, ...]] | Exception:
    """The shapes of a real call on zeros or the values given, in training where the layer tells that from use."""
    import keras
    import numpy as np
    import tensorflow as tf

    from tfspec.backends.keras.objects import to_keras

    def tensor(x: TensorType) -> Any:
        shape = [2 if size is None else size for size in x.shape]
        if x.dtype == "string":
            return tf.constant(np.resize([str(value) for value in values] or ["a"], shape))
        whole = [value for value in values if isinstance(value, int)]
        return keras.ops.convert_to_tensor(np.resize(whole or [0], shape), dtype=x.dtype)

    try:
        built = to_keras(layer)
        outputs = _call(built, layer, inputs, {**keywords, "training": True}, tensor)
        return [tuple(np.shape(x)) for x in keras.tree.flatten(outputs)]
    except Exception as error:  # noqa: BLE001 - whatever it raises, the layer does not run
        return error


def _call(built: Any, layer: Layer, inputs: Any, keywords: dict[str, Any], make: Any) -> Any:
    def made_of(x: Any) -> Any:
        return make(x) if isinstance(x, TensorType) else layer.grouped([make(y) for y in x])

    made = [None if x is None else made_of(x) for x in inputs]
    names = list(call_signature(type(layer)).parameters)
    if layer.takes_list:
        return built(made, **keywords)
    return built(made[0], **dict(zip(names[1:], made[1:], strict=False)), **keywords)


def _is_stricter(layer: Layer, code: str) -> bool:
    """Whether a layer refuses what Keras runs, for a reason; weights and results of odd dtypes help nobody.

    Two floating-point dtypes in one layer sometimes run, which `test_casts.py` looks at, and what float16 lacks in
    a graph runs outside of one, which `test_half_precision.py` looks at.
    """
    if code == "TS429" or (code in {"TS415", "TS428"} and any(map(_is_odd, with_inner(layer)))):
        return True
    return any(code in STRICTER.get(type(each).__name__, ()) for each in with_inner(layer))


def _is_odd(layer: Layer) -> bool:
    """Whether a layer's dtype is no float, or one that fails in a graph alone."""
    lacking = {dtype for thing in (layer, *layer.nested()) for dtype in getattr(thing, "not_computed_in", ())}
    return not is_float(layer.policy.compute) or layer.policy.compute in lacking


def _runs_as_keras_says(layer: Layer, inputs: Any, keywords: dict[str, Any], keras: Any) -> bool:
    known = _with_batch(inputs, rest=3)
    said, real = _theirs(layer, known, keywords, keras), _really(layer, known, keywords)
    return not isinstance(real, Exception) and not isinstance(said, Exception) and real == [x.shape for x in said[0]]


def _compare(layer: Layer, inputs: Any, ours: Any, theirs: Any) -> None:
    known = 1 if type(layer).__name__ in WRONG_OUTPUT else None
    shapes = [[output.shape for output in outputs][:known] for outputs in (ours[0], theirs[0])]
    opens = (opens_sizes(layer) and _opens(*shapes)) or (isinstance(layer, Pipeline) and _opens(*shapes[::-1]))
    assert shapes[0] == shapes[1] or opens  # TensorFlow traces a `Pipeline`, and leaves sizes open that it could know
    moves_texts = any(x.dtype == "string" for x in _flat(inputs))  # which Keras takes for numbers
    casts = layer.autocast and is_float(layer.policy.compute) and all(is_float(x.dtype) for x in _flat(inputs))
    if not (layer.keeps_dtype or moves_texts) or casts:  # else the real dtype is meant
        assert [output.dtype for output in ours[0]] == [output.dtype for output in theirs[0]]
    assert [weight[1:] for weight in ours[1]] == [weight[1:] for weight in theirs[1]]
    assert [_uncounted(weight.name) for weight in ours[1]] == [_uncounted(weight.name) for weight in theirs[1]]


def _opens(ours: list[Any], theirs: list[Any]) -> bool:
    """Whether the shapes are equal but for sizes that are left open here."""
    return all(
        len(a) == len(b) and all(x in (y, None) for x, y in zip(a, b, strict=True))
        for a, b in zip(ours, theirs, strict=True)
    )


def _values(layer: Layer) -> st.SearchStrategy[list[int | str]]:
    """Some of a layer's words, and others where it takes them; numbers that every layer takes."""
    known = list(getattr(layer, "vocabulary", None) or [])
    if not isinstance(layer, Encoding):
        return st.just([0])
    if getattr(layer, "invert", False):
        return st.just([0, 1])
    if getattr(layer, "num_oov_indices", 1) == 0:
        return st.lists(st.sampled_from(known or [0]), min_size=1, max_size=6)
    return st.lists(st.sampled_from([*known, 0, 7, "", "two words", "Δ"]), min_size=1, max_size=6)


def _keywords(cls: type[Layer]) -> st.SearchStrategy[dict[str, Any]]:
    names = [p.name for p in call_signature(cls).parameters.values() if p.kind is p.KEYWORD_ONLY]
    return st.fixed_dictionaries({}, optional={name: st.booleans() for name in names})


def _as_stored(cls: type[Layer], name: str, value: Any) -> Any:
    """A default of Keras as our field would hold it."""
    if value is None or isinstance(value, (str, bool)):
        return value
    return TypeAdapter(cls.model_fields[name].rebuild_annotation()).validate_python(value)


def _is_plain(layer: Layer, inputs: Any) -> bool:
    """Whether it computes in float32 and without a GPU, for which the CPU has every kernel."""
    layers = with_inner(layer)
    if any(map(is_unprepared, layers)):
        return False
    if any(policy(each.dtype).compute not in RUN_IN or getattr(each, "use_cudnn", None) is True for each in layers):
        return False
    return not any(each.keeps_dtype and not each.autocast for each in layers) or all(
        x.dtype == "float32" for x in _flat(inputs) if is_float(x.dtype)
    )


def _flat(inputs: tuple[Argument, ...]) -> list[TensorType]:
    return [x for value in inputs if value for x in ([value] if isinstance(value, TensorType) else value)]


def _with_batch(inputs: Any, rest: int | None = None) -> Any:
    def known(x: TensorType) -> TensorType:
        batch, *sizes = x.shape
        return x.with_shape((2 if batch is None else batch, *(rest if size is None else size for size in sizes)))

    return tuple(None if x is None else known(x) if isinstance(x, TensorType) else tuple(map(known, x)) for x in inputs)


def _relative(path: str) -> str:
    return path.partition("/")[2]


def _uncounted(name: str) -> str:
    """A weight's name without the numbers that Keras counts inner layers by."""
    return re.sub(r"_\d+(?=/)", "", name)
