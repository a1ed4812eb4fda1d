"""The gate before publication, asked about one table: as it stands on the page and in its csv."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from helpers.errors import FigureError
from helpers.export.files.csv_file import table_csv
from helpers.history.history import History
from helpers.proof.gate import Gate, refuse
from helpers.proof.gate.own_tables import Described
from helpers.proof.gate.page_and_pdf import PageTable, page_tables
from helpers.proof.gate.table_check import complaints_about as faults_of
from helpers.proof.gate.terms import Terms
from helpers.proof.pdf_text import read_structure
from helpers.report.table import Table


def check_report(history: History, files: Mapping[str, bytes]) -> int:
    """Check a finished report, and return the number of cells compared."""
    return Gate(history, files).check(read_structure(files["report.pdf"]))


def check_table(
    history: History,
    table: str,
    on_page: Sequence[PageTable],
    content: bytes | None,
    described: Described | None = None,
) -> None:
    """Check one table as ``Gate`` checks each: on the page, in its csv, in the data package."""
    refuse(faults_of(table, Terms(history), on_page, content, described))


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
