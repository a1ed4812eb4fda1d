import nbformat
import pytest

from helpers.errors import NotebookError, ParameterError
from helpers.pipeline.notebooks.parameters import check_parameters, declared_parameters


def notebook(source: str, tag: str = "parameters"):
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": [tag]})
    return nbformat.v4.new_notebook(cells=[cell])


REPORT = notebook('plan = "yamaguchi"  # id\nyear = 2022\nmost: int = 9\nshare: float = 1.0\nlimit = None')


def test_declared_types_come_from_annotation_or_default():
    types = {"plan": str, "year": int, "most": int, "share": float, "limit": None}
    assert declared_parameters(REPORT, "a.ipynb") == types


@pytest.mark.parametrize("value", ["9", 9.0, True, None, [9]])
def test_a_value_of_the_wrong_type_is_refused(value):
    with pytest.raises(ParameterError, match=r"a\.ipynb: パラメーター most は整数で指定してください"):
        check_parameters(REPORT, "a.ipynb", {"most": value})


@pytest.mark.parametrize("default", ["2022", '"R4"', '"令和4年度"'])
@pytest.mark.parametrize("value", [2021, "2021", "R3", "令和３年度"])
def test_a_year_is_taken_in_every_form_whatever_form_the_default_has(default, value):
    check_parameters(notebook(f"year = {default}"), "a.ipynb", {"year": value})


@pytest.mark.parametrize("value", ["R99", True, None, 2022.0, [2022]])
def test_what_is_no_fiscal_year_is_refused_with_examples(value):
    with pytest.raises(ParameterError, match=r"a\.ipynb: パラメーター year: .*年度.*例"):
        check_parameters(REPORT, "a.ipynb", {"year": value})


@pytest.mark.parametrize("given", [{"plan": "x"}, {"year": 2021}, {"share": 1}, {"limit": "any"}, {}])
def test_declared_names_with_fitting_values_pass(given):
    check_parameters(REPORT, "a.ipynb", given)


def test_a_misspelt_name_is_refused_with_the_nearest():
    with pytest.raises(ParameterError, match=r"yaer は宣言されていません.*近い名前: year"):
        check_parameters(REPORT, "a.ipynb", {"yaer": 2022})


def test_a_name_that_is_code_is_refused():
    with pytest.raises(ParameterError):
        check_parameters(REPORT, "a.ipynb", {"import os; os.abort()": 1})


def test_a_notebook_without_the_tag_takes_no_parameter():
    with pytest.raises(ParameterError, match="parameters のタグ"):
        check_parameters(notebook("year = 2022", tag="other"), "a.ipynb", {"year": 2022})


def test_a_parameters_cell_that_is_not_python_is_an_error_of_the_notebook():
    with pytest.raises(NotebookError, match="2行目"):
        check_parameters(notebook("year = 2022\n2021 ="), "a.ipynb", {"year": 2022})
