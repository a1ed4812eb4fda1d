"""Read and check ``[printing]`` of plan.toml."""

from __future__ import annotations

from helpers.plan.printing import CHANGE_FORMS, ROUNDINGS, PrintingRules
from helpers.plan.toml_section import Section


def read_printing(section: Section) -> PrintingRules:
    """Read the printing rules; what is not set is as in the reference document.

    Raises:
        PlanFileError: a setting of the wrong type or value, or marks that cannot be told apart.
    """
    default = PrintingRules()
    rules = PrintingRules(
        decimals=section.value("decimals", int, "整数", default.decimals),
        rounding=section.choice("rounding", ROUNDINGS, default.rounding),
        increase=section.text("increase", default.increase),
        decrease=section.text("decrease", default.decrease),
        no_change=section.text("no_change", default.no_change),
        no_share=section.text("no_share", default.no_share),
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
