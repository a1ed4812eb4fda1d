"""What a reader of a chart reads in it."""

from __future__ import annotations

from lxml import etree

from helpers.report.charts import Chart, NoChart


def texts(chart: Chart | NoChart) -> list[str]:
    """The texts of a chart, in the order in which they are drawn."""
    assert isinstance(chart, Chart)
    return [element.text or "" for element in etree.fromstring(chart.svg).iter("{*}text")]
