"""Old words: what tf.keras 2, Keras 1 and TensorFlow 1 called things, and what a spec says today.

In comes a word that nothing has (a key, a name, a value), out goes the line to write instead. Only a
spec with a mistake imports this.
"""

from .advice import Advice
from .translation import argument_advice, call_advice, monitor_advice, name_advice, value_advice

__all__ = ["Advice", "argument_advice", "call_advice", "monitor_advice", "name_advice", "value_advice"]
