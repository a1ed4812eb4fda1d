"""Tables as the READMEs have them."""

from __future__ import annotations

from collections.abc import Sequence

LEFT, RIGHT = "---", "---:"


def markdown(heads: Sequence[str], lines: Sequence[Sequence[str]], align: str = RIGHT) -> str:
    """A table of texts, all columns to one side."""
    rule = [align] * len(heads)
    return "\n".join("| " + " | ".join(line) + " |" for line in (heads, rule, *lines))
