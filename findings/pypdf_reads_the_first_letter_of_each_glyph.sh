#!/usr/bin/env bash
# pypdf 7.1.1 and pdfminer.six 20260107: where a font draws two characters with one glyph, the PDF's map of codes (ToUnicode) can name one of them
# only, and the other stands in /ActualText (ISO 32000-2, 14.9.4), as Typst 0.15.2 writes it. Both pass over that: once ⾏, a radical as
# copied out of other PDFs, stands on a page, every 行 after it is read as ⾏, and 〜 after ～ as ～, so that words on the page are
# not found and names do not match. No warning. PDFium 5.15.2 (pypdfium2) reads what was written, and so does PyMuPDF.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pypdf==7.1.1 pdfminer.six==20260107 typst==0.15.2 pypdfium2==5.15.2 noto-cjk-sans-jp-regular==0.0.1
"$work/env/bin/python" - "$work" <<'PYTHON'
import io
import sys
from pathlib import Path

import pypdf
import pypdfium2
import typst
from pdfminer.high_level import extract_text

work = Path(sys.argv[1])
font = next(path for path in (work / "env").rglob("*.otf"))
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.parent)])
WRITTEN, SEEN = ["⾏政", "行政", "四～六", "四〜六"], ["⾏政", "⾏政", "四～六", "四～六"]
source = '#set text(font: "Noto Sans CJK JP")\n' + "\n\n".join(WRITTEN)
pdf = typst.Compiler(root=str(work), font_paths=fonts, ignore_system_fonts=True).compile(input=source.encode(), format="pdf")
by_pypdf = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split()
by_pdfminer = extract_text(io.BytesIO(pdf)).split()
by_pdfium = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().split()
print(*map(ascii, (by_pypdf, by_pdfminer, by_pdfium)), sep="\n")
assert by_pdfium == WRITTEN
assert by_pypdf == by_pdfminer == SEEN, "/ActualText is heeded now"
PYTHON
echo "as described"
