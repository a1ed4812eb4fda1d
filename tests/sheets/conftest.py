"""The two cities that do not exist, and their sheets."""

from pathlib import Path

import pytest

from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan

FIXTURES = Path(__file__).with_name("fixtures")


@pytest.fixture(scope="session")
def sheets_folder() -> Path:
    """The folder of the sheets with one quirk or defect each."""
    return FIXTURES


@pytest.fixture(scope="session")
def minato() -> Plan:
    """Six items in fiscal 2022, statuses in words."""
    return load_plan(FIXTURES / "minato")


@pytest.fixture(scope="session")
def kigou() -> Plan:
    """Five items with text codes, statuses in symbols, one of them a dash that is not counted."""
    return load_plan(FIXTURES / "kigou")
