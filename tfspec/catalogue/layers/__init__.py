"""Layers, a file for each of Keras's families."""
