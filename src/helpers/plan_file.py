"""Read a plan's folder: ``plan.toml`` and ``items.csv``, checked before anything is built on them.

Every error names the file, the key or line, the value and the remedy.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from helpers.errors import FiscalYearError, PlanFileError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import (
    COLUMN_ALIASES,
    GROUPS,
    NOT_STARTED,
    ImplementationPlan,
    Item,
    Outline,
    Plan,
    Policy,
    Status,
)
from helpers.printing import CHANGE_FORMS, ROUNDINGS, PrintingRules
from helpers.text import folded

ITEM_COLUMNS = ("番号", "基本方針", "推進項目", "開始年度", "終了年度")
_PLAN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def load_plan(folder: Path) -> Plan:
    """Read and check ``plan.toml`` and ``items.csv`` in ``folder``.

    Raises:
        PlanFileError: a file is missing or cannot be used; the message names file, place, value and remedy.
    """
    file = folder / "plan.toml"
    root = _Section(file, "", _read_toml(file))
    plan_id = root.text("id")
    if not _PLAN_ID.fullmatch(plan_id) or plan_id != folder.name:
        raise PlanFileError(file, "id", f"「{plan_id}」は計画のIDに使えません", f"フォルダー名と同じ英小文字・数字にしてください（{folder.name}）")
    implementation = root.section("implementation")
    policies = tuple(_policy(section) for section in root.sections("policies"))
    _demand_unique(file, "policies", (policy.numeral for policy in policies))
    plans = tuple(
        ImplementationPlan(implementation.text("name"), section.text("phase", ""), section.period())
        for section in implementation.sections("plans")
    )
    plan = Plan(
        id=plan_id,
        municipality=root.text("municipality"),
        folder=folder,
        outline=_outline(root.section("outline")),
        overview=implementation.text("overview"),
        implementation_plans=plans,
        policies=policies,
        items=(),
        statuses=_statuses(root),
        printing=_printing(root.section("printing", optional=True)),
        column_aliases=_column_aliases(root.section("columns", optional=True)),
        source=root.text("source", ""),
    )
    implementation.demand_nothing_else()
    root.demand_nothing_else()
    return replace(plan, items=tuple(_read_items(folder / "items.csv", plan)))


class _Section:
    """A table of a TOML file that reports what is missing, mistyped or unknown in it."""

    def __init__(self, file: Path, place: str, values: Mapping[str, Any]) -> None:
        self.file, self.place, self.values = file, place, values
        self.known: set[str] = set()

    def where(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def fail(self, key: str, problem: str, remedy: str) -> PlanFileError:
        return PlanFileError(self.file, self.where(key), problem, remedy)

    def value(self, key: str, kind: type, named: str, default: Any = None) -> Any:
        self.known.add(key)
        if key not in self.values:
            if default is not None:
                return default
            raise self.fail(key, "値がありません", f"{key} = … の行（{named}）を書いてください")
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(key, f"「{value}」は{named}ではありません", f"{named}で書いてください")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        text: str = self.value(key, str, "文字列", default)
        if not text.strip() and default is None:
            raise self.fail(key, "空です", "値を書いてください")
        return text

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        texts = self.value(key, list, "文字列の並び", list(default) if default is not None else None)
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise self.fail(key, f"「{texts}」に文字列でない値があります", '["…", "…"] のように書いてください')
        return tuple(texts)

    def choice(self, key: str, choices: Iterable[str], default: str) -> str:
        text, choices = self.text(key, default), tuple(choices)
        if text not in choices:
            nearest = get_close_matches(text, choices, n=1, cutoff=0)[0]
            raise self.fail(key, f"「{text}」は使えません（{'／'.join(choices)}）", f"近い値: {nearest}")
        return text

    def fiscal_year(self, key: str) -> FiscalYear:
        self.known.add(key)
        if key not in self.values:
            raise self.fail(key, "値がありません", f"{key} = 2018 のように年度を書いてください")
        try:
            return FiscalYear.parse(self.values[key])
        except FiscalYearError as error:
            raise self.fail(key, str(error), "西暦の年度で書いてください（例: 2018）") from None

    def period(self) -> Period:
        first, last = self.fiscal_year("first_year"), self.fiscal_year("last_year")
        if last < first:
            raise self.fail("last_year", f"「{last}」は開始の{first}より前です", "終了の年度を直してください")
        return Period(first, last)

    def section(self, key: str, *, optional: bool = False) -> _Section:
        values = self.value(key, dict, f"[{key}] の表", {} if optional else None)
        return _Section(self.file, self.where(key), values)

    def sections(self, key: str) -> list[_Section]:
        tables = self.value(key, list, f"[[{key}]] の表の並び")
        if not tables or not all(isinstance(table, dict) for table in tables):
            raise self.fail(key, "表がありません", f"[[{self.where(key)}]] を一つ以上書いてください")
        return [_Section(self.file, f"{self.where(key)}[{n}]", table) for n, table in enumerate(tables, start=1)]

    def demand_nothing_else(self) -> None:
        for key in self.values:
            if key not in self.known:
                nearest = get_close_matches(key, sorted(self.known), n=1, cutoff=0)
                raise self.fail(key, f"「{key}」という設定はありません", f"近い名前: {nearest[0]}" if nearest else "この行を消してください")


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PlanFileError(file, "", f"{file.parent} に {file.name} がありません", "計画のフォルダーを確かめてください") from None
    except UnicodeDecodeError as error:
        raise PlanFileError(file, f"{error.start}バイト目", "UTF-8 の文字として読めません", "UTF-8 で保存してください") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanFileError(file, "", f"TOML として読めません（{error}）", "示された行の書き方を直してください") from None


def _outline(section: _Section) -> Outline:
    outline = Outline(section.text("name"), section.text("philosophy"), section.texts("policies"), section.period())
    section.demand_nothing_else()
    return outline


def _policy(section: _Section) -> Policy:
    numeral, name = section.text("numeral"), section.text("name")
    policy = Policy(numeral, name, section.text("label", f"{numeral} {name}"))
    section.demand_nothing_else()
    return policy


def _statuses(root: _Section) -> tuple[Status, ...]:
    statuses = []
    for section in root.sections("statuses"):
        counted = section.value("counted", bool, "true か false", True)
        group = section.choice("group", GROUPS, NOT_STARTED)
        statuses.append(Status(section.text("name"), group, counted, section.texts("aliases", ())))
        section.demand_nothing_else()
    _demand_unique(root.file, "statuses", (name for s in statuses for name in (s.name, *s.aliases)))
    return tuple(statuses)


def _printing(section: _Section) -> PrintingRules:
    default = PrintingRules()
    rules = PrintingRules(
        decimals=section.value("decimals", int, "整数", default.decimals),
        rounding=section.choice("rounding", ROUNDINGS, default.rounding),
        increase=section.text("increase", default.increase),
        decrease=section.text("decrease", default.decrease),
        no_change=section.text("no_change", default.no_change),
        change=section.choice("change", CHANGE_FORMS, default.change),
        bare_whole=section.value("bare_whole", bool, "true か false", default.bare_whole),
    )
    if not 0 <= rules.decimals <= 2:
        raise section.fail("decimals", f"「{rules.decimals}」桁は使えません", "0、1、2 のどれかにしてください")
    section.demand_nothing_else()
    return rules


def _column_aliases(section: _Section) -> dict[str, tuple[str, ...]]:
    aliases = {column: (*names, *section.texts(column, ())) for column, names in COLUMN_ALIASES.items()}
    section.demand_nothing_else()
    return aliases


def _demand_unique(file: Path, place: str, names: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if (twin := seen.get(folded(name))) is not None:
            raise PlanFileError(file, place, f"「{name}」が「{twin}」と重なっています", "どちらかを消してください")
        seen[folded(name)] = name


def _read_items(file: Path, plan: Plan) -> list[Item]:
    items: list[Item] = []
    for line, record in _records(file):
        items.append(_item(file, line, record, plan, items))
    if not items:
        raise PlanFileError(file, "", "推進項目が一つもありません", "2行目から1行に1項目を書いてください")
    return items


def _records(file: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlanFileError(file, "", f"{file.parent} に {file.name} がありません", "推進項目の一覧を置いてください") from None
    except UnicodeDecodeError as error:
        raise PlanFileError(file, f"{error.start}バイト目", "UTF-8 の文字として読めません", "「CSV UTF-8」で保存してください") from None
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    if tuple(header) != ITEM_COLUMNS:
        raise PlanFileError(file, "1行目", f"列見出しが「{','.join(header)}」です", f"「{','.join(ITEM_COLUMNS)}」にしてください")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(ITEM_COLUMNS):
            raise PlanFileError(file, f"{reader.line_num}行目", f"列が{len(cells)}個あります", f"{len(ITEM_COLUMNS)}個にしてください")
        yield reader.line_num, dict(zip(ITEM_COLUMNS, (cell.strip() for cell in cells), strict=True))


def _item(file: Path, line: int, record: dict[str, str], plan: Plan, before: list[Item]) -> Item:
    def fail(column: str, problem: str, remedy: str) -> PlanFileError:
        return PlanFileError(file, f"{line}行目 {column}", problem, remedy)

    for column in ITEM_COLUMNS[:4]:
        if not record[column]:
            raise fail(column, "空です", "値を書いてください")
    policy = plan.policy(record["基本方針"])
    if policy is None:
        known = "／".join(f"{policy.numeral} {policy.name}" for policy in plan.policies)
        raise fail("基本方針", f"「{record['基本方針']}」は基本方針にありません（{known}）", "plan.toml の policies と合わせてください")
    item = Item(record["番号"], policy, record["推進項目"], _life(record, plan, fail))
    for other in before:
        lives_overlap = item.life.first in other.life or other.life.first in item.life
        if lives_overlap and folded(other.number) == folded(item.number):
            raise fail("番号", f"「{item.number}」が「{other.name}」と「{item.name}」の二つにあります", "番号か年度を直してください")
    return item


def _life(record: dict[str, str], plan: Plan, fail: Any) -> Period:
    years: dict[str, FiscalYear] = {}
    for column in ("開始年度", "終了年度"):
        if record[column]:
            try:
                years[column] = FiscalYear.parse(record[column])
            except FiscalYearError as error:
                raise fail(column, str(error), "西暦の年度で書いてください（例: 2018）") from None
    first = years["開始年度"]
    phase = next((p.period for p in plan.implementation_plans if first in p.period), None)
    if phase is None:
        raise fail("開始年度", f"「{record['開始年度']}」はどの推進計画の期間にもありません", "plan.toml の implementation.plans と合わせてください")
    # Where no last year is written, an item lives as long as the implementation plan that it began in.
    last = years.get("終了年度", phase.last)
    if last < first:
        raise fail("終了年度", f"「{record['終了年度']}」は開始の{first}より前です", "年度を直してください")
    return Period(first, last)
