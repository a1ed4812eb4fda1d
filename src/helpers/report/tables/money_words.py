"""How amounts of an effect are printed: in its unit, rounded, marked where a sum lacks amounts."""

from __future__ import annotations

__all__ = ["amount_words", "heading_of", "rounded_amount", "words_of"]

from decimal import Decimal

from helpers.history.declared_values import Money
from helpers.plan.declared.kinds import Effect
from helpers.plan.printing import PrintingRules
from helpers.plan.reserved_words import IN_PART


def heading_of(effect: Effect) -> str:
    """'効果額（千円）'."""
    return f"{effect.name}（{effect.printed_unit}）"


def words_of(money: Money, effect: Effect, printing: PrintingRules) -> tuple[str, str, str, str]:
    """Planned, actual, difference and rate as printed, in the printed unit; a sum without all its amounts is marked."""
    difference = money.difference
    planned, actual = (
        amount_words(amount, effect, printing) + (IN_PART if missing and amount is not None else "")
        for amount, missing in zip((money.planned, money.actual), money.missing, strict=True)
    )
    return (
        planned,
        actual,
        printing.no_share if difference is None else _change(difference, effect, printing),
        printing.share(money.rate_pct(printing)),
    )


def amount_words(amount: Decimal | None, effect: Effect, printing: PrintingRules) -> str:
    """One amount as printed; the mark for none where it is not known."""
    return printing.no_share if amount is None else printing.amount(rounded_amount(amount, effect, printing))


def rounded_amount(amount: Decimal, effect: Effect, printing: PrintingRules) -> Decimal:
    """One amount in the printed unit, rounded as the effect says."""
    in_unit = amount * effect.factor
    return in_unit if effect.decimals is None else printing.rounded(in_unit, effect.decimals)


def _change(difference: Decimal, effect: Effect, printing: PrintingRules) -> str:
    shown = rounded_amount(difference, effect, printing)
    # A difference that rounds to 0 is not printed as 'no change'.
    return printing.amount(abs(shown)) if difference and not shown else printing.change_of_amount(shown)
