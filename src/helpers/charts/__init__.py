"""The charts of the report: pure functions from tidy frames to ``Chart``, drawn by seaborn as SVG."""

from helpers.charts.chart import Chart, NoChart
from helpers.charts.course import course_of_plan
from helpers.charts.moves import what_moved
from helpers.charts.progress import progress
from helpers.charts.shares import shares_by_policy
from helpers.charts.status_map import status_map

__all__ = ["Chart", "NoChart", "course_of_plan", "progress", "shares_by_policy", "status_map", "what_moved"]
