"""What every application is: a network known by name, with weights learnt on ImageNet or from a file."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, WithJsonSchema, field_validator, model_validator
from pydantic_core import PydanticCustomError

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.models import Model
from tfspec.diagnostics import did_you_mean
from tfspec.tensors import Shape

IMAGENET_CLASSES = 1000
"""Classes that the weights learnt on ImageNet tell apart."""

CHANNELS = 3

IMAGE_AXES = 4

IMAGENET = "imagenet"
"""What `weights` says for those learnt on ImageNet; anything else is the path of a file."""

SUFFIX = r"\.(h5|hdf5)$"
"""How the name of a file of weights ends."""

WEIGHTS_SCHEMA = {"anyOf": [{"const": IMAGENET}, {"type": "string", "pattern": SUFFIX}]}


class Application(Model):
    """A network known by name, as a model or as a layer of one.

    What it is made of stands in `specs/applications`, from which shapes and weights are known; Keras itself builds it.
    """

    keras = "applications"
    omits: ClassVar[dict[str, str]] = {"input_tensor": "the layer before it gives the tensor"}

    example: ClassVar[dict[str, object]] = {"weights": None}

    least: ClassVar[int] = 32
    """Pixels that an image must have along each side."""

    head: ClassVar[str] = "predictions"
    """What Keras calls its output with its top."""

    features: ClassVar[str] = ""
    """What Keras calls its output without its top; empty where it only numbers it."""

    names_pooling: ClassVar[bool] = False
    """Whether Keras has a name for the pooling in place of its top: `avg_pool`, `max_pool`."""

    input_shape: tuple[PositiveInt | None, PositiveInt | None, PositiveInt | None] | None = Field(
        default=None, strict=False
    )
    """Height, width and channels of the images; the sizes that it was made for if left out, any without its top."""
    include_top: bool = True
    """Whether the layers that tell the classes apart stand at its end."""
    weights: Annotated[str, WithJsonSchema(WEIGHTS_SCHEMA)] | None = IMAGENET
    """`imagenet`: weights learnt there, which Keras fetches; `null`: freshly drawn ones; else the path of a `.h5` file.

    The path starts from the folder of the file that says it."""
    pooling: Literal["avg", "max"] | None = None
    """How the last images are made one vector, without its top: `avg` or `max`; not at all if left out."""
    classes: PositiveInt = IMAGENET_CLASSES
    """Number of classes that its top tells apart."""
    classifier_activation: Activation | None = default("softmax")
    """Function of the output of its top; `null` gives logits."""

    @field_validator("input_shape")
    @classmethod
    def _check_size(cls, shape: tuple[int | None, ...] | None) -> tuple[int | None, ...] | None:
        sizes = [size for size in (shape or ())[:2] if size is not None]
        if sizes and min(sizes) < cls.least:
            raise _refused(f"`{cls.spelling()}` takes images of {cls.least} pixels or more, not of {min(sizes)}")
        return shape

    @field_validator("weights")
    @classmethod
    def _check_word(cls, weights: str | None) -> str | None:
        if weights is None or weights == IMAGENET or re.search(SUFFIX, weights):
            return weights
        expected = f"`{IMAGENET}`, `null`, or the path of a `.h5` file"
        context = {"message": f"must be {expected}", "expected": expected, "help": _weights_advice(weights)}
        raise PydanticCustomError("sizes", "{message}", context)

    @model_validator(mode="after")
    def _check_weights(self) -> Self:
        if self.weights != IMAGENET:
            return self
        if self.include_top and self.classes != IMAGENET_CLASSES:
            advice = "leave out its top (`include_top: false`) and add a `Dense` of your own, or write `weights: null`"
            raise _refused(f"the weights learnt on ImageNet tell {IMAGENET_CLASSES} classes apart", advice)
        if self.input_shape and self.input_shape[2] not in (CHANNELS, None):
            raise _refused(f"the weights learnt on ImageNet take {CHANNELS} channels", "write `weights: null`")
        return self

    @property
    def weights_file(self) -> str | None:
        """The path of the file that holds its weights."""
        return None if self.weights == IMAGENET else self.weights

    @property
    def output_name(self) -> str | None:
        """What Keras calls its output; None where it only numbers it."""
        if self.include_top:
            return self.head
        if self.pooling:
            return f"{self.pooling}_pool" if self.names_pooling else None
        return self.features or None

    def fitting(self, images: Shape) -> str | None:
        """What to write so that it takes such images, the batch axis first, which it does not."""
        if len(images) != IMAGE_AXES:
            return None
        sizes = ", ".join("null" if size is None else str(size) for size in images[1:])
        return f"write `input_shape: [{sizes}]`"

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the spec that it stands for, where they differ from those that stand there."""
        own = {name: value for name, value in self.said.items() if name not in NOT_INSIDE}
        if "classifier_activation" in own:
            own["classifier_activation"] = self.classifier_activation and self.classifier_activation.written
        return own


NOT_INSIDE = ("name", "trainable", "weights")
"""What does not change what an application is made of."""


def _weights_advice(weights: str) -> str | None:
    """What is meant by a word or a path that is no file of weights."""
    if weights.endswith(".keras"):
        return f"a whole model is `saved: {{path: {weights}}}`"
    return "write `null`" if weights in {"None", "none", "random"} else did_you_mean(weights, [IMAGENET])


def _refused(message: str, advice: str | None = None) -> PydanticCustomError:
    return PydanticCustomError("argument", "{message}", {"message": message, "help": advice})


class Preprocessing(Application):
    """An application that can take pixels as they are."""

    include_preprocessing: bool = True
    """Whether it takes pixels from 0 to 255 and scales them itself."""
