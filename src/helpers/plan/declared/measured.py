"""One indicator of an item in a year: its values read from a sheet or measures.csv, target, actual and achievement rate."""

from __future__ import annotations

__all__ = ["BEFORE", "Indicator", "Problem", "indicators_of", "measure_values", "unreadable"]

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from helpers.plan.declared.kinds import LESS, MEASURE, MORE, Declared, Grade, Measure, Value
from helpers.plan.printing import PrintingRules
from helpers.text.amounts import (
    MOST_DECIMALS,
    MOST_DIGITS,
    amount_of,
    has_plain_digits,
    is_amount,
    plain,
    why_missing,
)
from helpers.text.forms import folded, variant_folded

_MORE = "増 増加 増やす 向上 上昇 上げる 拡大 高 高い 多い 以上 ↑"
_LESS = "減 減少 減らす 低減 抑制 削減 下げる 縮小 低 低い 少ない 以下 ↓"
_WAYS = {variant_folded(word): way for words, way in ((_MORE, MORE), (_LESS, LESS)) for word in words.split()}
_CHANGED = re.compile(
    r"(?P<now>.+?)[(\[【](?:(?P<was>[^()\[\]]+?)から(?:変更|見直し)|(?:変更前|当初|旧):?(?P<old>[^()\[\]]+))[)\]】]"
)
_DASHES = frozenset({"", "-", "--"})
_TOO_LONG = re.compile(rf"\d{{{MOST_DIGITS + 1}}}|[.]\d{{{MOST_DECIMALS + 1}}}")
BEFORE = "target_before"
_NUMBERS = ("baseline", "target", "actual")


class Problem(NamedTuple):
    """A problem with the value of one role: a stable English code, problem and remedy in Japanese."""

    role: str
    code: str
    problem: str
    remedy: str


def measure_values(texts: Mapping[str, str], measure: Measure) -> tuple[dict[str, str], list[Problem]]:
    """The values of one indicator by role, empty where nothing is written, and its problems.

    Amounts are written as ``amounts.plain`` does, a reason why there is none yet as its word, the direction as MORE or
    LESS; ``target_before`` is the target before a change that the cell tells: '60（50から変更）'.
    """
    written = {role: "" if variant_folded(text) in _DASHES else text for role, text in texts.items()}
    if not any(written.get(role) for role in ("indicator", *_NUMBERS)):
        return {}, []
    unit = written.get("unit") or measure.unit
    problems: list[Problem] = []
    values = {"indicator": written.get("indicator") or measure.name, "unit": unit}
    if "indicator" in texts and not written["indicator"]:
        problems.append(Problem("indicator", "missing_indicator", "空です", "指標の名前を入力してください"))
    if way := written.get("better", ""):
        if (known := _WAYS.get(variant_folded(way))) is None:
            problem = f"「{_short(way)}」は、よい方向と読めません"
            problems.append(
                Problem("better", "unknown_direction", problem, "「増」か「減」と入力してください")
            )
        values["better"] = known or ""
    else:
        values["better"] = measure.better
    for role in _NUMBERS:
        if text := written.get(role, ""):
            for read_role, read, wrong in _read(role, text, unit):
                values[read_role] = read
                problems += [wrong] if wrong else []
    if "target" in values and not values["better"] and not way:
        problems.append(Problem("better", "missing_direction", "空です", "「増」か「減」と入力してください"))
    return {role: text for role, text in values.items() if text}, problems


def _read(role: str, text: str, unit: str) -> Iterator[tuple[str, str, Problem | None]]:
    now, before = text, ""
    if role == "target" and (changed := _CHANGED.fullmatch(folded(text))):
        now, before = changed["now"], changed["was"] or changed["old"]
    if before and not has_plain_digits(text):  # its parts are folded already
        yield role, "", unreadable(role, text, unit)
        return
    for read_role, part in ((role, now), (BEFORE, before)):
        if part:
            amount = amount_of(part, unit)
            word = why_missing(part) if read_role != BEFORE else None
            read = word if amount is None else plain(amount)
            yield read_role, read or "", None if read else unreadable(role, part, unit)


def unreadable(role: str, text: str, unit: str) -> Problem:
    """The problem of a text that is no amount in its unit."""
    other = f"{unit}の数" if unit else "数"
    if _TOO_LONG.search(folded(text).replace(",", "")):
        remedy = f"整数は{MOST_DIGITS}桁、小数は{MOST_DECIMALS}桁までで入力してください"
        return Problem(role, "not_a_number", f"「{_short(text)}」は桁が多すぎて読めません", remedy)
    remedy = f"{other}だけを入力してください（ないときは空欄、まだ分からないときは「未集計」）"
    return Problem(role, "not_a_number", f"「{_short(text)}」は{other}として読めません", remedy)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:40]}…"


@dataclass(frozen=True)
class Indicator:
    """An indicator of an item in a year.

    ``texts``: what is written by role: amounts as ``amounts.plain`` writes them, or why there is none yet.
    """

    number: str
    name: str
    measure: Measure
    texts: Mapping[str, str]

    @property
    def unit(self) -> str:
        """The unit of its amounts; may be empty."""
        return self.texts.get("unit", "")

    @property
    def is_less_better(self) -> bool:
        """Whether less is better."""
        return self.texts.get("better") == LESS

    def amount(self, role: str) -> Decimal | None:
        """The amount of a role; None where there is none."""
        text = self.texts.get(role, "")
        return Decimal(text) if is_amount(text) else None

    @property
    def is_set(self) -> bool:
        """Whether it has a target."""
        return self.amount("target") is not None

    @property
    def is_met(self) -> bool | None:
        """Whether the actual is at least as good as the target; None where either is not known."""
        target, actual = self.amount("target"), self.amount("actual")
        if target is None or actual is None:
            return None
        return actual <= target if self.is_less_better else actual >= target

    @property
    def target_before(self) -> Decimal | None:
        """The target before it was changed; None where the sheet tells of no change."""
        return self.amount(BEFORE)

    def rate_pct(self, printing: PrintingRules) -> Decimal | None:
        """The achievement rate in percent, rounded as printed; None where there is none."""
        target, actual = self.amount("target"), self.amount("actual")
        if target is None or actual is None:
            return None
        fraction = self.measure.fraction_of(
            self.amount("baseline"), target, actual, is_less_better=self.is_less_better
        )
        return None if fraction is None else printing.rate_pct(*fraction)

    def grade(self, printing: PrintingRules) -> Grade | None:
        """The grade of the rate as printed; None where there is none."""
        return self.measure.grade_of(self.rate_pct(printing))


def indicators_of(values: Iterable[Value], declared: Declared) -> list[Indicator]:
    """The indicators among declared values, in the order in which they stand."""
    texts: dict[tuple[str, str, str], dict[str, str]] = {}
    for value in values:
        if value.kind == MEASURE:
            texts.setdefault((value.number, value.name, value.part), {})[value.role] = value.text
    return [
        Indicator(number, part, declared.measure(name), roles)
        for (number, name, part), roles in texts.items()
    ]
