"""Keep text that a spreadsheet program would take for a formula as text."""

from __future__ import annotations

__all__ = ["TRIGGERS", "guarded", "is_formula_like", "unguarded"]

# Excel and LibreOffice in Japanese take the full-width forms for the plain ones.
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program might run the text."""
    return text.startswith(TRIGGERS)


def guarded(text: str) -> str:
    """Put an apostrophe before text that looks like a formula; reversible with ``unguarded``.

    >>> guarded("=1+1"), guarded("実施"), unguarded(guarded("'=1+1"))
    ("'=1+1", '実施', "'=1+1")
    """
    return f"'{text}" if is_formula_like(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """Take the apostrophe of ``guarded`` away again."""
    return text[1:] if text.startswith("'") and is_formula_like(text.lstrip("'")) else text
