"""Problems that only building a Keras model shows."""

from tfspec.diagnostics import Code

NO_WEIGHTS = Code(
    "TS501",
    "weights that are not there",
    "An application starts from weights learnt on ImageNet, which Keras looks for in its own folder and fetches where "
    "they are missing. Without a network they have to be put there by hand; `weights: null` starts from fresh ones.",
)

NOT_LOADED = Code(
    "TS502",
    "a saved model that Keras does not load",
    "Its configuration can be read, and Keras refuses the file: its weights are damaged or do not fit its layers, or "
    "another version of Keras wrote it. The same goes for the file under `weights` of a network known by name, which "
    "must hold the weights of that very network.",
)
