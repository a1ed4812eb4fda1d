"""Read a plan's folder: ``plan.toml`` and ``items.csv``, checked before anything is built on them.

Every error names the file, the key or line, the value and the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from helpers.errors import PlanFileError
from helpers.items_file import read_items
from helpers.plan import (
    COLUMN_ALIASES,
    GROUPS,
    NOT_STARTED,
    ImplementationPlan,
    Outline,
    Plan,
    Policy,
    Status,
)
from helpers.printing import CHANGE_FORMS, ROUNDINGS, PrintingRules
from helpers.text import folded
from helpers.toml_section import Section, read_toml

# What the total rows of tables and sheets are called; a status of that name could not be told from them.
TOTAL_LABELS = ("合計", "総計", "小計", "計")
_PLAN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def load_plan(folder: Path) -> Plan:
    """Read and check ``plan.toml`` and ``items.csv`` in ``folder``.

    Raises:
        PlanFileError: a file is missing or cannot be used; the message names file, place, value and remedy.
    """
    file = folder / "plan.toml"
    root = Section(file, "", read_toml(file))
    plan_id = root.text("id")
    if not _PLAN_ID.fullmatch(plan_id) or plan_id != folder.name:
        raise PlanFileError(
            file,
            "id",
            f"「{plan_id}」は計画のIDに使えません",
            f"フォルダー名と同じ英小文字・数字にしてください（{folder.name}）",
        )
    implementation = root.section("implementation")
    policies = tuple(_policy(section) for section in root.sections("policies"))
    _demand_unique(file, "policies", (policy.numeral for policy in policies))
    _demand_unique(file, "policies", (policy.label for policy in policies))
    plans = _implementation_plans(implementation)
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
    return replace(plan, items=tuple(read_items(folder / "items.csv", plan)))


def _outline(section: Section) -> Outline:
    outline = Outline(
        section.text("name"), section.text("philosophy"), section.texts("policies"), section.period()
    )
    section.demand_nothing_else()
    return outline


def _implementation_plans(implementation: Section) -> tuple[ImplementationPlan, ...]:
    name = implementation.text("name")
    plans: list[ImplementationPlan] = []
    for section in implementation.sections("plans"):
        plan = ImplementationPlan(name, section.text("phase", ""), section.period())
        section.demand_nothing_else()
        if plans and plan.period.first <= plans[-1].period.last:
            raise section.fail(
                "first_year",
                f"「{plan.period.first}」からの期間が、前の推進計画の期間（{plans[-1].period}）と重なっています",
                "古い順に、重ならないように書いてください",
            )
        plans.append(plan)
    return tuple(plans)


def _policy(section: Section) -> Policy:
    numeral, name = section.text("numeral"), section.text("name")
    policy = Policy(numeral, name, section.text("label", f"{numeral} {name}"))
    section.demand_nothing_else()
    return policy


def _statuses(root: Section) -> tuple[Status, ...]:
    statuses = []
    for section in root.sections("statuses"):
        counted = section.value("counted", bool, "true か false", True)
        group = section.choice("group", GROUPS, NOT_STARTED)
        status = Status(section.text("name"), group, counted, section.texts("aliases", ()))
        if folded(status.name) in TOTAL_LABELS:
            raise section.fail(
                "name",
                f"「{status.name}」は合計の行の名前なので、区分には使えません",
                "別の名前にしてください",
            )
        statuses.append(status)
        section.demand_nothing_else()
    _demand_unique(root.file, "statuses", (name for s in statuses for name in (s.name, *s.aliases)))
    if not any(status.counted for status in statuses):
        raise root.fail(
            "statuses",
            "割合の分母になる区分（counted = true）がありません",
            "どれかの counted = false を消してください",
        )
    return tuple(statuses)


def _printing(section: Section) -> PrintingRules:
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
        raise section.fail(
            "decimals", f"「{rules.decimals}」桁は使えません", "0、1、2 のどれかにしてください"
        )
    for key, mark in (("decrease", default.decrease), ("no_change", default.no_change)):
        if not getattr(rules, key).strip():
            raise section.fail(
                key, "空です", f'「{mark}」などの記号か言葉を書いてください（例: {key} = "{mark}"）'
            )
    if rules.decrease == rules.increase:
        raise section.fail(
            "decrease",
            f"「{rules.decrease}」が increase と同じです",
            "増と減を区別できる記号にしてください",
        )
    section.demand_nothing_else()
    return rules


def _column_aliases(section: Section) -> dict[str, tuple[str, ...]]:
    aliases = {column: (*names, *section.texts(column, ())) for column, names in COLUMN_ALIASES.items()}
    section.demand_nothing_else()
    return aliases


def _demand_unique(file: Path, place: str, names: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if (twin := seen.get(folded(name))) is not None:
            raise PlanFileError(
                file, place, f"「{name}」が「{twin}」と重なっています", "どちらかを消してください"
            )
        seen[folded(name)] = name
