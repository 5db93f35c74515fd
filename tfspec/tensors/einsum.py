"""Equations such as `abc,cd->abd`, which say by letters what is multiplied with what and summed."""

from __future__ import annotations

import re
from typing import NamedTuple

_L = "[a-zA-Z]"
EQUATION = rf"^({_L}+,{_L}+->{_L}+|\.\.\.{_L}+,{_L}+->\.\.\.{_L}+|{_L}{{2,}}\.\.\.,{_L}+->{_L}+\.\.\.)$"
"""The equations of an input and a kernel that Keras takes."""


class Equation(NamedTuple):
    """The letters of the axes of the input, the kernel and the output.

    The input and the output may have more axes, which pass through: before the letters
    (`leading`) or behind them (`trailing`).
    """

    input: str
    kernel: str
    output: str
    leading: bool = False
    trailing: bool = False

    @property
    def open(self) -> bool:
        """Whether there may be more axes than letters."""
        return self.leading or self.trailing


def read_equation(text: str) -> Equation:
    """The equation that a text says, which must match `EQUATION`."""
    given, kernel, output = re.split(",|->", text)
    letters = (given.strip("."), kernel, output.strip("."))
    return Equation(*letters, leading=given.startswith("."), trailing=given.endswith("."))
