"""That the tests are run, all of them, and that each has a home that mirrors the sources."""

import ast
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

import pytest

from run_mutants import module_of, modules_of_tests, read_mutants, sources

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src" / "helpers"
# Folders of tests of more than one room of the package, or of what lies outside it.
OF_THE_WHOLE = {"benchmarks", "lab", "plans", "printed", "trust"}


def test_no_folder_with_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {file.parent.relative_to(HERE) for file in HERE.rglob("test_*.py")}
    assert len(folders) > 10
    assert [f for f in folders for part in f.parts for name in passed_over if fnmatch(part, name)] == []


def names_of_tests(body: Sequence[ast.stmt]) -> list[str]:
    return [node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test")]


def test_whatever_is_named_a_test_is_collected() -> None:
    """A module of tests has some, at its top or in a class of tests; other modules have none; none hides another."""
    for file in HERE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        classes = [
            node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
        ]
        homes = [names_of_tests(tree.body), *(names_of_tests(node.body) for node in classes)]
        every = [
            name
            for node in ast.walk(tree)
            if hasattr(node, "body") and isinstance(node.body, list)
            for name in names_of_tests(node.body)
        ]
        assert sorted(every) == sorted(name for names in homes for name in set(names)), file
        assert bool(every) is file.name.startswith("test_"), file


def test_no_test_is_left_out_because_its_list_of_cases_is_empty(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("empty_parameter_set_mark") == "fail_at_collect"


def test_folders_of_tests_mirror_those_of_the_sources() -> None:
    folders = {file.parent.relative_to(HERE) for file in HERE.rglob("test_*.py")}
    homeless = {f for f in folders if not (PACKAGE / f).is_dir() and f.parts[0] not in OF_THE_WHOLE}
    assert homeless == set()


def test_every_change_that_tests_have_to_find_can_be_made() -> None:
    mutants, texts = read_mutants(), sources()
    assert len(mutants) >= 30 and len(set(mutants)) == len(mutants)
    for mutant in mutants:
        assert mutant.new != mutant.old and module_of(mutant, texts) and modules_of_tests(mutant.tests)
