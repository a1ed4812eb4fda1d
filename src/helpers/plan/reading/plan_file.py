"""Read a plan's folder: ``plan.toml`` and ``items.csv``, checked before anything is built on them.

Every error names the file, the key or line, the value and the remedy. The settings are listed, with examples, in
``docs/plan-settings.md``.
"""

from __future__ import annotations

__all__ = ["PLAN_ID", "load_plan"]

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from helpers.plan.departments import current_name
from helpers.plan.model import (
    COLUMN_ALIASES,
    LAYOUTS,
    ImplementationPlan,
    Licence,
    Outline,
    Plan,
    SheetLayout,
    Status,
)
from helpers.plan.reading.changes_file import read_item_changes, read_status_changes
from helpers.plan.reading.declared.declarations import read_declared, with_declared
from helpers.plan.reading.declared.measures_file import read_measures_file
from helpers.plan.reading.distinct import Name, demand_distinct
from helpers.plan.reading.items_file import ORDERS, read_items
from helpers.plan.reading.periods import planned_life
from helpers.plan.reading.printing_file import read_printing, read_printing_changes
from helpers.plan.reading.shares_file import read_known_shares
from helpers.plan.reading.toml_section import Section, read_toml
from helpers.plan.reading.words.policies_file import read_policies
from helpers.plan.reading.words.wording_file import read_brackets, read_wording
from helpers.plan.reserved_words import TAKEN, TOTAL_LABELS
from helpers.plan.words.groups import DONE, GROUPS, NOT_STARTED, OTHER
from helpers.text.forms import folded, variant_folded

_LICENCE_NAME = re.compile(r"[A-Za-z0-9.+_-]+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# No name that Windows keeps for devices: the id names folders.
PLAN_ID = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,63}")


def load_plan(folder: Path) -> Plan:
    """Read and check ``plan.toml`` and ``items.csv`` in ``folder``.

    Raises:
        PlanFileError: a file is missing or cannot be used; the message names file, place, value and remedy.
    """
    file = folder / "plan.toml"
    root = Section(file, "", read_toml(file))
    implementation = root.section("implementation")
    items = root.section("items", optional=True)
    outline = _outline(root.section("outline"))
    plans = _implementation_plans(implementation, outline)
    policies, statuses = read_policies(root, plans), _statuses(root, plans)
    declared = read_declared(root, statuses)
    printing = read_printing(root.section("printing", optional=True), statuses)
    plan = Plan(
        id=_plan_id(root, folder),
        municipality=root.text("municipality"),
        folder=folder,
        outline=outline,
        overview=implementation.template("overview", "{items}"),
        implementation_plans=plans,
        policies=policies,
        items=(),
        statuses=statuses,
        printing=printing,
        printing_changes=read_printing_changes(root, printing, statuses, plans),
        wording=read_wording(root, outline.period, statuses),
        brackets=read_brackets(root, statuses),
        column_aliases=with_declared(_column_aliases(root.section("columns", optional=True)), declared),
        layout=_layout(root.section("layout", optional=True)),
        source=root.text("source", "", is_name=False),
        licence=_licence(root),
        renamed_departments=_renamed_departments(root.section("departments", optional=True)),
        declared=declared,
    )
    order = items.choice("order", ORDERS, ORDERS[0])
    for section in (implementation, items):
        section.demand_nothing_else()
    plan = replace(plan, items=tuple(read_items(folder / "items.csv", plan, order)))
    item_changes, status_changes = read_item_changes(root, plan), read_status_changes(root, plan)
    changed = replace(plan, item_changes=item_changes, status_changes=status_changes)
    known_shares = read_known_shares(root, changed)
    root.demand_nothing_else()
    return replace(changed, known_shares=known_shares, measured=read_measures_file(changed))


def _layout(section: Section) -> SheetLayout:
    layout = SheetLayout(section.choice("kind", LAYOUTS, LAYOUTS[0]), section.texts("marks", ()))
    section.demand_nothing_else()
    return layout


def _plan_id(root: Section, folder: Path) -> str:
    plan_id = root.text("id")
    if not PLAN_ID.fullmatch(plan_id) or plan_id != folder.name:
        remedy = f"フォルダー名と同じ英小文字・数字にしてください（{folder.name}）"
        raise root.fail("id", f"「{plan_id}」は計画のIDに使えません", remedy)
    return plan_id


def _licence(root: Section) -> Licence | None:
    section = root.section("licence", optional=True)
    if not section.values:
        return None
    licence = Licence(section.text("name"), section.text("title", ""), section.text("path", ""))
    for key, value, pattern, remedy in (
        ("name", licence.name, _LICENCE_NAME, "CC-BY-4.0 のように、空白のない英数字で書いてください"),
        ("path", licence.path, _WEB_ADDRESS, "https:// で始まるアドレスを書くか、この行を消してください"),
    ):
        if value and not pattern.fullmatch(value):
            raise section.fail(key, f"「{value}」は使えません", remedy)
    section.demand_nothing_else()
    return licence


def _outline(section: Section) -> Outline:
    outline = Outline(
        section.text("name"),
        section.text("philosophy", "", is_name=False),
        section.texts("policies", ()),
        section.period(),
    )
    section.demand_nothing_else()
    demand_distinct(
        (Section(section.file, section.location, {}), f"policies[{number}]", name)
        for number, name in enumerate(outline.policies, start=1)
    )
    return outline


def _implementation_plans(implementation: Section, outline: Outline) -> tuple[ImplementationPlan, ...]:
    name = implementation.text("name")
    plans: list[ImplementationPlan] = []
    titles: list[Name] = []
    for section in implementation.sections("plans"):
        plan = ImplementationPlan(section.text("name", name), section.text("phase", ""), section.period())
        section.demand_nothing_else()
        first = plan.period.first
        if first not in outline.period:
            raise section.fail(
                "first_year",
                f"「{section.values['first_year']}」は大綱の期間（{outline.period}）にありません",
                "この年度か、outline の first_year と last_year を直してください",
            )
        if plans and first <= plans[-1].period.last:
            raise section.fail(
                "first_year",
                f"「{first}」からの期間が、前の推進計画の期間（{plans[-1].period}）と重なっています",
                "古い順に、重ならないように書いてください",
            )
        plans.append(plan)
        titles.append((section, "phase", plan.title))
    demand_distinct(titles)
    return tuple(plans)


def _statuses(root: Section, plans: Sequence[ImplementationPlan]) -> tuple[Status, ...]:
    statuses = []
    names: list[Name] = []
    ways: list[Name] = []
    for section in root.sections("statuses"):
        counted = section.value("counted", bool, "true か false", True)
        group = section.choice("group", (*GROUPS, OTHER), NOT_STARTED)
        name, aliases = section.text("name"), section.texts("aliases", ())
        if folded(name) in TOTAL_LABELS:
            problem = f"「{name}」は合計の行の名前なので、区分には使えません"
            raise section.fail("name", problem, "別の名前にしてください")
        if folded(name) in map(folded, TAKEN):
            problem = f"「{name}」は、報告書の表がほかの意味で使う語なので、区分には使えません"
            remedy = "別の名前にし、状況調査での書き方は aliases に書いてください"
            raise section.fail("name", problem, remedy)
        statuses.append(Status(name, group, counted, aliases, planned_life(section, plans)))
        section.demand_nothing_else()
        names.append((section, "name", name))
        ways += [(section, "name", name), *((section, "aliases", alias) for alias in aliases)]
    demand_distinct(names)
    # Sheets may write a status in ways that only look alike; but ways that are read alike have to mean the same status.
    demand_distinct(ways, [variant_folded])
    if not any(status.counted and status.group == DONE for status in statuses):
        problem = f'実施済みを表す区分（group = "{DONE}"、counted = true）がありません'
        raise root.fail("statuses", problem, "どの区分を実施と数えるかを group で書いてください")
    return tuple(statuses)


def _renamed_departments(section: Section) -> dict[str, str]:
    """The new name of each department that was renamed: an old name may be that of a later renaming."""
    renamed = {old: section.text(old) for old in section.values}
    for old in renamed:
        if variant_folded(current_name(old, renamed)) in map(variant_folded, renamed):
            problem = f"「{old}」の新しい名前をたどると、元の名前に戻ります"
            raise section.fail(old, problem, '"旧課名" = "新課名" の向きで書いてください')
    return renamed


def _column_aliases(section: Section) -> dict[str, tuple[str, ...]]:
    """The names of each column; the plan's own come before the built-in ones of another column."""
    own = {column: section.texts(column, ()) for column in COLUMN_ALIASES}
    section.demand_nothing_else()
    owners = {variant_folded(column): column for column in COLUMN_ALIASES}
    for column, names in own.items():
        for name in names:
            if (owner := owners.setdefault(variant_folded(name), column)) != column:
                problem = f"「{name}」は列「{owner}」の名前でもあります"
                raise section.fail(column, problem, "どちらか一つの列にしてください")
    return {
        column: tuple(n for n in names if owners.get(variant_folded(n), column) == column) + own[column]
        for column, names in COLUMN_ALIASES.items()
    }
