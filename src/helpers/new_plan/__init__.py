"""A new plan's folder: commented settings, items and a first status sheet, which build at once."""

from helpers.new_plan.folder import PLAN_ID, create_plan

__all__ = ["PLAN_ID", "create_plan"]
