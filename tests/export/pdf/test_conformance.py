"""The PDF held against PDF/UA-1 and PDF/A-3a by a checker that knows nothing of how it was made."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen

from helpers.history.opening import load_history
from made_reports import lay_out_synthetic, made_files

# False alarms. The checker takes the letters of a CID-keyed CFF font to have no width, because it does not look into the
# private dictionary of each group of them: ``test_letters_are_as_wide_as_the_pdf_says`` reads the same widths right. And
# where the last byte of a stream happens to be a carriage return, it counts that to the line end before ``endstream``:
# ``test_streams_are_as_long_as_they_say`` counts the bytes.
WIDTHS = {"PDFUA1-FONT-GLYPH-WIDTH-001", "PDFA3A-TRUETYPE-GLYPH-WIDTH-001"}
LENGTHS = {"PDFA3A-STREAM-LENGTH-001"}
RULES = {page.ValidationProfile.PDF_UA_1: 104, page.ValidationProfile.PDF_A_3A: 156}


@pytest.fixture(scope="module", params=["reference", "every kind of table", "no list of items"])
def pdf(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The report of the reference plan, of one that declares as much as there is, and of a year with totals only."""
    if request.param == "reference":
        files: dict[str, bytes] = request.getfixturevalue("files_2022")
        return files["report.pdf"]
    if request.param == "no list of items":
        return made_files(load_history("yamaguchi", 2018, root))["report.pdf"]
    project = lay_out_synthetic(tmp_path_factory.mktemp("shiosai"), "shiosai")
    return made_files(load_history("shiosai", 2023, project))["report.pdf"]


@pytest.mark.parametrize("profile", RULES, ids=["PDF/UA-1", "PDF/A-3a"])
def test_the_checker_finds_nothing_but_its_two_false_alarms(
    pdf: bytes, profile: page.ValidationProfile
) -> None:
    report = page.validate_pdf_bytes(pdf, profile=profile)
    assert report.rules.total >= RULES[profile]
    messages = {failure.rule_id: failure.message for failure in report.failures}
    assert messages.keys() <= WIDTHS | LENGTHS, messages


def test_streams_are_as_long_as_they_say(pdf: bytes) -> None:
    lengths = list(re.finditer(rb"/Length ([0-9]+)[^R].*?>>\s*stream\n", pdf, re.S))
    assert len(lengths) == pdf.count(b"\nendstream")
    for length in lengths:
        end = length.end() + int(length[1])
        assert pdf[end : end + 11] == b"\nendstream\n"


def test_letters_are_as_wide_as_the_pdf_says(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = {
            font.objgen: font
            for font in document.objects
            if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/CIDFontType0"
        }
        assert fonts
        for font in fonts.values():
            drawn = dict(_drawn_widths(font.FontDescriptor.FontFile3.read_bytes()))
            widths = dict(_told_widths(font))
            assert len(drawn) > 1
            # Every letter of the subset, 0 (none) apart, which no text has.
            assert {cid: widths.get(cid, int(font.get("/DW", 1000))) for cid in drawn} == drawn


def _drawn_widths(program: bytes) -> Iterator[tuple[int, int]]:
    """The width of each letter in the font itself, in thousandths, by its CID."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    (top,) = fonts.topDictIndex
    for name in top.charset[1:]:
        letter = top.CharStrings[name]
        letter.draw(NullPen())
        yield int(name.removeprefix("cid")), round(letter.width)


def _told_widths(font: pikepdf.Object) -> Iterator[tuple[int, int]]:
    """The widths in ``/W``: runs of a first CID and widths, or of a first and a last CID and one width."""
    items = list(font.get("/W", []))
    while items:
        first = int(items.pop(0))
        if isinstance(items[0], pikepdf.Array):
            yield from enumerate((round(float(width)) for width in items.pop(0)), start=first)
        else:
            last, width = int(items.pop(0)), round(float(items.pop(0)))
            yield from ((cid, width) for cid in range(first, last + 1))
