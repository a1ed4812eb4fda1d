"""Tables cell by cell: rows and columns are known again when others come, go or are renamed."""

from helpers.proof.diff.differences import TableChange
from helpers.proof.diff.grid_changes import compare_grids, compare_tables
from helpers.proof.diff.text_grid import Grid, Row, csv_grids, mapping_grid, named_row


def grid(*rows: Row, columns: tuple[str, ...] = ("番号", "名称", "数")) -> Grid:
    return Grid("t", "表", columns, rows)


def row(number: str, name: str, count: str, group: str = "Ⅰ") -> Row:
    return named_row(group, (number, name), (number, name, count))


def cells(before: Grid, after: Grid) -> list[tuple[str, str, str | None, str | None]]:
    change = compare_grids(before, after)
    return [(c.row, c.column, c.before, c.after) for c in change.cells] if change else []


def test_a_row_that_came_does_not_shift_the_others() -> None:
    before = grid(row("1", "a", "10"), row("3", "c", "30"))
    after = grid(row("1", "a", "10"), row("2", "b", "20"), row("3", "c", "31"))
    assert cells(before, after) == [("2 b", "", None, "20"), ("3 c", "数", "30", "31")]


def test_rows_of_one_name_are_told_apart_by_their_group() -> None:
    def named(group: str, count: str) -> Row:
        return named_row(group, ("実施",), ("実施", count))

    columns = ("状況", "数")
    before = grid(named("Ⅰ", "1"), named("Ⅱ", "2"), columns=columns)
    after = grid(named("Ⅰ", "1"), named("Ⅱ", "3"), columns=columns)
    assert cells(before, after) == [("Ⅱ 実施", "数", "2", "3")]


def test_a_renamed_group_is_told_once() -> None:
    before = grid(row("1", "a", "1"), row("2", "b", "2"))
    after = grid(row("1", "a", "1", "新"), row("2", "b", "2", "新"))
    assert cells(before, after) == [("行のまとまりの見出し", "", "Ⅰ", "新")]


def test_another_order_of_rows_is_a_difference() -> None:
    first, second, third = row("1", "a", "1"), row("2", "b", "2"), row("3", "c", "3")
    assert cells(grid(first, second, third), grid(first, third, second)) == [
        ("行の順序", "", "2 b、3 c", "3 c、2 b")
    ]


def test_a_renamed_column_keeps_its_cells() -> None:
    before = grid(row("1", "a", "1"))
    after = grid(row("1", "a", "2"), columns=("番号", "名称", "項目数"))
    assert cells(before, after) == [("列見出し", "", "数", "項目数"), ("1 a", "項目数", "1", "2")]


def test_a_column_that_came_is_told_without_its_cells() -> None:
    before = grid(row("1", "a", "1"))
    after = grid(Row("Ⅰ", ("1", "a"), ("1", "a", "1", "x"), "1"), columns=("番号", "名称", "数", "備考"))
    assert cells(before, after) == [("", "備考", None, "列")]


def test_rows_of_a_csv_are_named_by_the_first_columns_that_tell_them_apart() -> None:
    before = b"year,status,items\n2022,x,1\n2022,y,2\n"
    after = b"year,status,items\n2022,x,1\n2022,y,3\n"
    assert cells(*csv_grids("c", before, after)) == [("2022 y", "items", "2", "3")]


def test_settings_are_compared_by_key() -> None:
    before = mapping_grid("plan.toml", {"a": {"b": 1}, "list": [{"x": 1}, {"x": 2}]})
    after = mapping_grid("plan.toml", {"a": {"b": 2}, "list": [{"x": 1}]})
    assert cells(before, after) == [("a.b", "値", "1", "2"), ("list[2].x", "", "2", None)]


def test_a_table_on_one_side_only_is_told_as_a_whole() -> None:
    assert compare_tables([], [grid()]) == (TableChange("表"),)
    assert compare_tables([grid()], []) == (TableChange("表", is_after=False),)
    assert compare_tables([grid()], [grid()]) == ()
