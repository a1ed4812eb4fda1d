"""What a clerk may get wrong: statuses, numbers, names, policies, totals, characters, years, columns."""

import datetime

from spreadsheets import csv_text

from .cells import KIGOU
from .writing import FIRST, FIXTURES, HEADER, ITEMS, SECOND, TITLE, inserted, lines, rows, table, written

WITHOUT_POLICY = table(f"{TITLE}\n{HEADER}", "A,,C,D,E,F,G")
code_as_date = lines(KIGOU)
code_as_date[3][0] = datetime.date(2001, 2, 1)

written(
    {
        "unknown_status.xlsx": rows(D4="一部実施済"),
        "missing_status.xlsx": rows(D4=None, D6="－"),
        "control_characters_in_status.csv": rows(D4="一部実施\x1b[2J", D5="\u202e実施"),
        "status_with_line_breaks.xlsx": rows(D4="実施した。\n" * 20),
        "status_words_in_another_order.xlsx": rows(D4="実施（一部）"),
        "look_alike_status.xlsx": rows(D4="ー部実施"),
        "ditto_with_nothing_above.xlsx": rows(D3="〃"),
        "two_statuses.xlsx": inserted({3: ",,,検討中"}),
        "name_of_another_number.csv": rows(C6="市税・使用料の収納率向上"),
        "unknown_name.csv": rows(C6="公共施設の統廃合"),
        "look_alike_name.csv": rows(C8="二ュータウンの再編"),
        "policy_mismatch.csv": rows(B6="Ⅰ"),
        "unknown_policy.csv": rows(B6="Ⅲ 健全な行政運営"),
        "departments_that_look_equal.csv": rows(F3="エ務課", F4="工務課"),
        "emoji.xlsx": rows(E3="総合窓口を開いた😀"),
        "control_character.csv": rows(E3="総合窓口を\x0b開いた。"),
        "character_without_a_glyph.xlsx": rows(G8="กรุงเทพ"),
        "unknown_item.csv": inserted({8: f"61,{SECOND},ニュータウンの再編その２,実施"}),
        "code_turned_into_a_date.xlsx": code_as_date,
        "item_not_alive.csv": inserted({8: f"7,{SECOND},旧庁舎の活用,実施"}),
        "item_missing.csv": [line for line in rows() if line[0] != 4],
        "item_twice.csv": inserted({8: f"2,{FIRST},高齢者の見守り支援,一部実施"}),
        "repeat_differs.csv": inserted({8: f"2,{FIRST},高齢者の見守り支援（再掲）,実施"}),
        "policy_heading_mismatch.xlsx": inserted(
            {2: f"基本方針{FIRST}", 6: f"基本方針{SECOND}"}, WITHOUT_POLICY
        ),
        "text_that_is_not_read.csv": inserted({3: ",,,,前の行の続き"}),
        "everything_at_once.csv": rows(
            title="令和3年度 調査", D3="実施済", A5="33", C6="何か", D8=None, F7="税務課\ue000"
        ),
    }
)
written({"missing_number.csv": rows(A5=None)}, "cp932")
FIXTURES["gaiji.csv"] = lambda: (
    csv_text(rows(F4="福祉課X"))
    .encode("cp932")
    .replace("課X".encode("cp932"), "課".encode("cp932") + b"\xf0\x40")
)

# Totals

TOTALS = "令和４年度 実施状況（合計のみ）\n※合計のみ: 広報から\n実施状況,項目数\n"
NAMED = "実施,3\n一部実施,1\n検討中,1\n"

written({"totals_only.csv": lines(f"{TOTALS}{NAMED}未実施,1\n合計,6")}, "cp932")
otherwise = lines(f"{TOTALS}実施,３件\n一部実施,1項目\n検討中,1\n未実施,１\n合計,６")
otherwise[5][1] = 1.0
written(
    {
        "totals_only_written_otherwise.xlsx": otherwise,
        "totals_do_not_add_up.csv": lines(f"{TOTALS}{NAMED}未実施,1\n合計,7"),
        "totals_differ_from_the_plan.csv": lines(f"{TOTALS}{NAMED}未実施,2\n合計,7"),
        "totals_without_a_number.csv": lines(f"{TOTALS}実施,3\n一部実施,1\n検討中,不明\n未実施,1\n合計,6"),
        "totals_without_a_status.csv": lines(f"{TOTALS}{NAMED}合計,6"),
        "totals_with_a_status_twice.csv": lines(f"{TOTALS}{NAMED}未実施,1\n実施,3"),
        "totals_with_an_unknown_status.csv": lines(f"{TOTALS}{NAMED}未実施,1\n実施済み,0"),
        "total_disagrees.xlsx": inserted({8: "合計,,,実施3、一部実施2、検討中1、未実施1"}),
        "subtotal_disagrees.xlsx": inserted({5: "小計,,,3", 8: "小計,,,4\n合計,,,6"}),
        "total_under_a_policy_disagrees.csv": inserted({5: "計,,,4", 8: "Ⅱ 計,,,4\n合計,,,6"}),
        "total_that_cannot_be_read.xlsx": inserted({8: "合計,,,前年から2増えて6"}),
    }
)

# Years and columns

written(
    {
        "short_year_in_title.csv": rows(title="R3 実施状況"),
        "wrong_year_in_title.csv": rows(title="令和３年度 実施状況調査"),
        "wrong_year_in_kanji.csv": rows(title="令和三年度 実施状況調査"),
        "wrong_year_in_header.csv": table("番号,基本方針,推進項目,令和3年度実施状況", "A,B,C,D"),
        "wrong_year_above_header.xlsx": table("令和4年度 調査\n,,令和3年度,令和4年度\n番号,推進項目,実施状況,実施予定", "A,C,D,E"),
        "no_year_anywhere.csv": rows(title=None),
        "no_header.csv": ITEMS,
        "missing_column.csv": table(f"{TITLE}\n番号,基本方針,推進項目,実施状態", "A,B,C,D"),
        "two_status_columns_by_alias.csv": table(f"{TITLE}\n番号,基本方針,推進項目,進捗状況,実施状況", "A,B,C,一部実施,D"),
        "statuses_twice_over.csv": table(f"{TITLE}\n番号,進捗状況,基本方針,推進項目,実施状況", "A,D,B,C,D"),
        "prose_under_an_alias.csv": table(f"{TITLE}\n番号,基本方針,推進項目,実施状況,進捗状況", "A,B,C,D,おおむね順調"),
        "two_status_columns.csv": table(f"{TITLE}\n番号,基本方針,推進項目,実施状況,実施状況", "A,B,C,D,未実施"),
    }
)  # fmt: skip
