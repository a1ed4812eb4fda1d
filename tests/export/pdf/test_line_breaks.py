"""Where lines may end: what stays whole, and what is broken that has no place to break."""

import pytest
from exports import close, notebook_of, pdf_of
from hypothesis import given
from hypothesis import strategies as st

from helpers.export.pdf.line_breaks import OPEN, longest_stretch, pieces
from helpers.proof.looks import flaws_of, read_positions
from helpers.proof.looks.positions import Sheet
from helpers.proof.pdf_text import Tagged, read_structure
from helpers.text.fonts import em_width

RUNS = ["―", "…", "‥", "─", "=", "_", "・", "ー", "/", "①", "1,2,3,", "a.b.", "―…", "W"]
ADDRESS = "https://www.city.example.lg.jp/soshiki/gyokaku/index.html?year=2022&month=04"


def shown(text: str, width: float, *, is_name: bool = False) -> str:
    """The pieces: those that stay whole in brackets, added places to break as bars."""
    return "".join(
        "|" if kind == OPEN else f"[{piece}]" if kind else piece
        for piece, kind in pieces(text, width, is_name=is_name)
    )


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("令和4年度の実績", 6, "[令和4年度]の実績"),
        ("令和4年度", 4, "令和4年度"),  # no room for it
        ("2年以上（検討中・未実施）", 12, "2年以上[（検討中・未実施）]"),
        ("合計のうち 26 マイナンバーカードの利便性", 12, "合計のうち [26 マイ]ナンバーカードの利便性"),
        ("1-2-1 窓口", 12, "[1-2-1 窓口]"),
        ("3, 4, 7", 12, "3, 4, 7"),
        ("/a/bc/def", 3, "/|a/|bc/|def"),
        ("実績 （未集計）", 6, "[実績] [（未集計）]"),
        ("実績 16", 6, "実績 16"),  # fits on a line as it is
        ("少ないほど良い、基準値 300", 8, "少ないほど良い、[基準値] 300"),
        ("未着手・検討中である 1年", 11, "[未着手・][検討中である 1年]"),
        (
            "未着手・検討中である⇒計画より大幅に遅れているへ",
            13,
            "[未着手・][検討中である][⇒計画より][大幅に][遅れているへ]",
        ),
        ("一部実施⇒実施へ", 6, "[一部実施][⇒実施へ]"),
        ("実施 2年", 11, "実施 2年"),  # fits on a line as it is
        ("電話=====案内", 2.5, "電話=|=|=|=|=案内"),
    ],
)
def test_a_text_is_cut_for_its_column(text: str, width: float, broken: str) -> None:
    assert shown(text, width) == broken


@pytest.mark.parametrize(
    ("name", "width", "phrases"),
    [
        ("計画を上回って進んでいる", 6, "[計画を][上回って][進んでいる]"),
        ("未着手・検討中である", 6, "[未着手・][検討中である]"),
        ("計画どおりに実施した（完了）", 7, "[計画どおりに][実施した][（完了）]"),
        ("市民に分かりやすい組織体制の構築", 10, "[市民に][分かりやすい][組織体制の][構築]"),
        ("実施", 6, "実施"),
        ("評価できない", 4, "評価できない"),  # one phrase, wider than the column
        ("施策横断的な会議体の運用", 11, "[施策横断的な][会議体の][運用]"),
        # It would take a line more.
        ("地域に飛び出す行政職員の育成と支援", 9, "地域に飛び出す行政職員の育成と支援"),
    ],
)
def test_a_name_is_broken_between_its_phrases(name: str, width: float, phrases: str) -> None:
    assert shown(name, width, is_name=True) == phrases


@given(
    st.text(st.sampled_from("令和4年度 1,/―…①（検討）・ー目標をおおむねabc.実施。「」"), max_size=60),
    st.floats(1, 50),
    st.booleans(),
)
def test_pieces_are_the_text_and_none_is_wider_than_the_column(
    text: str, width: float, is_name: bool
) -> None:
    cut = pieces(text, width, is_name=is_name)
    assert "".join(piece for piece, _ in cut) == text
    assert all(longest_stretch(piece) <= max(width, 1.0) for piece, _ in cut)
    assert all(em_width(piece) <= width for piece, kind in cut if kind not in ("", OPEN))


@pytest.mark.parametrize("run", [*RUNS, ADDRESS])
def test_a_run_without_a_place_to_break_stays_in_its_column_and_is_read_back_as_it_was(run: str) -> None:
    text = run * (200 // len(run))
    cell = f'<td class="text">{text}</td>'
    rows = "".join(f'<tr><th scope="row">{n}</th><td class="num">10</td>{cell}</tr>' for n in range(3))
    table = (
        '<div class="table" role="region" aria-labelledby="t-caption" tabindex="0"><table id="t">'
        '<caption id="t-caption">表の題</caption><thead><tr><th scope="col">番号</th><th scope="col">数</th>'
        f'<th scope="col">文</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
    sentences = f'<p>{text}</p><ul class="sentences"><li>{text}</li></ul>'
    pdf = pdf_of(notebook_of("# 題", (table, sentences)))
    read = read_structure(pdf)
    assert flaws_of(read_positions(pdf), read) == []
    assert [close(cell.text) for cell in read.all("TD")[1::2]] == [text] * 3
    assert close(read.all("LI")[0].text) == f"•{text}"


def first_line(sheets: list[Sheet], cell: Tagged) -> float:
    """The base line of a cell's first line."""
    marks = set(cell.marks)
    return max(run.base for sheet in sheets for run in sheet.runs if (run.page, run.content) in marks)


@pytest.mark.parametrize(("years", "letters", "last"), [(2, 10, 12), (3, 22, 20), (4, 30, 0)])
def test_the_mark_of_a_status_stands_on_a_line_with_words(years: int, letters: int, last: int) -> None:
    names = (
        "未着手・検討中である",
        "計画より大幅に遅れている",
        "中止または廃止とした",
        "未着手・検討中である",
    )
    statuses = "".join(f'<td class="status" data-status="done">{name}</td>' for name in names[:years])
    words = f"<td>{'数' * last}</td>" if last else ""
    heads = "".join(
        f"<th>{head}</th>" for head in ("番号", "項目", *["年度"] * years, *["年数"] * bool(last))
    )
    table = (
        '<div class="table" role="region" aria-labelledby="t-caption" tabindex="0"><table id="t">'
        f'<caption id="t-caption">表の題</caption><thead><tr>{heads}</tr></thead>'
        f'<tbody><tr><th scope="row">1</th><td>{"名" * letters}</td>{statuses}{words}</tr></tbody></table></div>'
    )
    pdf = pdf_of(notebook_of("# 題", (table,)))
    sheets, cells = read_positions(pdf), read_structure(pdf).all("TH", "TD")[-(2 + years + bool(last)) :]
    assert len({round(first_line(sheets, cell), 1) for cell in cells}) == 1
