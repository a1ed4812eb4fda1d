"""A reform plan: everything that stays the same from year to year, read from ``plan.toml`` and ``items.csv``."""

__all__ = [
    "COLUMN_ALIASES", "DONE", "GROUPS", "NOT_STARTED", "OTHER", "PLAN_FILES", "UNDER_WAY",
    "ImplementationPlan", "Item", "Outline", "Plan", "Policy", "Status",
]  # fmt: skip

from helpers.plan.model import (
    COLUMN_ALIASES,
    PLAN_FILES,
    ImplementationPlan,
    Item,
    Outline,
    Plan,
    Policy,
    Status,
)
from helpers.plan.words.groups import DONE, GROUPS, NOT_STARTED, OTHER, UNDER_WAY
