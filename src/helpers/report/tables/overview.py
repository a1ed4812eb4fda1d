"""The outline and its implementation plans."""

from __future__ import annotations

__all__ = ["plan_overview"]

import pandas as pd

from helpers.history.history import History, remembered
from helpers.plan.reserved_words import NOT_ALIVE
from helpers.report.table import Table


@remembered
def plan_overview(history: History) -> Table:
    """The outline and its implementation plans: 計画, 概要, 計画期間.

    Shape: (2, 3). Source: section 1 of the fiscal 2022 report.
    """
    plan, outline = history.plan, history.plan.outline
    philosophy = [f"基本理念 『{outline.philosophy}』"] if outline.philosophy else []
    policies = ["基本方針", *(f"「{policy}」" for policy in outline.policies)] if outline.policies else []
    about = "\n".join([*philosophy, *policies]) or NOT_ALIVE
    name = history.implementation_plan.name
    phases = [phase for phase in plan.implementation_plans if phase.name == name]
    periods = "\n".join(
        f"{phase.phase}：{phase.period}" if phase.phase else str(phase.period) for phase in phases
    )
    overview = plan.overview.replace("{items}", str(len(plan.items_in(history.year))))
    names = (outline.name, name)
    return Table(
        id="plan_overview",
        caption="大綱と推進計画の概要",
        printed=pd.DataFrame(
            {"計画": names, "概要": (about, overview), "計画期間": (str(outline.period), periods)}
        ),
        records=pd.DataFrame(
            [
                (title, phase, int(period.first), int(period.last))
                for title, phase, period in (
                    (outline.name, "", outline.period),
                    *((each.name, each.phase, each.period) for each in plan.implementation_plans),
                )
            ],
            columns=["plan", "phase", "first_fiscal_year", "last_fiscal_year"],
        ),
        row_headers=("計画",),
        text=("概要", "計画期間"),
        source="1",
    )
