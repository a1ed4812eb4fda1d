"""Read the table of a sheet without knowing its plan: the words that its cells use make the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import COLUMN_ALIASES, Outline, Plan, Policy, Status
from helpers.plan.draft import DraftItem, PlanDraft
from helpers.plan.status_words import by_progress
from helpers.sheets.checks.item_identity import is_marked_as_repeat
from helpers.sheets.draft.names import (
    Policies,
    municipality_in,
    one_line,
    period_in,
    plan_in,
    without_year,
)
from helpers.sheets.files.grid import Grid, address
from helpers.sheets.finding import quoted
from helpers.sheets.finding_log import FindingLog
from helpers.sheets.rows.cell_meanings import (
    REPEATED_MARK,
    Vocabulary,
    is_ditto,
    is_roman,
    looks_like_number,
    number_form,
)
from helpers.sheets.rows.header import ITEM, NUMBER, POLICY, STATUS, Header, HeaderNames
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import Entry, read_body
from helpers.text.forms import folded, look_folded, variant_folded

YEARS = 5
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
    """Reads one table without knowing its plan."""

    grid: Grid
    header: Header
    year: FiscalYear
    log: FindingLog

    def draft(self, columns: Mapping[str, str]) -> PlanDraft:
        """Draft the plan; ``columns``: the headings that go by no known name."""
        table = self._table
        if ITEM not in self.header.columns:
            at = (self.header.last_row, self.header.columns[NUMBER])
            message = f"推進項目の名前の列が分かりません。--column {ITEM}=列見出し で指定してください"
            table.error("missing_column", message, at)
        items = self._items()
        if not items and not self.log.has_errors:
            table.error(
                "no_items",
                "推進項目の行がありません",
                (self.header.last_row + 1, self.header.columns[NUMBER]),
            )
        titles = [text for *_, text in table.body.titles]
        period = period_in(titles)
        if period is None or self.year not in period:
            period = None
        return PlanDraft(
            period or _from(self.year),
            period is not None,
            municipality_in(titles),
            plan_in(titles),
            self._policies.all or Policies(["1"]).all,
            self._statuses,
            items,
            {column: without_year(one_line(heading)) for column, heading in columns.items()},
        )

    def unread(self, names: HeaderNames) -> tuple[str, ...]:
        """The headings of columns that nothing reads."""
        row = self.header.last_row
        headings = {
            one_line(self.grid.heading(row, column))
            for column in range(self.grid.width)
            if column not in self.header.columns.values() and self.grid.begins(row, column)
        }
        return tuple(sorted(text for text in headings - {""} if names.read(text) is None))

    @cached_property
    def _statuses(self) -> dict[str, int]:
        """The words of the status column with their numbers of items, by progress; misspelt ones are left out."""
        column = self.header.columns[STATUS]
        words: Counter[str] = Counter()
        spelling: dict[str, str] = {}
        for row in self._rows_with_a_number:
            text = one_line(self.grid.cell(row, column))
            if text and not is_ditto(text):
                words[spelling.setdefault(variant_folded(text), text)] += 1
        # Of words that look alike the frequent one is meant; check names the cells of the others.
        best: dict[str, str] = {}
        for word, _ in words.most_common():
            best.setdefault(look_folded(word), word)
        return {word: words[word] for word in by_progress([w for w in words if w in best.values()])}

    @cached_property
    def _rows_with_a_number(self) -> tuple[int, ...]:
        column = self.header.columns[NUMBER]
        rows = range(self.header.last_row + 1, len(self.grid.rows))
        return tuple(row for row in rows if looks_like_number(self.grid.cell(row, column)))

    @cached_property
    def _policies(self) -> Policies:
        if POLICY in self.header.columns:
            column = self.header.columns[POLICY]
            texts = (self.grid.cell(row, column) for row in self._rows_with_a_number)
            return Policies(text for text in texts if text and not is_ditto(text))
        return Policies(text for _, text in self._headings)

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

    @cached_property
    def _table(self) -> SheetTable:
        policies = tuple(Policy(each.numeral, each.name, each.label, "") for each in self._policies.all)
        words = Vocabulary(plan_of_columns({}, statuses=tuple(self._statuses), policies=policies), self.year)
        return SheetTable(self.grid, self.header, words, read_body(self.grid, self.header, words), self.log)

    def _items(self) -> list[DraftItem]:
        items: dict[str, DraftItem] = {}
        places: dict[str, Entry] = {}
        for entry, number, name, policy in self._rows():
            form = number_form(number)
            if (first := items.get(form)) is None:
                items[form], places[form] = DraftItem(number, policy, name), entry
            elif is_marked_as_repeat(self._table, entry) or (
                policy != first.policy and variant_folded(name) == variant_folded(first.name)
            ):
                also_in = dict.fromkeys((*first.also_in, policy))
                items[form] = DraftItem(
                    first.number, first.policy, first.name, tuple(p for p in also_in if p != first.policy)
                )
            else:
                at = self._table.at(entry, NUMBER)
                where = address(*self._table.at(places[form], NUMBER))
                message = (
                    f"番号{quoted(number)}は{where}にもあります。どちらかの行を除くか、番号を直してください"
                )
                self._table.error("item_twice", message, at)
        return list(items.values())

    def _rows(self) -> Iterator[tuple[Entry, str, str, str]]:
        """Each item's rows, number, name and numeral of its policy."""
        table, headings, policy = self._table, dict(self._headings), ""
        for entry in table.body.entries:
            number, name = table.text(entry, NUMBER), table.text(entry, ITEM)
            above = [text for row, text in headings.items() if row < entry.row]
            written = table.resolve_ditto(POLICY, table.text(entry, POLICY)) or (above[-1] if above else "")
            policy = self._policies.numeral(written) if written else policy or self._first_numeral
            if not number:
                table.error(
                    "missing_number",
                    "番号が空です。推進項目の番号を入力してください",
                    table.at(entry, NUMBER),
                )
            elif not name:
                if ITEM in self.header.columns:
                    table.error(
                        "missing_name",
                        "推進項目の名前が空です。名前を入力してください",
                        table.at(entry, ITEM),
                    )
            else:
                plain = _NUMBER.match(folded(number))
                name = one_line(REPEATED_MARK.sub("", name))
                yield entry, (plain and plain[1]) or folded(number), name, policy

    @property
    def _first_numeral(self) -> str:
        return self._policies.all[0].numeral if self._policies.all else "1"


def _from(year: FiscalYear) -> Period:
    """Five years from a year, or as many as there are."""
    for years in range(YEARS, 0, -1):
        try:
            return Period(year, FiscalYear(int(year) + years - 1))
        except FiscalYearError:
            continue
    raise AssertionError(year)
