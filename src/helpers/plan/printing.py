"""The printing of figures: rounding, marks and units, as settings of the plan.

All arithmetic on shares is decimal: 四捨五入 of 6.25 is 6.3, which binary floats would print as 6.2.
"""

from __future__ import annotations

__all__ = ["CHANGE_FORMS", "ROUNDINGS", "TOTAL_COLUMNS", "TOTAL_ROWS", "PrintingRules"]

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
CHANGE_FORMS = ("items_and_points", "items", "points")
_EXACT = 60  # digits of a quotient: no tie of two amounts needs more
TOTAL_ROWS, TOTAL_COLUMNS = ("last", "first"), ("none", "last", "first")


@dataclass(frozen=True)
class PrintingRules:
    """The printing rules of one plan, defaulting to those of the reference document.

    >>> rules = PrintingRules()
    >>> rules.share(rules.share_pct(1, 16)), rules.change_cell(-1, Decimal("-9.1"))
    ('6.3%', '△1(△9.1%)')
    """

    decimals: int = 1
    rounding: str = "half_up"
    increase: str = "+"
    decrease: str = "△"
    no_change: str = "-"
    no_share: str = "-"
    change: str = "items_and_points"
    bare_whole: bool = False
    shares: bool = True
    overall_change: bool = False
    total_row: str = "last"
    total_column: str = "none"

    def share_pct(self, items: int, counted: int) -> Decimal | None:
        """The share of ``items`` among ``counted`` in percent, rounded; None where nothing is counted."""
        return None if counted == 0 else self.rate_pct(Decimal(int(items)), Decimal(int(counted)))

    def rate_pct(self, part: Decimal, whole: Decimal) -> Decimal:
        """``part`` in percent of ``whole``, which is not 0, rounded."""
        # Multiplied before dividing, so that the exact quotient is what gets rounded.
        with localcontext(prec=_EXACT):
            return self.rounded(100 * part / whole, self.decimals)

    def rounded(self, number: Decimal, decimals: int) -> Decimal:
        """A number rounded to so many decimals by the plan's rule; what is rounded to zero has no sign.

        >>> PrintingRules().rounded(Decimal("-0.04"), 1)
        Decimal('0.0')
        """
        shown = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[self.rounding])
        return shown or abs(shown)

    def share(self, share_pct: Decimal | None) -> str:
        """A rounded share or rate as printed: '81.0%', '△50.0%', or the mark for none where nothing is counted."""
        if share_pct is None:
            return self.no_share
        return f"{self.decrease if share_pct < 0 else ''}{self.number(abs(share_pct))}%"

    def number(self, pct: Decimal) -> str:
        """A rounded percentage or number of points without its unit: '81.0', or '0' where whole ones are bare."""
        if self.bare_whole and pct in (0, 100):
            return str(int(pct))
        return f"{pct:.{self.decimals}f}"

    def amount(self, amount: Decimal) -> str:
        """An amount with the digits that it has: '12,000', '△450', '413.0'."""
        return f"{self.decrease if amount < 0 else ''}{abs(amount):,f}"

    def change_of_amount(self, change: Decimal) -> str:
        """'+175', '△1,650' or the no-change mark."""
        return self._signed(change, f"{abs(change):,f}")

    def count_and_share(self, items: int, share_pct: Decimal | None) -> str:
        """A summary cell: '8 (72.7%)', or the count alone where it has no share or the plan prints none."""
        return str(items) if share_pct is None or not self.shares else f"{items} ({self.share(share_pct)})"

    def change_of_items(self, change: int) -> str:
        """'+1', '△1' or the no-change mark."""
        return self._signed(change, str(abs(change)))

    def change_of_share(self, change_pt: Decimal) -> str:
        """'+9.1%', '△9.1%' or the no-change mark; the document prints points with a percent sign."""
        return self._signed(change_pt, f"{self.number(abs(change_pt))}%")

    def change_cell(self, change: int, change_pt: Decimal) -> str:
        """A cell of 前年比: '+1(+9.1%)', '△1(△9.1%)' or the no-change mark where nothing moved."""
        if self.change == "items":
            return self.change_of_items(change)
        if self.change == "points":
            return self.change_of_share(change_pt)
        if change == 0 and change_pt == 0:
            return self.no_change
        return f"{self.change_of_items(change)}({self.change_of_share(change_pt)})"

    def change_of_total(self, change: int) -> str:
        """A cell of 前年比 in a total row, whose share is 100 % in both years."""
        return self.no_change if self.change == "points" else self.change_of_items(change)

    def change_without_shares(self, change: int) -> str:
        """A cell of 前年比 in a row without shares: of the grand total, of a status outside the denominator."""
        return self.no_share if self.change == "points" else self.change_of_items(change)

    def points(self, change_pt: Decimal) -> str:
        """A change of a share outside the tables: '+4.8ポイント', '△4.8ポイント' or '増減なし'.

        An increase has a mark here even where the plan's is empty: no heading says that the number is a change.
        """
        if change_pt == 0:
            return "増減なし"
        sign = self.increase or "+" if change_pt > 0 else self.decrease
        return f"{sign}{self.number(abs(change_pt))}ポイント"

    def _signed(self, change: int | Decimal, magnitude: str) -> str:
        if change == 0:
            return self.no_change
        return f"{self.increase if change > 0 else self.decrease}{magnitude}"
