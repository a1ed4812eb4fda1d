"""Divide a year's items among the departments that report on them, and list what came back from each."""

from __future__ import annotations

__all__ = ["UNKNOWN", "Return", "Share", "returns_of", "shares_of"]

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.departments import departments_in
from helpers.sheets.files.grid import position
from helpers.sheets.finding import Finding
from helpers.sheets.parts import department_of_part
from helpers.sheets.status_sheet import SheetReading
from helpers.text.forms import variant_folded

UNKNOWN = "所管課未定"


@dataclass(frozen=True)
class Share:
    """The items of one department.

    Attributes:
        department: its name; ``UNKNOWN`` for the items of which nobody has said whose they are.
        numbers: of the items that it reports on.
        related: the items in which it has a part, but on which another department reports: number, that department.
    """

    department: str
    numbers: tuple[str, ...]
    related: tuple[tuple[str, str], ...] = ()


def shares_of(plan: Plan, year: FiscalYear, written: Mapping[str, str]) -> tuple[Share, ...]:
    """Give each item of a year to the first of its departments; the departments in the order of their items.

    ``written``: for the number of an item, what the newest sheet says of its departments, under old names too.
    """
    names: dict[str, str] = {}
    owed: dict[str, list[str]] = {}
    related: dict[str, list[tuple[str, str]]] = {}
    for item in plan.items_in(year):
        lead, *others = departments_in(written.get(item.number, ""), plan.renamed_departments) or (UNKNOWN,)
        for name in (lead, *others):
            names.setdefault(variant_folded(name), name)
        owed.setdefault(variant_folded(lead), []).append(item.number)
        for other in others:
            related.setdefault(variant_folded(other), []).append((item.number, names[variant_folded(lead)]))
    return tuple(
        Share(name, tuple(owed.get(form, ())), tuple(related.get(form, ()))) for form, name in names.items()
    )


_MISSING = "missing_item"


@dataclass(frozen=True)
class Return:
    """The returns of one department.

    Attributes:
        department: its name of today; ``UNKNOWN`` for items, and findings, of which nobody knows whose they are.
        items: the number of items that it reports on.
        missing: the numbers of those that have no row, or no status that can be read.
        findings: the errors and warnings about its rows and files; a missing item is none of them.
    """

    department: str
    items: int
    missing: tuple[str, ...]
    findings: int

    @property
    def returned(self) -> int:
        """The number of items that have a status."""
        return self.items - len(self.missing)


def returns_of(
    plan: Plan, year: FiscalYear, reading: SheetReading, before: Mapping[str, str]
) -> tuple[Return, ...]:
    """List the departments of a year's items in the order of the items.

    ``before``: the departments of each item in last year's sheet. What this year's sheet says of them goes before; where
    it says nothing, a file that is named for a department is that department's.
    """
    records = {str(record["number"]): record for record in reading.records}
    written = {
        **before,
        **{number: text for number in records if (text := _written(records[number], before))},
    }
    shares = [share for share in shares_of(plan, year, written) if share.numbers]
    owner = {number: share.department for share in shares for number in share.numbers}
    findings = _findings_of(reading.findings, records, owner, plan)
    listed = [
        Return(
            share.department,
            len(share.numbers),
            tuple(number for number in share.numbers if not records.get(number, {}).get("status")),
            findings.pop(share.department, 0),
        )
        for share in shares
    ]
    # Also files of departments without items, and of none.
    return (*listed, *(Return(name, 0, (), count) for name, count in findings.items()))


def _written(record: Mapping[str, str | int], before: Mapping[str, str]) -> str:
    text = str(record["department"])
    return text or before.get(str(record["number"]), "") or department_of_part(str(record["file"]))


def _findings_of(
    findings: Iterable[Finding],
    records: Mapping[str, Mapping[str, str | int]],
    owner: Mapping[str, str],
    plan: Plan,
) -> Counter[str]:
    """The number of findings by department: in rows of its items, or in worksheets and files with only its items."""
    of_row: dict[tuple[object, ...], str] = {}
    of_sheet: dict[tuple[object, ...], set[str]] = {}
    for number, record in records.items():
        file, sheet, row = record["file"], record["sheet"], position(str(record["cell"]))[0]
        of_row[file, sheet, row] = owner[number]
        for part in ((file,), (file, sheet)):
            of_sheet.setdefault(part, set()).add(owner[number])
    counts: Counter[str] = Counter()
    for finding in findings:
        if finding.code == _MISSING:
            continue
        file, sheet = finding.file, finding.sheet
        sole = (of_sheet.get(part, set()) for part in ((file, sheet), (file,)))
        named = departments_in(department_of_part(file), plan.renamed_departments)
        of_cell = of_row.get((file, sheet, position(finding.cell)[0]))
        names = [of_cell, *(next(iter(each)) for each in sole if len(each) == 1), *named[:1], UNKNOWN]
        counts[next(filter(None, names))] += 1
    return counts
