"""Words among layers that the language has, and those that it leaves to a spec."""

MODELS = ("sequential", "functional")
"""The kinds of models, which can stand among layers as well."""

RESERVED = frozenset((*MODELS, "subclassed", "saved", "if", "then", "else", "repeat", "shared", "input", "_"))
"""Words that mean something else among layers."""

WORD = rf"(?!(?:{'|'.join(sorted(RESERVED))})$)[a-z_][a-z0-9_]*"
"""What blocks and shared things may be called: in lower case, so that they hide no layer of Keras."""
