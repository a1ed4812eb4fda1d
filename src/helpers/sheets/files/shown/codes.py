"""Parse the code of a number format into its sections and their tokens."""

from __future__ import annotations

__all__ = [
    "DATE", "DIGIT", "ELAPSED", "EXPONENT", "FIXED", "GENERAL", "HALF_DAY", "LITERAL", "LONGEST_CODE",
    "Section", "Token", "UnknownFormatError", "sections_of",
]  # fmt: skip

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

LITERAL, DIGIT, FIXED, GENERAL, EXPONENT, DATE, ELAPSED, HALF_DAY = (
    "literal", "digit", "fixed", "general", "exponent", "date", "elapsed", "half day",
)  # fmt: skip
LONGEST_CODE = 255  # characters, as in Excel

# The kinds of tokens that are marks of their own: . , % / @
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>general|g/標準) | (?P<half>am/pm|a/p) | (?P<exponent>e[+-])
    | (?P<date>y+|m+|d+|h+|s+|g+|e+|aaaa?) | (?P<mark>[.,%/@;]) | (?P<digit>[0#?]) | (?P<fixed>[1-9])
    | (?P<literal>[-+$():'~{}<>=^& ]|[^\x00-\x7f])
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_LOCALE = re.compile(r"\$(?P<symbol>[^-]*)(?:-(?P<locale>.*?)(?:,80)?)?")
_YEN = str.maketrans("\\", "¥")  # as Japanese fonts draw it
# A number whose first digits ask for others than 0 to 9.
_OTHER_DIGITS = re.compile(r"(?!0?[01])[0-9a-f]{1,2}[0-9a-f]{6}")
_COLOR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|黒|青|水|緑|紫|赤|白|黄)|(?:color|色) ?\d{1,2}",
    re.IGNORECASE,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_NUMERALS = re.compile(r"dbnum([123])", re.IGNORECASE)


class UnknownFormatError(Exception):
    """A format is unknown, or its text for a value cannot be told."""


@dataclass(frozen=True)
class Token:
    """A piece of a section: its kind, and its text (a literal's own, a date's letters in lower case)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """One of up to four sections: tokens, a condition (sign, number), the locale in lower case, kanji numerals 1 to 3."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    locale: str = ""
    numerals: int = 0

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its tokens."""
        return frozenset(token.kind for token in self.tokens)

    @property
    def is_text(self) -> bool:
        """Whether it is made for texts."""
        return "@" in self.kinds

    def admits(self, value: Decimal) -> bool:
        """Whether its condition holds for a value.

        Raises:
            UnknownFormatError: it has none.
        """
        if self.condition is None:
            raise UnknownFormatError
        sign, limit = self.condition
        return {
            "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
            "=": value == limit, "<>": value != limit,
        }[sign]  # fmt: skip


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format code, one at least.

    Raises:
        UnknownFormatError: it holds anything that is not known.
    """
    if len(code) > LONGEST_CODE:
        raise UnknownFormatError
    sections, draft, at = [], _Draft(), 0
    while at < len(code):
        if (match := _TOKEN.match(code, at)) is None or match.lastgroup is None:
            raise UnknownFormatError
        at = match.end()
        if match[0] == ";":
            sections.append(draft.section())
            draft = _Draft()
        else:
            draft.add(match.lastgroup, match[match.lastgroup])
    sections.append(draft.section())
    if len(sections) > 4:
        raise UnknownFormatError
    return tuple(sections)


class _Draft:
    """A section while it is read."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: tuple[str, Decimal] | None = None
        self.locale, self.numerals = "", 0

    def section(self) -> Section:
        return Section(tuple(self.tokens), self.condition, self.locale, self.numerals)

    def add(self, group: str, text: str) -> None:
        match group:
            case "quoted" | "escaped" | "literal":
                self.tokens.append(Token(LITERAL, text.translate(_YEN)))
            case "space":
                self.tokens.append(Token(LITERAL, " "))  # as wide as the character
            case "fill":
                pass  # repeats the character as often as the column is wide
            case "bracket":
                self.add_bracket(text)
            case "mark":
                self.tokens.append(Token(text, text))
            case "half":
                self.tokens.append(Token(HALF_DAY, text))
            case _:
                self.tokens.append(Token(group, text.lower()))

    def add_bracket(self, text: str) -> None:
        if match := _CONDITION.fullmatch(text):
            self.condition = match[1], Decimal(match[2])
        elif match := _LOCALE.fullmatch(text):
            self.locale = (match["locale"] or self.locale).lower()
            if _OTHER_DIGITS.fullmatch(self.locale):
                raise UnknownFormatError
            self.tokens.append(Token(LITERAL, match["symbol"].translate(_YEN)))
        elif match := _NUMERALS.fullmatch(text):
            self.numerals = int(match[1])
        elif _ELAPSED.fullmatch(text):
            self.tokens.append(Token(ELAPSED, text.lower()))
        elif not _COLOR.fullmatch(text):
            raise UnknownFormatError
