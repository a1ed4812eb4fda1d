"""Every example in a docstring of the package runs and gives what it says."""

import ast
import doctest
from importlib import import_module
from pathlib import Path

import pytest

import helpers

PACKAGE = Path(helpers.__file__).parent


def modules_with_examples() -> list[str]:
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if has_examples(file)]
    names = [".".join(("helpers", *file.relative_to(PACKAGE).with_suffix("").parts)) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def has_examples(file: Path) -> bool:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, documented)]
    lines = [line for node in nodes for line in (ast.get_docstring(node) or "").splitlines()]
    return any(line.lstrip().startswith(">>> ") and "doctest: +SKIP" not in line for line in lines)


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_run(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.delenv("GYOKAKU_ROOT", raising=False)
    result = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_examples_are_found() -> None:
    assert {"helpers", "helpers.fiscal_year", "helpers.plan.printing", "helpers.text.html"} <= set(
        modules_with_examples()
    )
