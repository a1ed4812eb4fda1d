"""What a clerk may get wrong: statuses, numbers, names, policies, totals, characters, years, columns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from .writing import (
    ACTIVITIES,
    DEPARTMENT,
    FIRST,
    FIXTURES,
    HEADER,
    ITEM,
    ITEMS,
    KIGOU,
    NUMBER,
    POLICY,
    REMARKS,
    SECOND,
    STATUS,
    TITLE,
    changed,
    merging,
    rows,
    text,
    written,
)

PLAIN = rows()
AGAIN = [2, FIRST, "高齢者の見守り支援", "一部実施"]

changed(
    {
        "unknown_status.xlsx": {(2, STATUS): "一部実施済"},
        "missing_status.xlsx": {(2, STATUS): None, (4, STATUS): "－"},
        "control_characters_in_status.csv": {(2, STATUS): "一部実施\x1b[2J", (3, STATUS): "\u202e実施"},
        "status_with_line_breaks.xlsx": {(2, STATUS): "実施した。\n" * 20},
        "status_words_in_another_order.xlsx": {(2, STATUS): "実施（一部）"},
        "look_alike_status.xlsx": {(2, STATUS): "ー部実施"},
        "ditto_with_nothing_above.xlsx": {(1, STATUS): "〃"},
        "name_of_another_number.csv": {(4, ITEM): "市税・使用料の収納率向上"},
        "unknown_name.csv": {(4, ITEM): "公共施設の統廃合"},
        "look_alike_name.csv": {(6, ITEM): "二ュータウンの再編"},
        "policy_mismatch.csv": {(4, POLICY): "Ⅰ"},
        "unknown_policy.csv": {(4, POLICY): "Ⅲ 健全な行政運営"},
        "departments_that_look_equal.csv": {(1, DEPARTMENT): "エ務課", (2, DEPARTMENT): "工務課"},
        "emoji.xlsx": {(1, ACTIVITIES): "総合窓口を開いた😀"},
        "control_character.csv": {(1, ACTIVITIES): "総合窓口を\x0b開いた。"},
        "character_without_a_glyph.xlsx": {(6, REMARKS): "กรุงเทพ"},
    }
)
changed({"missing_number.csv": {(3, NUMBER): None}}, "cp932")
everything = {
    (1, STATUS): "実施済",
    (3, NUMBER): "33",
    (4, ITEM): "何か",
    (6, STATUS): None,
    (5, DEPARTMENT): "税務課\ue000",
}
headings = [[item[0], None, *item[2:]] for item in ITEMS]
written(
    {
        "unknown_item.csv": [*PLAIN, [61, SECOND, "ニュータウンの再編その２", "実施"]],
        "code_turned_into_a_date.xlsx": [
            HEADER[:4],
            *KIGOU[:2],
            [datetime.date(2001, 2, 1), *KIGOU[2][1:]],
            *KIGOU[3:],
        ],
        "item_not_alive.csv": [*PLAIN, [7, SECOND, "旧庁舎の活用", "実施"]],
        "item_missing.csv": [line for line in PLAIN if line[0] != 4],
        "item_twice.csv": [*PLAIN, AGAIN],
        "repeat_differs.csv": [*PLAIN, [2, FIRST, "高齢者の見守り支援（再掲）", "実施"]],
        "policy_heading_mismatch.xlsx": [
            [TITLE],
            HEADER,
            [f"基本方針{FIRST}"],
            *headings[:4],
            [f"基本方針{SECOND}"],
            *headings[4:],
        ],
        "text_that_is_not_read.csv": [*PLAIN[:3], ["", "", "", "", "前の行の続き"], *PLAIN[3:]],
        "everything_at_once.csv": rows(everything, title="令和3年度 調査"),
    }
)
written({"two_statuses.xlsx": [*PLAIN[:3], [None, None, None, "検討中"], *PLAIN[3:]]}, edit=merging("A3:A4"))
FIXTURES["gaiji.csv"] = lambda: (
    text(rows({(2, DEPARTMENT): "福祉課X"}))
    .encode("cp932")
    .replace("福祉課X".encode("cp932"), "福祉課".encode("cp932") + b"\xf0\x40")
)

# Totals


def totals(counts: Sequence[Any], total: Any) -> list[list[Any]]:
    names = ["実施", "一部実施", "検討中", "未実施"]
    pairs = [[name, count] for name, count in zip(names, counts, strict=True)]
    title = [["令和４年度 実施状況（合計のみ）"], ["※合計のみ: 広報から"]]
    return [*title, ["実施状況", "項目数"], *pairs, ["合計", total]]


agreeing = totals([3, 1, 1, 1], 6)
written({"totals_only.csv": agreeing}, "cp932")
written(
    {
        "totals_only_written_otherwise.xlsx": totals(["３件", "1項目", 1.0, "１"], "６"),
        "totals_do_not_add_up.csv": totals([3, 1, 1, 1], 7),
        "totals_differ_from_the_plan.csv": totals([3, 1, 1, 2], 7),
        "totals_without_a_number.csv": totals([3, 1, "不明", 1], 6),
        "totals_without_a_status.csv": [line for line in agreeing if line[0] != "未実施"],
        "totals_with_a_status_twice.csv": [*agreeing[:-1], ["実施", 3]],
        "totals_with_an_unknown_status.csv": [*agreeing[:-1], ["実施済み", 0]],
        "total_disagrees.xlsx": [*PLAIN, ["合計", None, None, "実施3、一部実施2、検討中1、未実施1"]],
        "subtotal_disagrees.xlsx": [
            *PLAIN[:5],
            ["小計", None, None, 3],
            *PLAIN[5:],
            ["小計", None, None, 4],
            ["合計", None, None, 6],
        ],
        "total_under_a_policy_disagrees.csv": [
            *PLAIN[:5],
            ["計", None, None, 4],
            *PLAIN[5:],
            ["Ⅱ 計", None, None, 4],
            ["合計", None, None, 6],
        ],
        "total_that_cannot_be_read.xlsx": [*PLAIN, ["合計", None, None, "前年から2増えて6"]],
    }
)

# Years and columns

statuses = [item[:4] for item in ITEMS]
written(
    {
        "short_year_in_title.csv": rows(title="R3 実施状況"),
        "wrong_year_in_title.csv": rows(title="令和３年度 実施状況調査"),
        "wrong_year_in_header.csv": [[*HEADER[:3], "令和3年度実施状況"], *statuses],
        "wrong_year_above_header.xlsx": [
            ["令和4年度 調査"],
            [None, None, "令和3年度", "令和4年度"],
            ["番号", "推進項目", "実施状況", "実施予定"],
            *([item[0], item[2], item[3], item[4]] for item in ITEMS),
        ],
        "no_year_anywhere.csv": rows(title=None),
        "no_header.csv": ITEMS,
        "missing_column.csv": [[TITLE], ["番号", "基本方針", "推進項目", "実施状態"], *statuses],
        "two_status_columns.csv": [
            [TITLE],
            [*HEADER[:4], "実施状況"],
            *([*item, "未実施"] for item in statuses),
        ],
    }
)
