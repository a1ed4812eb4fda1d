"""Read and check ``[[policies]]`` of plan.toml, with their names and lives by year."""

from __future__ import annotations

__all__ = ["read_policies"]

from collections.abc import Iterator, Sequence
from dataclasses import replace

from helpers.plan.model import ImplementationPlan, Policy
from helpers.plan.policy import PolicyName
from helpers.plan.reading.distinct import Name, demand_distinct
from helpers.plan.reading.periods import planned_life, planned_year
from helpers.plan.reading.toml_section import Section
from helpers.plan.reserved_words import PLAN_LABEL, TOTAL_LABELS
from helpers.text.forms import folded

_KEYS = ("name", "label", "heading")


def read_policies(root: Section, plans: Sequence[ImplementationPlan]) -> tuple[Policy, ...]:
    """Read the policies of a plan, each under its first name.

    Raises:
        PlanFileError: names of two policies, of whichever years, that cannot be told apart; a name that the tables use
            in another sense; years outside the plans or the policy's life, or not in order.
    """
    policies = []
    names: list[Name] = []
    for section in root.sections("policies", optional=True):
        policy = _policy(section, plans)
        policies.append(policy)
        names.append((section, "numeral", policy.numeral))
        names += _names_of(section, policy)
    demand_distinct(names)
    return tuple(policies)


def _policy(section: Section, plans: Sequence[ImplementationPlan]) -> Policy:
    numeral, name = section.text("numeral"), section.text("name")
    first = PolicyName(
        None,
        name,
        _text(section, "label", f"{numeral} {name}"),
        _text(section, "heading", f"基本方針{numeral} {name}"),
    )
    _demand_no_whole(section, first)
    policy = Policy(numeral, first.name, first.label, first.heading, planned_life(section, plans))
    later = tuple(_later_names(section, policy, first, plans))
    section.demand_nothing_else()
    return replace(policy, names=(first, *later) if later else ())


def _later_names(
    policy_section: Section, policy: Policy, first: PolicyName, plans: Sequence[ImplementationPlan]
) -> Iterator[PolicyName]:
    before = first
    for section in policy_section.sections("renamed", optional=True):
        year = planned_year(section, "year", plans, is_change=True)
        if before.first is not None and year <= before.first:
            problem = f"「{section.values['year']}」が、前の変更の{before.first}より後ではありません"
            raise section.fail("year", problem, "古い順に書いてください")
        if policy.life is not None and not policy.life.first < year <= policy.life.last:
            problem = (
                f"「{section.values['year']}」は、この基本方針の期間（{policy.life}）の途中ではありません"
            )
            raise section.fail("year", problem, "year か、first_year と last_year を直してください")
        if not section.values.keys() & {*_KEYS}:
            raise section.fail("name", "値がありません", "その年度からの名前を name = … の行に書いてください")
        name = _text(section, "name", before.name)
        # A label or heading that has the old name in it goes on with the new one.
        label, heading = (
            _text(section, key, written.replace(before.name, name) if before.name in written else default)
            for key, written, default in (
                ("label", before.label, f"{policy.numeral} {name}"),
                ("heading", before.heading, f"基本方針{policy.numeral} {name}"),
            )
        )
        section.demand_nothing_else()
        before = PolicyName(year, name, label, heading)
        _demand_no_whole(section, before)
        yield before


def _text(section: Section, key: str, default: str) -> str:
    """Read a text that may be left out, but not be empty."""
    return section.text(key, None if key in section.values else default)


def _demand_no_whole(section: Section, name: PolicyName) -> None:
    for key, text in (("label", name.label), ("heading", name.heading)):
        if folded(text) in (PLAN_LABEL, *TOTAL_LABELS):
            problem = f"「{text}」は計画の全体や合計を表す語なので、基本方針の表記には使えません"
            raise section.fail(key, problem, "別の語にしてください")


def _names_of(section: Section, policy: Policy) -> Iterator[Name]:
    """All names of a policy with their keys; they are of one table, so that they may be alike."""
    for number, called in enumerate(policy.ever_called):
        prefix = f"renamed[{number}]." if number else ""
        for key in _KEYS:
            yield section, f"{prefix}{key}", getattr(called, key)
