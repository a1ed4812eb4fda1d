import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear, Period, brief_years_note, march_of


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("2022", 2022), (2022, 2022), ("２０２２年度", 2022), ("R4", 2022), ("r4", 2022), ("Ｒ４", 2022),
        ("令和4", 2022), ("令和４年度", 2022), (" 令和 4 年度 ", 2022), ("R04", 2022), ("㋿4年度", 2022),
        ("H30", 2018), ("平成30年度", 2018), ("平成31年度", 2019), ("令和元年度", 2019), ("令和元", 2019),
        ("令和1年度", 2019), ("R1", 2019), ("R元", 2019), ("H31", 2019), ("平成元年度", 1989), ("S63", 1988),
        ("昭和2年度", 1927), ("令和四年度", 2022), ("平成三十年度", 2018), ("平成十二", 2000), ("平成二八年度", 2016),
    ],
)  # fmt: skip
def test_every_way_to_write_a_fiscal_year_is_read(text: str | int, western: int) -> None:
    assert FiscalYear.parse(text) == FiscalYear(western)


@pytest.mark.parametrize(
    "nonsense",
    ["", " ", "abc", "R", "R0", "令和0年度", "令和100年度", "H32", "平成32年度", "昭和65年度", "22", "20222",
     "2022-2023", "R4.csv", "令和4年", "4", "1925", "2100", "-2022", "2022.0", "大正9年度", "令和〇年度", "令和十十年度", "T9", "R4R4", "元",
     1925, 2100, True, "٢٠٢٢"],
)  # fmt: skip
def test_nonsense_is_refused_with_the_value(nonsense: str | int) -> None:
    with pytest.raises(FiscalYearError) as caught:
        FiscalYear.parse(nonsense)
    assert f"「{nonsense}」" in str(caught.value)
    assert caught.value.exit_code == 2


@given(st.integers(1926, 2099))
def test_every_printed_form_reads_back(western: int) -> None:
    year = FiscalYear(western)
    assert {FiscalYear.parse(form) for form in (str(year), year.short, year.era, str(western), year)} == {
        year
    }


@given(st.integers(1927, 2098))
def test_neighbours_are_one_year_away(western: int) -> None:
    year = FiscalYear(western)
    assert (int(year.previous), int(year.next)) == (western - 1, western + 1)
    assert year.previous < year < year.next


def test_the_first_year_of_an_era_is_gannen() -> None:
    assert [str(FiscalYear(year)) for year in (2018, 2019, 2020)] == ["平成30年度", "令和元年度", "令和2年度"]
    assert FiscalYear(2019).short == "R1"


def test_a_period_knows_its_years_length_and_both_ends() -> None:
    period = Period(FiscalYear(2018), FiscalYear(2022))
    assert [int(year) for year in period.years] == [2018, 2019, 2020, 2021, 2022]
    assert len(period) == 5
    assert [FiscalYear(year) in period for year in (2017, 2018, 2022, 2023)] == [False, True, True, False]
    assert str(period) == "平成30年度～令和4年度（5年間）"


@pytest.mark.parametrize(
    ("western", "march"),
    [
        (1987, ("昭和", "S", 63)), (1988, ("平成", "H", 1)), (2014, ("平成", "H", 27)),
        (2018, ("平成", "H", 31)), (2019, ("令和", "R", 2)), (2022, ("令和", "R", 5)),
    ],
)  # fmt: skip
def test_the_march_in_which_a_year_ends_is_of_the_era_of_that_day(
    western: int, march: tuple[str, str, int]
) -> None:
    assert march_of(FiscalYear(western)) == march


def test_a_western_year_of_too_many_digits_says_how_many_there_are():
    with pytest.raises(FiscalYearError, match="「20200」は年度ではありません。西暦は4桁で書いてください。例"):
        FiscalYear.parse("20200")


@pytest.mark.parametrize(
    ("years", "note"),
    [
        ((2022,), "R4は令和4年度を表します。"),
        ((2018, 2019, 2020), "H30は平成30年度、R元は令和元年度、R2は令和2年度を表します。"),
        ((2016, 2017), "H28は平成28年度を表します（以下同様）。"),
    ],
)
def test_years_in_brief_are_explained_era_by_era(years: tuple[int, ...], note: str) -> None:
    assert brief_years_note(map(FiscalYear, years)) == note
