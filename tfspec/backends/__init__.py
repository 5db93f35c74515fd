"""From a graph to something else: a Keras model."""
