"""The text of a PDF is read letter for letter, also where one glyph stands for several characters."""

import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from helpers.export.pdf.pdf_file import set_in_type
from helpers.proof.pdf_text import read_structure
from helpers.text.fonts import font_paths
from helpers.text.forms import HANGUL_FILLERS


def characters_by_glyph(font: Path) -> list[str]:
    """The sets of characters that a font draws with one glyph."""
    by_glyph = defaultdict(list)
    with TTFont(font, lazy=True) as opened:
        for character, glyph in opened.getBestCmap().items():
            by_glyph[glyph].append(chr(character))
    return ["".join(characters) for characters in by_glyph.values() if len(characters) > 1]


def run(text: str, bold: bool = False) -> dict[str, Any]:
    return {"text": text, "bold": bold, "link": "", "role": ""}


def test_all_characters_of_one_glyph_are_told_apart() -> None:
    regular, bold = map(characters_by_glyph, font_paths())
    for pair in ("〜～", "⾏行", "①➀"):
        assert any(set(pair) <= set(letters) for letters in regular)
    assert len(regular) > 600
    sets = [letters for letters in sorted({*regular, *bold}) if letters[0] not in HANGUL_FILLERS]
    paragraphs = [[run(f"前{letters}後"), run(letters[::-1], bold=True)] for letters in sets]
    blocks: list[dict[str, Any]] = [
        {"kind": "heading", "level": 1, "id": "", "across": False, "runs": [run("年")]}
    ]
    for runs in paragraphs:
        blocks.append(
            {"kind": "paragraph", "role": "", "id": "", "leads": False, "across": False, "runs": runs}
        )
    opening = {
        "title": "年",
        "description": "",
        "cover": [],
        "glance": [],
        "digest": False,
        "least": 1,
        "date": [2023, 3, 31],
    }
    pdf = set_in_type({**opening, "contents": False, "looks": {}, "blocks": blocks, "targets": []})
    assert [paragraph.text for paragraph in read_structure(pdf).all("P")] == [
        f"前{letters}後{letters[::-1]}" for letters in sets
    ]


TO_UNICODE = b"1 beginbfchar <0001> <3042> endbfchar 1 beginbfrange <0002> <0003> <FF5E> endbfrange"


def tagged_pdf(content: str, **spoken: str) -> bytes:
    """A page with this content, tagged as one paragraph of the marked contents 0 and 1.

    Glyph 1 is あ, 2 is ～. ``/Wave`` names properties among the page's resources; ``spoken`` are entries of the paragraph.
    """
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Resources = Dictionary(
        Font=Dictionary(
            F=document.make_indirect(Dictionary(Type=Name.Font, ToUnicode=document.make_stream(TO_UNICODE)))
        ),
        Properties=Dictionary(Wave=Dictionary(ActualText=String("〜"))),
    )
    page.obj.Contents = document.make_stream(content.encode("latin-1"))
    paragraph = Dictionary(
        S=Name.P, Pg=page.obj, K=Array([0, 1]), **{k: String(v) for k, v in spoken.items()}
    )
    document.Root.StructTreeRoot = Dictionary(
        K=Dictionary(S=Name.Document, K=document.make_indirect(paragraph))
    )
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


DRAWN = "/F 9 Tf <00010002> Tj"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"/Span <</MCID 0>> BDC {DRAWN} EMC", "あ～"),
        (f"/Span <</MCID 0>> BDC {DRAWN} /Span <</ActualText <FEFF301C>>> BDC <0002> Tj EMC <0001> Tj EMC", "あ～〜あ"),
        (f"/Span <</MCID 0>> BDC {DRAWN} /Span /Wave BDC <0002> Tj EMC EMC", "あ～〜"),
        ("/Span <</MCID 0/ActualText (\x84)>> BDC /F 9 Tf <0002> Tj EMC", "—"),
        ("/Span <</MCID 0>> BDC /F 9 Tf /A <</ActualText (a)>> BDC <0001> Tj /B <</ActualText (b)>> BDC <0002> Tj EMC EMC EMC", "a"),
        ("/A <</ActualText (a)>> BDC /Span <</MCID 1>> BDC /F 9 Tf <0001> Tj [<0002> 3 <0001>] TJ EMC EMC", "a"),
        ("/Span <</MCID 0>> BDC /F 9 Tf /A <</ActualText ()>> BDC <0001> Tj EMC /B BMC <0002> Tj EMC EMC", "～"),
        (f"/Artifact BMC /Span /Wave BDC {DRAWN} EMC EMC", ""),
    ],
    ids=[
        "drawn", "in place", "by name", "beside the id, in PDFDocEncoding", "nested", "around the id",
        "nothing to read", "artifact",
    ],
)  # fmt: skip
def test_the_actual_text_of_marked_content_is_read_instead_of_its_glyphs(content: str, text: str) -> None:
    assert read_structure(tagged_pdf(content)).text == text


def test_the_actual_text_of_an_element_is_read_instead_of_what_it_holds() -> None:
    assert (
        read_structure(tagged_pdf(f"/Span <</MCID 0>> BDC {DRAWN} EMC", ActualText="三〜五")).text == "三〜五"
    )
