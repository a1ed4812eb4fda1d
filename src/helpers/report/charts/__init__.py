"""The charts of the report: pure functions from tidy frames to ``Chart``, drawn by seaborn as SVG."""

from helpers.report.charts.chart import Chart, NoChart
from helpers.report.charts.course import course_of_plan
from helpers.report.charts.moves import what_moved
from helpers.report.charts.policy_bars import progress
from helpers.report.charts.shares import shares_by_policy
from helpers.report.charts.status_map import status_map

__all__ = ["Chart", "NoChart", "course_of_plan", "progress", "shares_by_policy", "status_map", "what_moved"]
