"""From the configuration of a Keras model to a spec that says the same.

In comes what `model.get_config()` and a `.keras` file hold, out goes a spec's plain data. Words,
arguments and defaults are read off the declarations; Keras is not imported.
"""

from .cannot_say import CannotSayError
from .models import spec_from_config, spec_from_saved

__all__ = ["CannotSayError", "spec_from_config", "spec_from_saved"]
