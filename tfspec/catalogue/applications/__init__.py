"""Networks that are known by name: the models of `keras.applications`, a file a family."""
