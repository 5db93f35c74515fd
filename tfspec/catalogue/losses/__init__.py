"""Losses, a file for each kind of prediction."""
