"""Compare a status with the grade of the item's measures, or derive it from the grade."""

from __future__ import annotations

__all__ = ["check_status", "graded_status"]

from collections.abc import Iterable

from helpers.plan.declared.kinds import CHECK, SET, Measure, Value
from helpers.plan.declared.measured import indicators_of
from helpers.sheets.finding import Position
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.text.forms import quoted


def graded_status(table: SheetTable, values: Iterable[Value]) -> tuple[Measure, str, str] | None:
    """The measure whose grades go with statuses, the status of the item's lowest grade, and the rate in words.

    None where no measure has such grades, or no indicator of the item has a rate yet.
    """
    plan = table.vocabulary.plan
    measure = next((measure for measure in plan.declared.measures if measure.status), None)
    if measure is None:
        return None
    graded = [
        (measure.grades.index(grade), grade, each)
        for each in indicators_of(values, plan.declared)
        if each.measure == measure and (grade := each.grade(plan.printing)) is not None
    ]
    if not graded:
        return None
    _, grade, lowest = max(graded, key=lambda entry: entry[0])
    return measure, grade.status, f"{lowest.name} {plan.printing.share(lowest.rate_pct(plan.printing))}"


def check_status(table: SheetTable, status: str, graded: tuple[Measure, str, str], at: Position) -> None:
    """Say where a status differs from that of the grade: an error where grades set statuses, else a warning."""
    measure, wanted, rate = graded
    if status == wanted:
        return
    message = f"実施状況{quoted(status)}は、達成率（{rate}）から決まる「{wanted}」と違います。どちらかを直してください"
    if measure.status == SET:
        table.error("graded_status", message, at)
    elif measure.status == CHECK:
        table.warn("graded_status", message, at)
