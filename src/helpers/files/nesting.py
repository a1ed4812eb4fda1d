"""Refuse TOML and JSON that is nested too deep, before their parsers, which recurse, read it."""

from __future__ import annotations

__all__ = ["DEEPEST", "read_json", "too_deep_at", "without_strings"]

import json
import re
from typing import Any

DEEPEST = 20  # levels; plan.toml has three, manifest.json four
# Strings and remarks of TOML; those of JSON are among them.
_QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*',
    re.DOTALL,
)
_BRACKET = re.compile(r"[\[\]{}\n]")


def without_strings(text: str) -> str:
    """A text of TOML or JSON without its strings and remarks; every line keeps its number.

    >>> without_strings('a = ["[["]  # [')
    'a = []  '
    """
    return _QUOTED.sub(lambda quoted: "\n" * quoted[0].count("\n"), text)


def too_deep_at(text: str) -> int | None:
    """The line in which the brackets of a text without strings go deeper than ``DEEPEST``; None where none do."""
    line, depth = 1, 0
    for match in _BRACKET.finditer(text):
        line += match[0] == "\n"
        depth += (match[0] in "[{") - (match[0] in "]}")
        if depth > DEEPEST:
            return line
    return None


def read_json(data: bytes) -> Any:
    """Parse JSON that is nested as deep as a person or a program of ours would write it.

    Raises:
        ValueError: it is no JSON, or nested deeper than ``DEEPEST``.
    """
    # With so few brackets no text can be too deep: most files need no search.
    if data.count(b"[") + data.count(b"{") > DEEPEST:
        line = too_deep_at(without_strings(data.decode("utf-8", errors="replace")))
        if line is not None:
            raise ValueError(f"line {line}: nested deeper than {DEEPEST} levels")
    return json.loads(data)
