"""A reform plan: everything that stays the same from year to year, read from ``plan.toml`` and ``items.csv``."""

__all__ = [
    "COLUMN_ALIASES", "DONE", "GROUPS", "NOT_STARTED", "OTHER", "PLAN_FILES", "UNDER_WAY",
    "ImplementationPlan", "Item", "Outline", "Plan", "Policy", "Status",
]  # fmt: skip

from helpers.plan.model import COLUMN_ALIASES as COLUMN_ALIASES
from helpers.plan.model import PLAN_FILES as PLAN_FILES
from helpers.plan.model import ImplementationPlan as ImplementationPlan
from helpers.plan.model import Item as Item
from helpers.plan.model import Outline as Outline
from helpers.plan.model import Plan as Plan
from helpers.plan.model import Policy as Policy
from helpers.plan.model import Status as Status
from helpers.plan.words.groups import DONE as DONE
from helpers.plan.words.groups import GROUPS as GROUPS
from helpers.plan.words.groups import NOT_STARTED as NOT_STARTED
from helpers.plan.words.groups import OTHER as OTHER
from helpers.plan.words.groups import UNDER_WAY as UNDER_WAY
