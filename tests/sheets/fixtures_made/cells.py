"""Cells: how numbers, names, statuses and other words are written."""

from __future__ import annotations

from .writing import (
    ACTIVITIES,
    DEPARTMENT,
    HEADER,
    ITEM,
    ITEMS,
    KIGOU,
    NUMBER,
    POLICY,
    REMARKS,
    STATUS,
    TITLE,
    changed,
    in_column,
    rows,
    written,
)

changed(
    {
        "full_width_digits.xlsx": in_column(NUMBER, "１２３４５６"),
        "numbers_as_text.xlsx": in_column(NUMBER, [f"00{item}" for item in range(1, 7)]),
        "numbers_with_decimals.csv": in_column(NUMBER, [f"{item}.0" for item in range(1, 7)]),
        "circled_numbers.xlsx": in_column(NUMBER, "①②③④⑤⑥"),
        "decorated_numbers.xlsx": in_column(NUMBER, ["No.1", "№２", "（3）", "項目４", "第5号", "#6"]),
        "variant_characters.xlsx": {
            (2, ITEM): "髙齢者の見守り支援",
            (3, ITEM): "サ－ビス案内の充実（窓口〜出張所）",
            (5, ITEM): "市税･使用料の収納率向上",
        },
        "names_with_marks.xlsx": {
            (1, ITEM): "1 窓口のワンストップ化",
            (2, ITEM): "(2)高齢者の見守り支援",
            (4, ITEM): "公共施設の集約化※1",
        },
        "ditto_marks.xlsx": {
            (2, POLICY): "〃",
            (3, POLICY): "同上",
            (5, POLICY): "〃",
            (6, POLICY): "″",
            (2, DEPARTMENT): "市民課",
            (3, DEPARTMENT): "〃",
        },
        "dashes_for_nothing.csv": {
            (2, ACTIVITIES): "－",
            (3, ACTIVITIES): "-",
            (6, REMARKS): "―",
            (4, POLICY): "‐",
        },
    }
)
changed(
    {
        "spaces_everywhere.csv": in_column(STATUS, [f" {item[STATUS]}　" for item in ITEMS])
        | {(4, STATUS): "検　討　中", (1, ITEM): "窓口の　ワンストップ化 ", (2, NUMBER): "　2 "},
        "half_width_katakana.csv": {(3, ITEM): "ｻｰﾋﾞｽ案内の充実(窓口~出張所)", (6, ITEM): "ﾆｭｰﾀｳﾝの再編"},
    },
    "cp932",
)
romans = [
    [cell for at, cell in enumerate(line) if at != POLICY] for line in rows(in_column(NUMBER, "ⅠⅡⅢⅣⅤⅥ"))
]
written({"roman_numbers.csv": romans})
dittos = [list(ITEMS[at]) for at in (0, 2, 4, 1, 3, 5)]
dittos[1][STATUS] = dittos[2][STATUS] = "〃"
written({"ditto_status.xlsx": [[TITLE], HEADER, *dittos]})

# Another vocabulary

numbers = ["１－１－１", "1‐1‐2", "1−2−1", "2ー1ー1", "２-１-10"]
statuses = ["◎", "〇", "遅れ、見直し", "✕", "－"]
aliases = ["達成･完了", "○", "△", "×", "対象外"]
written(
    {
        "symbols.csv": [HEADER[:4], *KIGOU],
        "symbols_written_otherwise.xlsx": [
            HEADER[:4],
            *(
                [number, *item[1:3], status]
                for number, item, status in zip(numbers, KIGOU, statuses, strict=True)
            ),
        ],
        "symbols_as_aliases.xlsx": [
            HEADER[:4],
            *([*item[:3], status] for item, status in zip(KIGOU, aliases, strict=True)),
            ["計", None, None, 4],
        ],
    }
)
