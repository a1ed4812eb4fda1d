"""The notebooks are thin essays: what an analyst would reuse lives in ``helpers`` with a test."""

import ast
import json
import re
import shutil
import subprocess
import sys
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import helpers
from helpers.pipeline.identity.notebook_source import notebook_source

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
Cell = dict[str, Any]


def cells(path: Path, kind: str = "code") -> list[Cell]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell: Cell) -> str:
    return "".join(cell["source"])


def by_name(path: Path) -> str:
    return path.name


every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)


def test_the_notebooks_of_a_build_are_there() -> None:
    assert {"annual_report.ipynb", "ingest.ipynb"} <= {path.name for path in NOTEBOOKS}


@every_notebook
def test_is_committed_as_its_source_alone(path: Path) -> None:
    # Of a notebook that ran and was saved, git holds the source; where git does not know it, the file has to.
    held = subprocess.run(["git", "show", f":./{path.name}"], cwd=path.parent, capture_output=True)
    content = held.stdout if held.returncode == 0 else path.read_bytes()
    remedy = f"{path.name} holds outputs: run `make lab` once, then `git add --renormalize notebooks` (CONTRIBUTING.md)"
    assert content == notebook_source(content), remedy


def test_git_sees_a_saved_notebook_as_its_source(tmp_path: Path) -> None:
    root = NOTEBOOKS[0].parents[1]
    git = ["git", "-C", str(tmp_path)]
    filtered = f"{sys.executable} -m helpers.pipeline.identity.notebook_source"
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "config", "filter.notebook-source.clean", filtered], check=True)
    shutil.copy(root / ".gitattributes", tmp_path)
    (tmp_path / "notebooks").mkdir()
    file = tmp_path / "notebooks" / "annual_report.ipynb"
    source = (root / "notebooks" / file.name).read_bytes()
    saved = json.loads(source)
    saved["cells"][0] |= {"execution_count": 1, "outputs": []}
    file.write_text(json.dumps(saved), encoding="utf-8")
    subprocess.run([*git, "add", "."], check=True)
    staged = subprocess.run([*git, "show", f":notebooks/{file.name}"], check=True, capture_output=True)
    assert staged.stdout == source
    make = (root / "Makefile").read_text(encoding="utf-8")
    assert "filter.notebook-source.clean" in make and filtered.partition("-m ")[2] in make


@every_notebook
def test_defines_nothing(path: Path) -> None:
    made_here = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If)
    for cell in cells(path):
        assert not [node for node in ast.walk(ast.parse(source(cell))) if isinstance(node, made_here)]
        assert not source(cell).lstrip().startswith(("%", "!"))


@every_notebook
def test_begins_with_parameters_then_one_import_cell(path: Path) -> None:
    first, second, *others = cells(path)
    assert first["metadata"]["tags"] == ["parameters"]
    assert [line.split("=")[0].strip() for line in source(first).splitlines()][:2] == ["plan", "year"]
    assert all("#" in line for line in source(first).splitlines())
    assert re.match(r"(import \w+\n)*\n?from helpers import ", source(second))
    assert not any("parameters" in cell["metadata"].get("tags", []) for cell in (second, *others))
    assert not any("import" in source(cell) for cell in others)


@every_notebook
def test_shows_one_thing_a_cell(path: Path) -> None:
    for cell in cells(path)[2:]:
        assert 1 <= len(ast.parse(source(cell)).body) <= 3, cell["id"]


def test_the_annual_report_is_an_essay_that_says_why_each_section_is_there() -> None:
    path = next(path for path in NOTEBOOKS if path.name == "annual_report.ipynb")
    assert len(cells(path)) + len(cells(path, "markdown")) <= 29
    for cell in cells(path)[2:]:
        first, second, *_ = source(cell).splitlines()
        assert first.startswith("# ") and first.endswith("。") and not second.startswith("#"), cell["id"]
        assert len(ast.parse(source(cell)).body) == 1, cell["id"]


@every_notebook
def test_types_no_number_of_the_year_into_its_prose(path: Path) -> None:
    for cell in cells(path, "markdown"):
        prose = [line for line in source(cell).splitlines() if not line.startswith("#")]
        # 1年分 (one year's worth) is no figure of the report.
        assert not any(char.isdigit() for line in prose for char in line.replace("1年分", "")), cell["id"]


@every_notebook
def test_cells_have_names_of_their_own(path: Path) -> None:
    ids = [cell["id"] for kind in ("code", "markdown") for cell in cells(path, kind)]
    assert len(set(ids)) == len(ids)
    assert all(name.replace("-", "").isalpha() for name in ids)


@every_notebook
def test_shows_only_what_the_package_offers(path: Path) -> None:
    modules = {
        alias.name
        for node in ast.walk(ast.parse(source(cells(path)[1])))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for cell in cells(path)[2:]:
        for node in ast.walk(ast.parse(source(cell))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if re.fullmatch(r"[\w.]+", name) and name.split(".")[0] in modules:
                assert callable(attrgetter(name)(helpers))
