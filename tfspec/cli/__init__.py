"""The command line: a file for each command, loaded when the command is called.

Commands print; they decide nothing. Exit codes: 0 fine, 1 the spec or the run has errors, 2 wrong
usage.
"""

from .main import main

__all__ = ["main"]
