#!/usr/bin/env bash
# pdfplumber 0.11.10 (pdfminer.six inside): in a PDF with a Japanese font that is not embedded, as older office software makes them, the
# letters 﨑 (U+FA11), 塚 (U+FA10) and 隆 (U+F9DC), which stand in surnames, are read as (cid:8443) and the like, and the full-width
# minus sign and tilde as other characters, so that －1.2 is not the text that was written. No warning. ISO 32000-2, 9.10.2, tells
# how such a code comes to its Unicode value, by Adobe's map of the collection. PDFium 5.15.2 (pypdfium2) reads all of them.
# (pdfminer.six issue 927 is about such letters.) Seen: 山(cid:8443), 大(cid:8422), (cid:8686); －1.2 as −1.2 (U+2212), 4～6 as 4〜6
# (U+301C); 髙 (U+9AD9) is right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pdfplumber==0.11.10 pypdfium2==5.15.2 reportlab==5.1.0
"$work/env/bin/python" <<'PYTHON'
import io

import pdfplumber
import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))


def read(text: str) -> tuple[str, str]:
    """A line of a page, as pdfplumber and as PDFium give it."""
    stream = io.BytesIO()
    page = Canvas(stream)
    page.setFont("HeiseiMin-W3", 12)
    page.drawString(72, 700, text)
    page.save()
    by_pdfium = pypdfium2.PdfDocument(stream.getvalue())[0].get_textpage().get_text_bounded()
    return pdfplumber.open(stream).pages[0].extract_text(), by_pdfium


lines = ["髙橋", "山\ufa11", "大\ufa10", "\uf9dc", "－1.2", "4～6"]
read_lines = {line: read(line) for line in lines}
print(*(f"{ascii(line)} {ascii(by_plumber)}" for line, (by_plumber, _) in read_lines.items()), sep="\n")
assert all(line == by_pdfium for line, (_, by_pdfium) in read_lines.items())
assert read_lines["髙橋"][0] == "髙橋"
assert all("(cid:" in read_lines[line][0] for line in lines[1:4]), "the letters are read now"
assert (read_lines["－1.2"][0], read_lines["4～6"][0]) == ("\u22121.2", "4\u301c6"), "the characters are kept now"
PYTHON
echo "as described"
