"""The parameters that a notebook declares, and whether given ones fit: checked before a cell runs.

papermill itself only warns about a name that is not declared and checks no type.
"""

from __future__ import annotations

__all__ = ["YEAR", "check_parameters", "declared_parameters"]

import ast
import keyword
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from helpers.errors import FiscalYearError, NotebookError, ParameterError
from helpers.fiscal_year import FiscalYear

YEAR = "year"  # takes every way to write a fiscal year, whatever its default is: 2022, "R4", "令和4年度"
_TYPES: dict[str, type] = {kind.__name__: kind for kind in (str, int, float, bool, list, dict)}
_TYPE_NAMES = {
    "str": "文字列",
    "int": "整数",
    "float": "数",
    "bool": "True か False",
    "list": "リスト",
    "dict": "辞書",
}


def declared_parameters(notebook: Any, name: str) -> dict[str, type | None]:
    """The names and types of a notebook's parameters, which are the assignments of its cell tagged ``parameters``.

    The type is None where neither annotation nor default value gives one.

    Raises:
        NotebookError: the cell is not Python.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            try:
                tree = ast.parse(cell.source)
            except SyntaxError as error:
                raise NotebookError(f"{name}: parameters のセルを読めません（{error.lineno}行目）") from error
            return dict(declared for statement in tree.body if (declared := _declared(statement)))
    return {}


def check_parameters(notebook: Any, name: str, given: Mapping[str, object]) -> None:
    """Check the names and types of the parameters that a notebook is to run with.

    Raises:
        ParameterError: a name is not declared, a value is not of the declared type, or the year is no fiscal year.
    """
    declared = declared_parameters(notebook, name)
    for key, value in given.items():
        # Names are pasted into the notebook as code; only what the notebook itself declares may pass.
        if key not in declared or not key.isidentifier() or keyword.iskeyword(key):
            raise ParameterError(_unknown(name, key, declared))
        if key == YEAR:
            _demand_year(name, value)
            continue
        expected = declared[key]
        if expected is not None and not _fits(value, expected):
            kind = _TYPE_NAMES[expected.__name__]
            raise ParameterError(
                f"{name}: パラメーター {key} は{kind}で指定してください（指定された値: {value!r}）"
            )


def _demand_year(name: str, value: object) -> None:
    try:
        FiscalYear.parse(value if isinstance(value, FiscalYear | int) else str(value))
    except FiscalYearError as error:
        raise ParameterError(f"{name}: パラメーター {YEAR}: {error}") from None


def _declared(statement: ast.stmt) -> tuple[str, type | None] | None:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        annotation = statement.annotation.id if isinstance(statement.annotation, ast.Name) else ""
        return statement.target.id, _TYPES.get(annotation) or _type_of(statement.value)
    if isinstance(statement, ast.Assign) and isinstance(target := statement.targets[0], ast.Name):
        return target.id, _type_of(statement.value)
    return None


def _type_of(default: ast.expr | None) -> type | None:
    try:
        value = ast.literal_eval(default) if default is not None else None
    except ValueError:
        return None
    return type(value) if type(value).__name__ in _TYPES else None


def _fits(value: object, expected: type) -> bool:
    if isinstance(value, bool):
        return expected is bool
    return isinstance(value, (int, float) if expected is float else expected)


def _unknown(name: str, key: str, declared: Mapping[str, object]) -> str:
    if not declared:
        return f"{name}: パラメーター {key} は使えません。parameters のタグが付いたセルで宣言してください"
    nearest = get_close_matches(key, declared, n=1, cutoff=0.5)
    hint = f"。近い名前: {nearest[0]}" if nearest else ""
    return f"{name}: パラメーター {key} は宣言されていません（宣言: {'、'.join(declared)}）{hint}"
