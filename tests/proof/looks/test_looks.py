"""What a reader could not read on a page is found by where it stands."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from helpers.errors import ExportError
from helpers.proof.looks import check_looks, flaws_of, read_positions
from helpers.proof.looks.flaw import Kind
from helpers.proof.pdf_text import read_structure
from helpers.text.fonts import font_paths

HEAD = """\
#set document(title: "年次報告", date: none)
#set page(paper: "a4", margin: (x: 20mm, top: 25mm, bottom: 22mm))
#set text(font: "Noto Sans CJK JP", lang: "ja", size: 10pt)
= 年次報告
本文です。
"""
# Three columns, the first of a given width.
TABLE = """\
#figure(kind: table, supplement: none, caption: [まとめ], table(columns: (%s, 40mm, 40mm), stroke: none, align: left,
  table.header([基本方針], [実施], [未実施]),
  [%s], [34], [81.0%%],
  [合計], [%s], [],
))
"""
FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[path.parent for path in font_paths()],
)


def pdf_of(body: str) -> bytes:
    source = (HEAD + body).encode()
    pdf = typst.compile(source, font_paths=FONTS, ignore_system_fonts=True, pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def flaws(body: str) -> list[tuple[Kind, int, str, str]]:
    pdf = pdf_of(body)
    return [tuple(flaw) for flaw in flaws_of(read_positions(pdf), read_structure(pdf), ["まとめ"])]


WELL = [
    TABLE % ("40mm", "協働の推進", "8"),
    TABLE % ("20mm", "市民とともに進める開かれた市政の推進", "8"),  # four letters a line
    TABLE % ("40mm", "順調 \\ 遅延 \\ 完了", "8"),  # three short lines in a column that is wide enough
    TABLE % ("8mm", "1, 2, 3, 4, 5, 6, 7", "8"),  # numbers of items are no words
    "#pagebreak()\n== 見出し\n文。",
    '#place(bottom, dy: 10mm, pdf.artifact(kind: "footer")[1 / 2])',
    "#set par(leading: 0.2em)\n" + "行間の狭い文です。" * 40,
]


@pytest.mark.parametrize("body", WELL)
def test_a_page_that_can_be_read_has_no_flaws(body: str) -> None:
    assert flaws(body) == []


LONG = "終わりのない名前" * 12
FLAWED = {
    # Text is lost or covered.
    f"\n\n#box(width: 300mm)[{LONG}]": (Kind.CUT, 0, "", LONG),
    "#block(breakable: false, height: 300mm)[#v(268mm)最後の行]": (Kind.CUT, 1, "", "最後の行"),
    "#place(dy: 20mm)[前の文]\n#place(dy: 20mm, dx: 8pt)[後の文]": (Kind.COVERED, 0, "", "前の文後の文"),
    "#place(dy: 20mm)[図の\\ 説明]\n#place(dy: 22mm)[下の文]": (Kind.COVERED, 0, "", "図の説明下の文"),
    TABLE % ("10mm", "#box(width: 50mm)[折り返せない長い欄]", "8"): (
        Kind.COVERED,
        0,
        "表「まとめ」",
        "折り返せない長い欄",
    ),
    # Text is visible, but badly.
    "#place(dx: 160mm, dy: 20mm)[余白まで]": (Kind.BEYOND_MARGIN, 0, "", "余白まで"),
    TABLE % ("10mm", "8", "#box(width: 60mm)[二つの欄にわたる長い文字の並び]"): (
        (Kind.BEYOND_CELL, 0, "表「まとめ」", "二つの欄にわたる長い文字の並び")
    ),
    "\n\n#text(size: 5.9pt)[小さい字]": (Kind.SMALL, 0, "", "小さい字"),
    "#scale(55%)[縮めた字]": (Kind.SMALL, 0, "", "縮めた字"),
    TABLE % ("14mm", "市民とともに進める市政", "8"): (
        Kind.BROKEN,
        0,
        "表「まとめ」",
        "市民とともに進める市政",
    ),
    "#pagebreak()\n== 見出しだけ\n#pagebreak()\n文。": (Kind.HEADING_ONLY, 1, "", "見出しだけ"),
    "#pagebreak()\n#pagebreak()\n文。": (Kind.EMPTY, 1, "", ""),
}


@pytest.mark.parametrize("body", FLAWED, ids=lambda body: f"{FLAWED[body][0].name} {FLAWED[body][3]}")
def test_what_is_not_well_is_named_with_its_page_and_place(body: str) -> None:
    assert FLAWED[body] in flaws(body)


def test_lost_text_fails_the_report_and_the_message_says_what_helps() -> None:
    pdf = pdf_of(f"\n\n#box(width: 300mm)[{LONG}]")
    with pytest.raises(ExportError) as error:
        check_looks(read_positions(pdf), read_structure(pdf), [])
    head, line = str(error.value).splitlines()
    assert head == "PDF に読めない文字があるため、公開しません"
    assert line.startswith(f"report.pdf 1ページ: 「{LONG[:20]}」が用紙の外に出て切れています。")
    assert "plan.toml" in line and "短くしてください" in line


def test_all_else_is_a_warning_in_one_sentence_for_a_table() -> None:
    pdf = pdf_of(TABLE % ("14mm", "市民とともに進める市政", "8") + "#pagebreak()\n#text(size: 4pt)[小]")
    broken, small = check_looks(read_positions(pdf), read_structure(pdf), ["まとめ"])
    assert broken.startswith(
        "report.pdf 1ページ 表「まとめ」: 「市民とともに進める市政」が1行に4文字も入らない幅で"
    )
    assert small.startswith("report.pdf 2ページ: 「小」が6ポイントより小さくなっています。")


def test_reports_that_are_made_side_by_side_are_read_one_at_a_time() -> None:
    pdf = pdf_of(TABLE % ("14mm", "市民とともに進める市政", "8"))
    with ThreadPoolExecutor(4) as threads:
        sheets = list(threads.map(read_positions, [pdf] * 12))
    assert sheets == [read_positions(pdf)] * 12
    assert sheets[0][0].runs
