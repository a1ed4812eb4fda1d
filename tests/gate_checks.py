"""The gate before publication, asked about one table: as it stands on the page and in its csv."""

from collections.abc import Callable

import pytest

from helpers.errors import FigureError
from helpers.export.files.csv_file import table_csv
from helpers.history.history import History
from helpers.proof.gate import check_table
from helpers.proof.gate.page_and_pdf import page_tables
from helpers.report.table import Table


def as_published(table: Table) -> tuple[str, bytes]:
    """A table as the page and as its csv have it."""
    return table._repr_html_(), table_csv(table.records)


def pass_gate(history: History, table: Table) -> tuple[str, bytes]:
    """Demand that the gate passes a table; the table as page and csv have it."""
    html, content = as_published(table)
    check_table(history, table.id, page_tables(html.encode()), content)
    return html, content


def refused(check: Callable[[], object]) -> list[str]:
    """What the gate says against a report; at least one sentence."""
    with pytest.raises(FigureError) as caught:
        check()
    head, *lines = str(caught.value).splitlines()
    assert head == "数字が合わないため、公開しません。管理者に知らせてください"
    assert len(set(lines)) == len(lines) > 0
    return lines


def complaints_about(history: History, table: str, html: str, content: bytes | None) -> list[str]:
    """What the gate says against one table as it stands on the page and in its csv."""
    return refused(lambda: check_table(history, table, page_tables(html.encode()), content))
