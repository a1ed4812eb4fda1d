"""The number formats that a workbook names by a number without saying their code, as Japanese Excel has them."""

from __future__ import annotations

__all__ = ["BUILT_IN", "UNKNOWN"]

_GREGORIAN = 'yyyy"年"m"月"d"日"'
_ERA, _SHORT_ERA = '[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d"
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_ACCOUNTS = "_ {0}* {1}_ ;_ {0}* -{1}_ ;_ {0}* {2}_ ;_ @_ "

# The code of a number that no built-in format of Japanese Excel has: what it shows is not known.
UNKNOWN = "[?]"
BUILT_IN = {
    0: "General",
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _SHORT_ERA, 28: _ERA, 29: _ERA, 30: "m/d/yy", 31: _GREGORIAN,
    32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: _YEAR_MONTH, 35: _MONTH_DAY, 36: _SHORT_ERA,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: _ACCOUNTS.format("", "#,##0", '"-"'), 42: _ACCOUNTS.format('"¥"', "#,##0", '"-"'),
    43: _ACCOUNTS.format("", "#,##0.00", '"-"??'), 44: _ACCOUNTS.format('"¥"', "#,##0.00", '"-"??'),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _SHORT_ERA, 51: _ERA, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _ERA,
    55: _YEAR_MONTH, 56: _MONTH_DAY, 57: _SHORT_ERA, 58: _ERA,
}  # fmt: skip
