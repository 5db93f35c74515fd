"""Data sources: where examples come from, and what is known of them before they are read."""
