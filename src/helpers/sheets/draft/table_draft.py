"""Read the table of a sheet without knowing its plan: the words that its cells use make the plan."""

from __future__ import annotations

__all__ = ["TableDraft", "plan_of_columns"]

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.files.formulas import is_formula_like
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import COLUMN_ALIASES, Outline, Plan, Policy, Status
from helpers.plan.draft import DraftItem
from helpers.sheets.draft.names import Policies, one_line
from helpers.sheets.files.grid import Grid
from helpers.sheets.finding import FindingLog
from helpers.sheets.rows.cell_meanings import REPEATED_MARK, Vocabulary, is_ditto, is_roman, looks_like_number
from helpers.sheets.rows.header import ITEM, NUMBER, POLICY, STATUS, Header
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import Entry, read_body
from helpers.text.forms import folded, quoted, variant_folded

_POLICY_HEADING = re.compile(
    r"^(?:基本|方針|目標|施策|改革|重点|柱|分野|第|[【(（]?[Ⅰ-Ⅻ①-⑳A-Z]+[】)）.．、\s])"
)
_NUMBER = re.compile(r"^(?:no\.?|#|第)?(.*?)(?:番|号|\.|:|、)?$", re.IGNORECASE)


def plan_of_columns(
    columns: Mapping[str, str], *, statuses: tuple[str, ...] = (), policies: tuple[Policy, ...] = ()
) -> Plan:
    """A plan of which no more is known than the names of columns, statuses and policies."""
    taken = {variant_folded(heading) for heading in columns.values()}
    aliases = {
        column: (
            *(name for name in names if variant_folded(name) not in taken),
            *filter(None, [columns.get(column)]),
        )
        for column, names in COLUMN_ALIASES.items()
    }
    period = Period(FiscalYear(2000), FiscalYear(2000))
    return Plan(
        id="", municipality="", folder=Path(), outline=Outline("", "", (), period), overview="",
        implementation_plans=(), policies=policies, items=(), statuses=tuple(map(Status, statuses)), column_aliases=aliases,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class TableDraft:
    """Reads one table without knowing its plan: the words of its statuses and policies, then its items.

    ``is_alone``: whether the sheet has no other table; the name of a worksheet may stand for a policy otherwise.
    """

    grid: Grid
    header: Header
    year: FiscalYear
    log: FindingLog
    is_alone: bool = True

    def words(self) -> Iterator[str]:
        """The word of each item in the column of statuses."""
        column = self.header.columns[STATUS]
        for row in self._rows_with_a_number:
            text = one_line(self.grid.cell(row, column))
            if text and not is_ditto(text):
                yield text

    def policies(self) -> tuple[str, ...]:
        """The texts that name policies, in order of position."""
        if POLICY in self.header.columns:
            column = self.header.columns[POLICY]
            texts = (self.grid.cell(row, column) for row in self._rows_with_a_number)
            return tuple(text for text in texts if text and not is_ditto(text))
        return tuple(text for _, text in self._headings) or self._name_of_sheet

    def read(self, statuses: Iterable[str], policies: Policies) -> SheetTable:
        """The table with its body, now that its words are known."""
        known = tuple(Policy(each.numeral, each.name, each.label, "") for each in policies.all)
        words = Vocabulary(plan_of_columns({}, statuses=tuple(statuses), policies=known), self.year)
        return SheetTable(self.grid, self.header, words, read_body(self.grid, self.header, words), self.log)

    def rows(self, table: SheetTable, policies: Policies) -> Iterator[tuple[Entry, DraftItem]]:
        """The item of each entry; an entry without a number or a name is a finding."""
        if ITEM not in self.header.columns:
            at = (self.header.last_row, self.header.columns[NUMBER])
            message = f"推進項目の名前の列が分かりません。--column {ITEM}=列見出し で指定してください"
            table.error("missing_column", message, at)
            return
        headings, numeral = dict(self._headings), policies.first
        if POLICY not in self.header.columns and self._name_of_sheet and not headings:
            numeral = policies.numeral(self._name_of_sheet[0])
        for entry in table.body.entries:
            number, name = table.text(entry, NUMBER), table.text(entry, ITEM)
            above = [text for row, text in headings.items() if row < entry.row]
            written = table.resolve_ditto(POLICY, table.text(entry, POLICY)) or (above[-1] if above else "")
            numeral = policies.numeral(written) if written else numeral
            if not number or not name:
                column, missing = (ITEM, "名前") if number else (NUMBER, "番号")
                code = "missing_name" if number else "missing_number"
                message = f"{missing}が空です。推進項目の{missing}を入力してください"
                table.error(code, message, table.at(entry, column))
                continue
            if is_formula_like(name):
                # items.csv is opened in Excel, too, and there a name would become a formula.
                message = f"推進項目{quoted(name)}は数式のような文字で始まっています。名前を直してください"
                table.error("formula_like", message, table.at(entry, ITEM))
                continue
            plain = _NUMBER.match(folded(number))
            name = one_line(REPEATED_MARK.sub("", name))
            yield entry, DraftItem((plain and plain[1]) or folded(number), numeral, name)

    @cached_property
    def _rows_with_a_number(self) -> tuple[int, ...]:
        column = self.header.columns[NUMBER]
        rows = range(self.header.last_row + 1, len(self.grid.rows))
        return tuple(row for row in rows if looks_like_number(self.grid.cell(row, column)))

    @property
    def _name_of_sheet(self) -> tuple[str, ...]:
        is_policy = not self.is_alone and _POLICY_HEADING.match(f"{self.grid.name} ") is not None
        return (self.grid.name,) if is_policy else ()

    @cached_property
    def _headings(self) -> tuple[tuple[int, str], ...]:
        """The rows between the items that name a policy: row and text."""
        last = max(self._rows_with_a_number, default=-1)
        rows = range(self.header.last_row + 1, last)
        return tuple((row, text) for row in rows if (text := self._heading(row)))

    def _heading(self, row: int) -> str:
        texts = self.grid.texts(row)
        status, number = (self.grid.cell(row, self.header.columns[name]) for name in (STATUS, NUMBER))
        is_item = looks_like_number(number) and not is_roman(number)
        if (
            not 1 <= len(texts) <= 2
            or is_item
            or (status and self.grid.begins(row, self.header.columns[STATUS]))
        ):
            return ""
        text = " ".join(map(one_line, texts))
        return text if (len(texts) == 1 and not text.startswith("※")) or _POLICY_HEADING.match(text) else ""
