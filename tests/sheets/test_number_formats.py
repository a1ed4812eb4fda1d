"""A number or text under a number format is read as Excel in Japan shows it, or said not to be known."""

import io
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.files.writing import zipped
from helpers.sheets.files.grid import Quirk
from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.shown.codes import UnknownFormatError
from helpers.sheets.files.shown.number_formats import number_shown, text_shown
from spreadsheets import members
from tries import tries

# 44835 is the 1st of October 2022, a Saturday; 43586 the first day of Reiwa.
NUMBERS = [
    ("7", "General", "7"),
    ("0.30000000000000004", "General", "0.3"),
    ("3.14159265358979", "General", "3.141592654"),
    ("123456.789012345", "General", "123456.789"),
    ("123456789012", "General", "1.23457E+11"),
    ("-0.5", "General", "-0.5"),
    ("27", 'General"件"', "27件"),
    ("7", '"No."0', "No.7"),
    ("7", "000", "007"),
    ("5", '0"人"', "5人"),
    ("0", '#"件"', "件"),
    ("1.5", "0", "2"),
    ("2.5", "0", "3"),
    ("1.005", "0.00", "1.01"),
    ("1", "0.##", "1."),
    ("0.855", "0.0%", "85.5%"),
    ("0.125", "0%", "13%"),
    ("1200000", '#,##0"円"', "1,200,000円"),
    ("1200000", '"¥"#,##0;[Red]"¥"-#,##0', "¥1,200,000"),
    ("-1200000", '"¥"#,##0;[Red]"¥"-#,##0', "¥-1,200,000"),
    ("-5", "[$¥-411]#,##0", "-¥5"),
    ("1200000", '"\\"#,##0;[Red]"\\"\\-#,##0', "¥1,200,000"),
    ("1200000", "\\\\#,##0", "¥1,200,000"),
    ("1234567", '#,##0,"千円"', "1,235千円"),
    ("1234567", '0.0,,"百万円"', "1.2百万円"),
    ("-12.34", "+0.0;△0.0;±0", "△12.3"),
    ("0", "+0.0;△0.0;±0", "±0"),
    ("-1234", "#,##0_);[Red]\\(#,##0\\)", "(1,234)"),
    ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', " - "),
    ("1", '[=1]"実施";[=2]"一部実施";"未実施"', "実施"),
    ("2", '[=1]"実施";[=2]"一部実施";"未実施"', "一部実施"),
    ("3", '[=1]"実施";[=2]"一部実施";"未実施"', "未実施"),
    ("0", '"実施";;"未実施"', "未実施"),
    ("0", "0;-0;;@", ""),
    ("5", ";;;", ""),
    ("0.4", '[>=0.5]"多";"少"', "少"),
    ("1", '[=1]"レ";;', "レ"),
    ("312345678", "[<=99999999]####-####;\\(00\\) ####-####", "(03) 1234-5678"),
    ("12345", "0.00E+00", "1.23E+04"),
    ("12345", "##0.0E+0", "12.3E+3"),
    ("1.25", "# ?/?", "1 1/4"),
    ("0.5", "# ??/??", "  1/2 "),
    ("3", "# ?/?", "3    "),
    ("3", "0 0/0", "3 0/1"),
    ("0", "0 0/0", "0 0/1"),
    ("0.3", "?/10", "3/10"),
    ("12", "[DBNum1]General", "十二"),
    ("12", "[DBNum1]0", "一二"),
    ("12", "[DBNum3]0", "１２"),
    ("44835", '[$-411]ggge"年度"', "令和4年度"),
    ("44835", "[$-411]ge.m.d;@", "R4.10.1"),
    ("44835", "[$-1030411]ge\\.m\\.d;@", "R4.10.1"),
    ("44835", 'gge"年"', "令4年"),
    ("43585", '[$-411]ggge"年"m"月"d"日"', "平成31年4月30日"),
    ("43586", '[$-411]ggge"年"m"月"d"日"', "令和1年5月1日"),
    ("43586", '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', "令和元年5月1日"),
    ("43586", '[$-ja-JP-x-gannen,80]ggge"年"m"月"d"日";@', "令和元年5月1日"),
    ("43586", '[$-ja-JP,80]ggge"年"', "令和1年"),
    ("44835", '[DBNum1][$-411]ggge"年"m"月"d"日"', "令和四年十月一日"),
    ("44835", "yyyy/m/d", "2022/10/1"),
    ("44835", "YYYY\\-MM\\-DD", "2022-10-01"),
    ("44835", 'm"月"d"日"(aaa)', "10月1日(土)"),
    ("44835", "[$-411]aaaa", "土曜日"),
    ("1", "aaa", "日"),  # as WEEKDAY counts
    ("7", "[$-411]aaaa", "土曜日"),
    ("44835", "[$-409]d-mmm-yy;@", "1-Oct-22"),
    ("44835", "[$-F800]dddd, mmmm dd, yyyy", "2022年10月1日"),
    ("44835.375", 'h"時"mm"分"', "9時00分"),
    ("44835.75", "[$-411]AM/PM h:mm", "午後 6:00"),
    ("44835.6", "yyyy/m/d h:mm:ss", "2022/10/1 14:24:00"),
    ("1.5", "[h]:mm", "36:00"),
    ("0.0000578", "mm:ss.0", "00:05.0"),
    ("0", "yyyy/m/d", "1900/1/0"),
    ("60", "yyyy/m/d", "1900/2/29"),
]
TEXTS = [
    ("総務", '@"課"', "総務課"),
    ("総務", "0.0%", "総務"),
    ("総務", ';;;"（"@"）"', "（総務）"),
    ("総務", '0;-0;0;"文"', "文"),
    ("総務", ";;;", ""),
    ("総務", "@", "総務"),
]
UNKNOWN = [
    ("5", "[?]"),
    ("5", '@"課"'),
    ("5", '[=1]"実施"'),
    ("5", '[=1]"レ";;'),
    ("-1", "yyyy/m/d"),
    ("3000000", "yyyy/m/d"),
    ("44835", "[$-804]aaaa"),
    ("44835", "[$-1030411]yyyy"),
    ("44835", "[$-D000411]yyyy"),
    ("5", "[$-D000411]0"),
    ("44835", "0 yyyy"),
    ("5", "0;0;0;0;0"),
    ("-5", '[>100]"多";"少"'),
    ("12345", "[DBNum1]General"),
    ("5", "0" * 256),
]


@pytest.mark.parametrize(("number", "code", "shown"), NUMBERS)
def test_a_number_is_shown_as_excel_shows_it(number: str, code: str, shown: str) -> None:
    assert number_shown(number, code) == shown


@pytest.mark.parametrize(("text", "code", "shown"), TEXTS)
def test_a_text_is_shown_as_excel_shows_it(text: str, code: str, shown: str) -> None:
    assert text_shown(text, code) == shown


@pytest.mark.parametrize(("number", "code"), UNKNOWN)
def test_what_is_not_known_is_no_guess(number: str, code: str) -> None:
    with pytest.raises(UnknownFormatError):
        number_shown(number, code)


@pytest.mark.parametrize("number", ["", "1O", "NaN", "1_000", "１", "Infinity", "1e9999"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError):
        number_shown(number, "0")


def test_dates_that_count_from_1904_are_the_same_days() -> None:
    assert number_shown("43373", "yyyy/m/d", is_1904=True) == "2022/10/1"


@settings(max_examples=tries(200))
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_digits_are_rounded_half_up_in_decimal_and_nothing_is_lost(number: Decimal, places: int) -> None:
    code = "#,##0" + ("." + "0" * places if places else "")
    shown = Decimal(number_shown(f"{number:f}", code).replace(",", ""))
    assert abs(shown - number) <= Decimal("0.5").scaleb(-places)
    assert abs(abs(shown) - abs(number)) < Decimal("0.5").scaleb(-places) or abs(shown) > abs(number)


def test_a_workbook_is_read_as_it_shows_every_value_under_every_format() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for row, (number, code, _) in enumerate(NUMBERS):
        sheet.write_string(row, 0, "欄")
        sheet.write_number(row, 1, float(number), book.add_format({"num_format": code}))
    for row, (text, code, _) in enumerate(TEXTS, start=len(NUMBERS)):
        sheet.write_string(row, 1, text, book.add_format({"num_format": code}))
    book.close()
    (grid,) = read_grids(stream.getvalue(), ".xlsx")
    wanted = [shown for *_, shown in (*NUMBERS, *TEXTS)]
    assert [grid.raw(row, 1).strip() for row in range(len(wanted))] == [shown.strip() for shown in wanted]
    blank = {(row, 1): Quirk("blanked", "5") for row, (_, code, _) in enumerate(NUMBERS) if code == ";;;"}
    assert blank.items() <= grid.quirks.items()


def test_of_two_codes_of_a_format_the_one_for_newer_programs_is_shown() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("表").write_number(0, 0, 43586, book.add_format({"num_format": "[$-411]ggge"}))
    book.close()
    parts = members(stream.getvalue())
    older, newer = b'formatCode="[$-411]ggge"', b' x16r2:formatCode16="[$-ja-JP-x-gannen,80]ggge"'
    assert older in parts["xl/styles.xml"]
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(older, older + newer)
    names = b' xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"'
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<styleSheet", b"<styleSheet" + names)
    assert read_grids(zipped(parts), ".xlsx")[0].rows == (("令和元",),)
