"""Categories by looking them up in a vocabulary, which is given or learned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge

from tfspec.catalogue.fields import NonNegativeInt
from tfspec.catalogue.numbers import Floats
from tfspec.catalogue.problems import ARGUMENTS_CLASH, BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType

from .encoding import LIST_OF_NUMBERS, SPARSE, Encoding
from .forms import AxisOrPair
from .order import Before
from .vocabulary import Numbers, Texts, Token, count_listed, refused, unread

LookupMode: TypeAlias = Literal["int", "one_hot", "multi_hot", "count", "tf_idf"]
MaxTokens: TypeAlias = Annotated[int, Ge(2)]


class FromVocabulary(Encoding):
    """A layer that knows a vocabulary."""

    learns = "vocabulary"
    autocast: ClassVar[bool] = False  # type: ignore[misc] # Keras's signature has no such argument
    omits: ClassVar[dict[str, str]] = {"sparse": SPARSE}
    ignores_dtype = True
    oov: ClassVar[int] = 1
    """Categories for tokens that the vocabulary does not have."""

    max_tokens: MaxTokens | None = None
    """Greatest number of categories, the special ones included; no bound by default."""
    vocabulary: Texts | None = None
    """The words in order, or the path of a file with one on each line; learned from `prepare`'s data by default."""
    idf_weights: Floats | None = None
    """Weight of each word with `output_mode: tf_idf`; learned together with the vocabulary."""
    output_mode: Annotated[LookupMode, Before("pad_to_max_tokens")] = "int"  # type: ignore[assignment] # one more than its base has
    """`int`: numbers; `one_hot`: a vector each; `multi_hot`, `count`, `tf_idf`: one vector of 1, counts, weights."""
    pad_to_max_tokens: bool = False
    """Whether the vectors have `max_tokens` features, however many words there are."""

    def special(self) -> tuple[Token, Token]:
        """The token for padding, and the one for unknown words."""
        return "", "[UNK]"

    def clashes(self) -> Iterator[tuple[bool, str, str]]:
        """What cannot be said together: whether it is, the field, and why not."""
        yield self.pad_to_max_tokens and self.max_tokens is None, "pad_to_max_tokens", "needs `max_tokens`"
        weighs = self.output_mode == "tf_idf"
        yield self.idf_weights is not None and not weighs, "idf_weights", "needs `output_mode: tf_idf`"
        given = self.vocabulary is not None
        yield weighs and given != (self.idf_weights is not None), "idf_weights", "is given together with `vocabulary`"

    def operations(self, x: TensorType) -> Dim:
        """None, but a product for each word where counts are weighed."""
        output: TensorType = self.output_type(x)  # type: ignore[assignment] # all of them give one
        return output.elements if self.output_mode == "tf_idf" else 0

    def depth(self) -> Dim:
        """The number of categories; unknown before the vocabulary is learned."""
        for clash, field, why in self.clashes():
            if clash:
                raise Refusal(ARGUMENTS_CLASH, f"has an argument `{field}` that {why}", field=field)
        mask, unknown = self.special()
        if isinstance(self.vocabulary, str):
            raise unread(self.vocabulary)
        if self.vocabulary is None:
            return self.max_tokens if self.pad_to_max_tokens else None
        masks = int(mask is not None and self.output_mode == "int")
        inverse = bool(getattr(self, "invert", False))
        start = masks + self.oov
        reserved = ({mask} - {None}) | ({unknown} if inverse else set())
        count = start + count_listed(self.vocabulary, [mask] * masks + [unknown] * self.oov, reserved)
        if self.max_tokens is not None and count > self.max_tokens:
            raise refused(f"has {count} categories with the special ones, and `max_tokens` is {self.max_tokens}")
        if self.idf_weights is not None and len(self.idf_weights) != len(self.vocabulary):
            raise refused(f"has {len(self.vocabulary)} words, and {len(self.idf_weights)} weights")
        return self.max_tokens if self.pad_to_max_tokens else count

    def encode(self, x: TensorType, depth: Dim) -> TensorType:
        """The vectors of the tokens; whole numbers, whatever Keras says."""
        encoded = x.with_dtype("float32" if self.output_mode == "tf_idf" else "int64")
        if self.output_mode == "one_hot":
            return encoded.with_shape((*(x.shape[:-1] if x.rank > 1 and x.last == 1 else x.shape), depth))
        if x.rank != LIST_OF_NUMBERS:
            raise self.unlike(x, "(batch, values)")
        return encoded.with_last(depth)


class Lookup(FromVocabulary):
    """A layer that looks single tokens up."""

    num_oov_indices: Annotated[NonNegativeInt, Before("vocabulary")] = 1
    """Number of categories for tokens that the vocabulary does not have; with 0, they are an error."""
    invert: Annotated[bool, Before("output_mode")] = False
    """Whether it goes from numbers back to tokens."""
    salt: Annotated[int | tuple[int, int], AxisOrPair()] | None = None
    """Secret number, or two, that decide which category an unknown token gets; none by default."""

    @property
    def oov(self) -> int:  # type: ignore[override] # an argument here
        """Categories for tokens that the vocabulary does not have."""
        return self.num_oov_indices

    def clashes(self) -> Iterator[tuple[bool, str, str]]:
        """What cannot be said together."""
        yield from super().clashes()
        yield self.invert and self.output_mode != "int", "invert", "needs `output_mode: int`"
        yield self.invert and self.special()[1] is None, "oov_token", "cannot be null with `invert`"

    def output_type(self, x: TensorType) -> TensorType:
        depth = self.depth()
        texts = isinstance(self, StringLookup)
        if (x.dtype == "string") != (texts and not self.invert):
            wanted = "whole numbers" if x.dtype == "string" else "texts"
            raise Refusal(BAD_ARGUMENT, f"looks up {wanted}, and is given {x.dtype}")
        if self.output_mode == "int":
            return x.with_dtype("string" if texts and self.invert else "int64")
        return self.encode(x, depth)


class StringLookup(Lookup):
    """Turn words into numbers by a vocabulary, or into vectors, or numbers into words."""

    example: ClassVar[dict[str, object]] = {"vocabulary": ["red", "green", "blue"]}
    example_axes = "batch 4"
    example_dtype = "string"

    mask_token: Annotated[str | None, Before("vocabulary")] = None
    """Word that stands for padding and gets number 0; none by default."""
    oov_token: Annotated[str | None, Before("vocabulary")] = "[UNK]"  # noqa: S105 - no secret
    """What unknown words are called, where numbers are turned back into words."""
    encoding: Annotated[str, Before("salt")] = "utf-8"
    """How the words of the vocabulary are encoded."""

    def special(self) -> tuple[Token, Token]:
        """The token for padding, and the one for unknown words."""
        return self.mask_token, self.oov_token


class IntegerLookup(Lookup):
    """Turn whole numbers from a vocabulary into numbers from 0 on, or into vectors, or back."""

    example: ClassVar[dict[str, object]] = {"vocabulary": [10, 20, 30]}
    example_axes = "batch 4"
    example_dtype = "int64"

    mask_token: Annotated[int | None, Before("vocabulary")] = None
    """Number that stands for padding and becomes 0; none by default."""
    oov_token: Annotated[int | None, Before("vocabulary")] = -1
    """What unknown numbers become, where they are turned back."""
    vocabulary: Numbers | None = None  # type: ignore[assignment] # numbers in place of words
    """The numbers in order, or the path of a file with one on each line; learned from data by default."""
    vocabulary_dtype: Annotated[Literal["int64"], Before("idf_weights")] = "int64"
    """Dtype of the vocabulary."""
    oov_method: Annotated[Literal["floormod", "farmhash"], Before("salt")] = "floormod"
    """How an unknown number gets one of several categories: by division, or by a hash."""

    def special(self) -> tuple[Token, Token]:
        """The token for padding, and the one for unknown numbers."""
        return self.mask_token, self.oov_token

    def clashes(self) -> Iterator[tuple[bool, str, str]]:
        """What cannot be said together."""
        yield from super().clashes()
        yield self.salt is not None and self.oov_method == "floormod", "salt", "needs `oov_method: farmhash`"
