"""Read and check ``[[known_shares]]`` of plan.toml: years of which only printed shares are known."""

from __future__ import annotations

__all__ = ["read_known_shares"]

import re
from collections.abc import Mapping
from decimal import Decimal

from helpers.plan.model import Plan
from helpers.plan.plan_parts import WHOLE_PLAN, KnownShares
from helpers.plan.reading.periods import why_unplanned
from helpers.plan.reading.toml_section import Section
from helpers.plan.reading.words.policies_file import policy_named
from helpers.text.forms import folded

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%?")


def read_known_shares(root: Section, plan: Plan) -> tuple[KnownShares, ...]:
    """Read the shares of a plan whose policies, statuses and their changes are known.

    Raises:
        PlanFileError: a year before none of the plan's years, twice or with other statuses than the next; shares that
            are missing, unreadable, printed otherwise than the plan does or no whole.
    """
    known: list[KnownShares] = []
    for section in root.sections("known_shares", optional=True):
        year = section.fiscal_year("year")
        if why := why_unplanned(year.next, section.values["year"], plan.implementation_plans):
            problem = f"「{section.values['year']}」の翌年度の報告書が、計画の期間にありません"
            raise section.fail("year", problem, why[1])
        if any(each.year == year for each in known):
            raise section.fail("year", f"{year}の割合が二つあります", "一つの表にまとめてください")
        if any(change.year == year.next for change in plan.status_changes):
            problem = f"{year.next}に実施状況の区分が変わっているため、{year}の割合とは比べられません"
            raise section.fail("year", problem, "この表を消してください")
        then = plan.at(year.next)
        if not then.printing.shares:
            problem = f"{year.next}の報告書は割合を印刷しません（shares = false）"
            raise section.fail("shares", problem, "この表を消してください")
        shares = {WHOLE_PLAN: _shares(section.section("shares"), then)}
        by_policy = section.section("policies", optional=True)
        for written in by_policy.values:
            policy = policy_named(by_policy, written, written, plan)
            if policy.numeral in shares:
                raise by_policy.fail(written, "同じ基本方針が二つあります", "どちらかを消してください")
            shares[policy.numeral] = _shares(by_policy.section(written), then)
        known.append(KnownShares(year, shares, section.text("source", "", is_name=False)))
        section.demand_nothing_else()
    return tuple(known)


def _shares(section: Section, plan: Plan) -> Mapping[str, Decimal]:
    """The shares of the counted statuses, and of brackets as far as they are written."""
    decimals, shares = plan.printing.decimals, dict[str, Decimal]()
    brackets = [bracket.name for bracket in plan.brackets]
    for name in (*plan.counted_names, *(name for name in brackets if name in section.values)):
        if name not in section.values:
            problem = "割合がありません"
            raise section.fail(name, problem, "公表された割合を書いてください（0%なら 0 と書きます）")
        written = section.value(name, object, "割合、例: 76.2")
        text = "" if isinstance(written, bool) else folded(str(written))
        match = _PERCENT.fullmatch(text)
        share = Decimal(match[1]) if match else None
        if share is None or share > 100:
            raise section.fail(
                name, f"「{written}」は割合ではありません", "76.2 のように、0から100までの数で書いてください"
            )
        if share not in (0, 100) and share.as_tuple().exponent != -decimals:
            problem = f"「{written}」の小数点以下の桁数が、報告書の割合（{decimals}桁）と違います"
            raise section.fail(
                name, problem, "公表された桁まで書くか、printing の decimals を合わせてください"
            )
        shares[name] = plan.printing.rounded(share, decimals)
    section.demand_nothing_else()
    whole = sum(shares[name] for name in plan.counted_names)
    # Each printed share is at most one unit of its last digit off, however it was rounded.
    if whole != 0 and abs(whole - 100) > len(plan.counted_names) * Decimal(1).scaleb(-decimals):
        problem = f"割合の合計が{whole}%です"
        raise section.fail("", problem, "公表された割合と見比べて直してください")
    return shares
