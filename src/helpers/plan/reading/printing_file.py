"""Read and check ``[printing]`` of plan.toml."""

from __future__ import annotations

__all__ = ["read_printing", "read_printing_changes"]

from collections.abc import Iterable, Sequence

from helpers.fiscal_year import FiscalYear
from helpers.plan.model import ImplementationPlan, Status
from helpers.plan.printing import CHANGE_FORMS, ROUNDINGS, TOTAL_COLUMNS, TOTAL_ROWS, PrintingRules
from helpers.plan.reading.distinct import is_alike
from helpers.plan.reading.periods import planned_year
from helpers.plan.reading.toml_section import Section
from helpers.plan.reserved_words import TAKEN, TOTAL_LABELS
from helpers.text.forms import folded

_MARKS = ("increase", "decrease", "no_change", "no_share")
# Marks that differ from all that a plan has by default.
_OTHERS = {"increase": "↑", "decrease": "▲", "no_change": "±0"}


def read_printing_changes(
    root: Section, first: PrintingRules, statuses: Iterable[Status], plans: Sequence[ImplementationPlan]
) -> tuple[tuple[FiscalYear, PrintingRules], ...]:
    """Read the years from which reports are printed otherwise, oldest first, each with all its rules.

    Raises:
        PlanFileError: a year outside the plans, or not after the one before; rules as in ``read_printing``.
    """
    changes: list[tuple[FiscalYear, PrintingRules]] = []
    for section in root.sections("printing_changes", optional=True):
        last_change, before = changes[-1] if changes else (None, first)
        year = planned_year(section, "year", plans, is_change=True, after=last_change)
        if not section.values.keys() - {"year"}:
            raise section.fail(
                "", "変わる設定がありません", "[printing] と同じ設定を書いてください（例: decimals = 0）"
            )
        changes.append((year, read_printing(section, statuses, before)))
    return tuple(changes)


def read_printing(
    section: Section, statuses: Iterable[Status], default: PrintingRules | None = None
) -> PrintingRules:
    """Read the printing rules; one that is not set is that of ``default``, or of the reference document.

    Raises:
        PlanFileError: a setting of the wrong type or value, marks that read as figures, as words of the tables or alike.
    """
    default = default or PrintingRules()
    shares = section.value("shares", bool, "true か false", default.shares)
    change = default.change if shares else "items"
    rules = PrintingRules(
        decimals=section.value("decimals", int, "整数", default.decimals),
        rounding=section.choice("rounding", ROUNDINGS, default.rounding),
        **{mark: section.text(mark, getattr(default, mark)) for mark in _MARKS},
        change=section.choice("change", CHANGE_FORMS, change),
        bare_whole=section.value("bare_whole", bool, "true か false", default.bare_whole),
        shares=shares,
        overall_change=section.value("overall_change", bool, "true か false", default.overall_change),
        total_row=section.choice("total_row", TOTAL_ROWS, default.total_row),
        total_column=section.choice("total_column", TOTAL_COLUMNS, default.total_column),
    )
    if not 0 <= rules.decimals <= 2:
        problem = f"「{rules.decimals}」桁は使えません"
        raise section.fail("decimals", problem, "0、1、2 のどれかにしてください")
    if not shares and rules.change != "items":
        problem = f"「{rules.change}」は、割合を印刷しない設定（shares = false）と合いません"
        raise section.fail("change", problem, 'change = "items" にするか、この行を消してください')
    words = [*TAKEN, *TOTAL_LABELS, *(name for status in statuses for name in (status.name, *status.aliases))]
    for key in _MARKS:
        _check_mark(section, key, getattr(rules, key), getattr(default, key), words)
    _check_apart(section, rules)
    section.demand_nothing_else()
    return rules


def _check_mark(section: Section, key: str, mark: str, default: str, words: Iterable[str]) -> None:
    """Refuse a mark that reads as a figure or as a word of the tables.

    A sign may also be a status (△, -): their columns keep them apart. A word may not.
    """
    example = f'「{default}」などの記号か言葉を書いてください（例: {key} = "{default}"）'
    if key in ("decrease", "no_change") and not folded(mark):
        raise section.fail(key, "空です", example)
    if any(_reads_as_figure(key, char) for char in mark + folded(mark)):
        raise section.fail(key, f"「{mark}」は、表の数字と区別できません", example)
    for word in words:
        if any(map(str.isalpha, mark)) and is_alike(mark, word):
            problem = f"「{mark}」は、表がほかの意味で使う語「{word}」と見分けられません"
            raise section.fail(key, problem, example)


def _reads_as_figure(key: str, char: str) -> bool:
    if key in ("increase", "decrease"):  # they stand before a number
        return char.isnumeric() or char in ".,%()"
    return char.isdigit() and not (key == "no_change" and char == "0")


def _check_apart(section: Section, rules: PrintingRules) -> None:
    """Refuse marks of a change that look alike, at a mark that is set in the file."""
    for key, other in (("decrease", "increase"), ("no_change", "decrease"), ("no_change", "increase")):
        mark, twin = getattr(rules, key), getattr(rules, other)
        if is_alike(mark, twin):
            if key not in section.values:
                key, mark, other, twin = other, twin, key, mark
            remedy = f'増、減、増減なしを区別できる記号にしてください（例: {key} = "{_OTHERS[key]}"）'
            raise section.fail(key, f"「{mark}」が {other} の「{twin}」と見分けられません", remedy)
