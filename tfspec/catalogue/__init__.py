"""The vocabulary: everything that a spec can name, each declared once.

A declaration is a small frozen class whose fields are the arguments of the Keras call. In comes
a name with its arguments, out goes a checked thing (`make_thing`); schema, documentation,
strategies, Keras objects and inference are derived from the class.
"""

from .declaration import Declaration, snake_case
from .documentation import class_text, field_texts
from .registry import declarations, families, family_of_word, find, words
from .strict import Strict
from .thing import make_thing, name_and_arguments, thing_to_data, under

__all__ = [
    "Declaration",
    "Strict",
    "class_text",
    "declarations",
    "families",
    "family_of_word",
    "field_texts",
    "find",
    "make_thing",
    "name_and_arguments",
    "snake_case",
    "thing_to_data",
    "under",
    "words",
]
