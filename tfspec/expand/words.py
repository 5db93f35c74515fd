"""Words among layers that the language has, and those that it leaves to a spec."""

MODELS = ("sequential", "functional")
"""The kinds of models, which can stand among layers as well."""

RESERVED = frozenset((*MODELS, "subclassed", "saved", "if", "then", "else", "repeat", "shared", "input", "_"))
"""Words that mean something else among layers."""

INDEX = "index"
"""What the number of a repetition is called, counted from 0, where nothing else is said."""

WORD = rf"(?!(?:{'|'.join(sorted(RESERVED))})$)[a-z_][a-z0-9_]*"
"""What blocks and shared things may be called: in lower case, so that they hide no layer of Keras."""

FLOW = ("from", "name", "as", "call", "trainable")
"""The keys of every use of a block, or of a model among layers, which do not speak of its inside."""
