"""A new plan's folder: commented settings, items and a first status sheet, which build at once."""

from helpers.plan.new_plan.start import create_plan

__all__ = ["create_plan"]
