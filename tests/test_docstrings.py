"""Every example in a docstring of the package runs and gives what it says."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

import helpers

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
