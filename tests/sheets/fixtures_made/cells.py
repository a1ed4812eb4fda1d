"""Cells: how numbers, names, statuses and other words are written."""

from .writing import HEADER, lines, rows, written

written(
    {
        "full_width_digits.xlsx": rows(A="１２３４５６"),
        "numbers_as_text.xlsx": rows(A=["001", "002", "003", "004", "005", "006"]),
        "numbers_with_decimals.csv": rows(A=["1.0", "2.0", "3.0", "4.0", "5.0", "6.0"]),
        "circled_numbers.xlsx": rows(A="①②③④⑤⑥"),
        "decorated_numbers.xlsx": rows(A=["No.1", "№２", "（3）", "項目４", "第5号", "#6"]),
        "variant_characters.xlsx": rows(C4="髙齢者の見守り支援", C5="サ－ビス案内の充実（窓口〜出張所）", C7="市税･使用料の収納率向上"),
        "names_out_of_a_pdf.xlsx": rows(B4="Ⅰ　市\u2ea0サービスの向上", C4="\u2fbc齢\ufa5bの\u2f92守り\u2f40援", C6="公共施設\U000e0100の集約化", D8="未実\u65bd\U000e0100"),
        "names_with_marks.xlsx": rows(C3="1 窓口のワンストップ化", C4="(2)高齢者の見守り支援", C6="公共施設の集約化※1"),
        "ditto_marks.xlsx": rows(B4="〃", B5="同上", B7="〃", B8="″", F4="市民課", F5="〃"),
        "dashes_for_nothing.csv": rows(E4="－", E5="-", G8="―", B6="‐"),
        "roman_numbers.csv": [line[:1] + line[2:] for line in rows(A="ⅠⅡⅢⅣⅤⅥ")],
    }
)  # fmt: skip
written(
    {
        "spaces_everywhere.csv": rows(
            D=[" 実施　", " 一部実施　", " 実施　", "検　討　中", " 実施　", " 未実施　"],
            C3="窓口の　ワンストップ化 ",
            A4="　2 ",
        ),
        "half_width_katakana.csv": rows(C5="ｻｰﾋﾞｽ案内の充実(窓口~出張所)", C8="ﾆｭｰﾀｳﾝの再編"),
    },
    "cp932",
)
dittos = rows(D5="〃", D7="〃")
written({"ditto_status.xlsx": [*dittos[:2], *(dittos[row - 1] for row in (3, 5, 7, 4, 6, 8))]})

# Another vocabulary

KIGOU = f"""{HEADER[:17]}
1-1-1,'1,広報の見直し,◎
1-1-2,'1,会議の公開,○
1-2-1,'1,窓口の案内,△
2-1-1,'2,歩道の点検,×
2-1-10,'2,水道の更新,-"""


written(
    {
        "symbols.csv": lines(KIGOU),
        "symbols_written_otherwise.xlsx": lines(f"""{HEADER[:17]}
１－１－１,'1,広報の見直し,◎
1‐1‐2,'1,会議の公開,〇
1−2−1,'1,窓口の案内,遅れ、見直し
2ー1ー1,'2,歩道の点検,✕
２-１-10,'2,水道の更新,－"""),
        "symbols_as_aliases.xlsx": lines(f"""{HEADER[:17]}
1-1-1,'1,広報の見直し,達成･完了
1-1-2,'1,会議の公開,○
1-2-1,'1,窓口の案内,△
2-1-1,'2,歩道の点検,×
2-1-10,'2,水道の更新,対象外
計,,,4"""),
    }
)
