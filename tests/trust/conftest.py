"""A copy of the reference project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from made_reports import lay_out_reference


@pytest.fixture
def reference_project(tmp_path: Path) -> Callable[..., Path]:
    """Lay out a copy of the reference project; an argument may change it."""
    return lambda edit=None: lay_out_reference(tmp_path / "project", edit)
