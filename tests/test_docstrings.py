"""Every example in a docstring of the package runs and gives what it says."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

import helpers
from helpers import charts, tables

PACKAGE = Path(helpers.__file__).parent
EXAMPLE = re.compile(r"^ *>>> (?!.*doctest: \+SKIP)", re.MULTILINE)


def modules_with_examples() -> list[str]:
    """The modules in which an example begins a line of its own."""
    files = [
        file for file in sorted(PACKAGE.rglob("*.py")) if EXAMPLE.search(file.read_text(encoding="utf-8"))
    ]
    names = [".".join(("helpers", *file.relative_to(PACKAGE).with_suffix("").parts)) for file in files]
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_run(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.delenv("GYOKAKU_ROOT", raising=False)
    result = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_examples_are_found() -> None:
    some = {"helpers", "helpers.fiscal_year", "helpers.plan.printing", "helpers.text.html"}
    assert some <= set(modules_with_examples())


def test_the_map_of_the_door_has_a_line_for_every_name_and_no_other() -> None:
    """What ``help(helpers)`` shows first."""
    lines = re.findall(r"^    (\w+) {2,}(\S.*)$", helpers.__doc__ or "", re.MULTILINE)
    assert sorted(name for name, _ in lines) == sorted(helpers.__all__)
    for name, _ in lines:
        assert getattr(helpers, name).__doc__


def test_the_doors_of_tables_and_charts_list_every_one() -> None:
    assert {entry.id for entry in tables.REGISTER} <= set(tables.__all__)
    assert (
        all(callable(getattr(charts, name).draw) for name in charts.__all__)
        and "what_moved" in charts.__all__
    )
