"""The reference report made once in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_reports import lay_out_reference, made_files

from helpers.history import History


@pytest.fixture(scope="session")
def files_2022(history_2022: History) -> dict[str, bytes]:
    """report.html, report.pdf and tables/*.csv of fiscal 2022."""
    return made_files(history_2022)


@pytest.fixture
def reference_project(tmp_path: Path) -> Callable[..., Path]:
    """Lay out a copy of the reference project; an argument may change it."""
    return lambda edit=None: lay_out_reference(tmp_path / "project", edit)
