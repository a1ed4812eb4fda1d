"""Projects of which a test may spoil a file."""

import shutil
from pathlib import Path

import pytest

from made_reports import replaced


@pytest.fixture
def two_plans(reference_project: Path) -> Path:
    """The reference plan, and the same under the id ``hagi``."""
    plans = reference_project / "data/raw"
    shutil.copytree(plans / "yamaguchi", plans / "hagi")
    replaced(plans / "hagi/plan.toml", {'id = "yamaguchi"': 'id = "hagi"'})
    return reference_project
