"""Old words: what tf.keras 2, Keras 1 and TensorFlow 1 called things, and what a spec says today.

In comes a word that nothing has (a key, a name, a value), out goes the line to write instead. Only a
spec with a mistake imports this.
"""

from .advice import Advice, flow
from .calls import bare_arguments, sample
from .inputs import INPUT, one_input
from .meanings import meanings
from .python import from_python, rejoined, solved
from .translation import argument_advice, call_advice, monitor_advice, name_advice, value_advice

__all__ = [
    "INPUT",
    "Advice",
    "argument_advice",
    "bare_arguments",
    "call_advice",
    "flow",
    "from_python",
    "meanings",
    "monitor_advice",
    "name_advice",
    "one_input",
    "rejoined",
    "sample",
    "solved",
    "value_advice",
]
