"""From texts to numbers: split into words, and look the words up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.numbers import Floats, OneOrMore
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, show_shape

from .encoding import LIST_OF_NUMBERS, SPARSE
from .lookups import FromVocabulary
from .order import Before
from .vocabulary import Texts


class TextVectorization(FromVocabulary):
    """Split texts into words, and turn each text into a list of numbers or one vector."""

    omits: ClassVar[dict[str, str]] = {"sparse": SPARSE, "ragged": "few layers take ragged tensors"}
    example: ClassVar[dict[str, object]] = {"vocabulary": ["good", "bad", "film"], "output_sequence_length": 20}
    example_axes = "batch"
    example_dtype = "string"

    standardize: Annotated[
        Literal["lower_and_strip_punctuation", "lower", "strip_punctuation"] | None, Before("output_mode")
    ] = "lower_and_strip_punctuation"
    """What is done to a text first: small letters, no punctuation, or both."""
    split: Annotated[Literal["whitespace", "character"] | None, Before("output_mode")] = "whitespace"
    """Where a text is split; `null` takes every text for one word."""
    ngrams: Annotated[Annotated[int | tuple[int, ...], OneOrMore(int, 1)] | None, Before("output_mode")] = None
    """Longest run of words that counts as a word of its own, or a list of the lengths; single words by default."""
    output_sequence_length: Annotated[PositiveInt | None, Before("pad_to_max_tokens")] = None
    """Length that lists of numbers are cut or padded to; that of the longest text of a batch by default."""
    vocabulary: Annotated[Texts | None, Before("encoding")] = None
    """The words in order, or the path of a file with one on each line; learned from `prepare`'s data by default."""
    idf_weights: Annotated[Floats | None, Before("encoding")] = None
    """Weight of each word with `output_mode: tf_idf`; learned together with the vocabulary."""
    encoding: str = "utf-8"
    """How the words of the vocabulary are encoded."""

    def clashes(self) -> Iterator[tuple[bool, str, str]]:
        """What cannot be said together."""
        yield from super().clashes()
        lengthens = self.output_sequence_length is not None and self.output_mode != "int"
        yield lengthens, "output_sequence_length", "needs `output_mode: int`"

    def output_type(self, x: TensorType) -> TensorType:
        depth = self.depth()
        if x.dtype != "string":
            raise Refusal(BAD_ARGUMENT, f"splits texts, and is given {x.dtype}")
        batch = x.shape[0]
        if self.split is None:
            if x.rank != LIST_OF_NUMBERS:
                raise self.unlike(x, "(batch, words)")
            if self.output_mode == "int":
                return x.with_shape((batch, self.output_sequence_length)).with_dtype("int64")
            return self.encode(x, depth)
        if x.rank > LIST_OF_NUMBERS or x.shape[1:] not in ((), (1,)):
            raise Refusal(BAD_ARGUMENT, f"takes one text of each example, and is given {show_shape(x.shape)}")
        if self.output_mode == "int":
            return x.with_shape((batch, self.output_sequence_length)).with_dtype("int64")
        if x.rank > 1:
            raise Refusal(
                CANNOT_COMPUTE,
                f"gives one vector of each text, and Keras reckons with another axis for {show_shape(x.shape)}",
                field="output_mode",
                help="give the input `shape: []`",
            )
        return self.encode(x.with_shape((batch, None)), depth)
