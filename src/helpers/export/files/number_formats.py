"""How the numbers of a column are shown: a share by the plan's decimals, a change with the plan's marks."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.export.files.fields import CHANGE, COUNT, SHARE, SHARE_CHANGE
from helpers.plan.printing import PrintingRules


@dataclass(frozen=True)
class NumberFormat:
    """Digits, grouping and percent sign; ``signs`` are the marks for increase, decrease and no change."""

    decimals: int = 0
    is_percent: bool = False
    is_grouped: bool = False
    signs: tuple[str, str, str] | None = None

    @property
    def code(self) -> str:
        """As Excel writes it: '0.0%', '#,##0', '"+"0.0%;"△"0.0%;"-"'."""
        body = "#,##0" if self.is_grouped else "0"
        body += f".{'0' * self.decimals}" if self.decimals else ""
        body += "%" if self.is_percent else ""
        if self.signs is None:
            return body
        more, less, none = (_quoted(sign) for sign in self.signs)
        return f"{more}{body};{less}{body};{none}"


def format_of(kind: str, printing: PrintingRules) -> NumberFormat:
    """The format of a field's kind; plain digits for years and flags."""
    signs = (printing.increase, printing.decrease, printing.no_change)
    return {
        COUNT: NumberFormat(is_grouped=True),
        CHANGE: NumberFormat(is_grouped=True, signs=signs),
        SHARE: NumberFormat(printing.decimals, is_percent=True),
        SHARE_CHANGE: NumberFormat(printing.decimals, is_percent=True, signs=signs),
    }.get(kind, NumberFormat())


def _quoted(sign: str) -> str:
    plain = sign.replace('"', "")
    return f'"{plain}"' if plain else ""
