"""How many seconds to wait before giving up, set by environment variables."""

from __future__ import annotations

__all__ = ["CELL", "CLUSTER", "Patience"]

import os
from dataclasses import dataclass

from helpers.errors import UsageError


@dataclass(frozen=True)
class Patience:
    """An environment variable of whole seconds, and the default without it."""

    variable: str
    default: int

    def seconds(self) -> int:
        """The seconds to wait.

        Raises:
            UsageError: the variable is no whole number above zero.
        """
        text = os.environ.get(self.variable, str(self.default))
        if not text.isdecimal() or not int(text):
            raise UsageError(
                f"環境変数 {self.variable} には、秒数を1以上の整数で書いてください（今の値: {text}）"
            )
        return int(text)


# For a notebook's cell to end, and for Typst to set a PDF.
CELL = Patience("GYOKAKU_CELL_SECONDS", 600)
# For scheduler and workers to answer, and for a first worker to join.
CLUSTER = Patience("GYOKAKU_CLUSTER_SECONDS", 30)
