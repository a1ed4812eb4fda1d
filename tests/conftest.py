"""What most tests stand on: the reference plan, and a small city whose figures add up by eye."""

import gc
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from browser import Browser, demand_chromium
from commands import gyokaku
from helpers.errors import PlanFileError
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from made_reports import executed_notebook, files_of, lay_out_reference, lay_out_synthetic
from small_city import City, Sheet, lay_out
from tries import tries

ROOT = Path(__file__).resolve().parents[1]

# Whoever starts the tests in the background of a shell has them ignore Ctrl-C, and all that they start: tests that
# send it would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: on a busy machine a slow example is no failure.
settings.register_profile(
    "any machine", deadline=None, max_examples=tries(30, 100), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from here on, less often than usual, and never among the modules and the thousands of tests."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project folder."""
    return ROOT


@pytest.fixture(scope="session")
def plan(root: Path) -> Plan:
    """The reference plan."""
    return load_plan(root / "data" / "raw" / "yamaguchi")


@pytest.fixture(scope="session")
def history_2022(root: Path) -> History:
    """The reference plan up to fiscal 2022."""
    return load_history("yamaguchi", 2022, root)


@pytest.fixture(scope="session")
def notebook_2022(history_2022: History) -> Any:
    """The annual report of fiscal 2022 with its outputs; tests leave it as it is."""
    return executed_notebook({"history": history_2022})


@pytest.fixture(scope="session")
def files_2022(notebook_2022: Any, history_2022: History) -> dict[str, bytes]:
    """report.html, report.pdf and tables/*.csv of fiscal 2022."""
    return files_of(notebook_2022, history_2022)


@pytest.fixture(scope="session")
def built_umikaze(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the synthetic plan and its six reports, built as an analyst would; copied before it is changed."""
    project = lay_out_synthetic(tmp_path_factory.mktemp("built"), "umikaze")
    result = gyokaku("build", "--root", project)
    assert result.exit_code == 0, result.output
    return project


@pytest.fixture(scope="session")
def one_browser() -> Iterator[Browser]:
    """Chromium, started once."""
    demand_chromium()
    with Browser() as opened:
        yield opened


@pytest.fixture
def browser(one_browser: Browser) -> Iterator[Browser]:
    """A browser's window of 1280 by 900 with script, whatever another test did to it."""
    yield one_browser
    one_browser.reset()


@pytest.fixture
def city(tmp_path: Path) -> City:
    """Lay out a project with the small city; arguments as for ``small_city.lay_out`` after its folder."""
    return lambda sheets, **parts: lay_out(tmp_path, sheets, **parts)


@pytest.fixture
def small(city: City) -> Callable[..., History]:
    """The small city's history up to the last of its sheets' years; arguments as for ``city``."""

    def open_last(sheets: Mapping[int, Sheet], **parts: str) -> History:
        return load_history("machi", max(sheets), city(sheets, **parts))

    return open_last


@pytest.fixture
def small_plan(city: City) -> Callable[..., Plan]:
    """The small city's plan; arguments as for ``small_city.lay_out`` without sheets."""
    return lambda **parts: load_plan(city({}, **parts) / "data" / "raw" / "machi")


@pytest.fixture
def refusal(city: City) -> Callable[..., str]:
    """The message with which the small city's plan is refused; arguments as for ``small_city.lay_out``."""

    def message(**parts: str) -> str:
        with pytest.raises(PlanFileError) as caught:
            city({}, **parts)
        return str(caught.value)

    return message


@pytest.fixture
def synthetic_root(tmp_path: Path) -> Path:
    """A project folder with the synthetic plan ``umikaze`` (架空, fiscal 2019-2024) and the notebooks."""
    return lay_out_synthetic(tmp_path, "umikaze")


@pytest.fixture
def reference_project(tmp_path: Path) -> Path:
    """A copy of the reference project without its reports."""
    return lay_out_reference(tmp_path / "project")
