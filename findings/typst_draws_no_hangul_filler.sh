#!/usr/bin/env bash
# typst 0.15.2 (the Python wheel): a Hangul filler (U+3164) between two words leaves no trace in the PDF, drawn or in its
# text, although the font has a glyph for it: no error, no warning, and PDF/UA-1 is claimed all the same. A space of the same width
# (U+3000) stays. Met where names are padded with the filler to look blank. Seen: both words in the text, no filler, no warning.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet typst==0.15.2 pypdfium2==5.15.2 fonttools==4.63.0 noto-cjk-sans-jp-regular==0.0.1
"$work/env/bin/python" - "$work" <<'PYTHON'
import sys
from pathlib import Path

import pypdfium2
import typst
from fontTools.ttLib import TTFont

work = Path(sys.argv[1])
font = next(path for path in (work / "env").rglob("*.otf"))
cmap = TTFont(font, fontNumber=0).getBestCmap()
assert {0x3164, 0x3000} <= cmap.keys(), "the font lacks one of the two"
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.parent)])


def text(between: str) -> tuple[str, int]:
    source = f'#set document(title: "t")\n#set text(font: "Noto Sans CJK JP")\n= t\n前{between}後'
    compiler = typst.Compiler(root=str(work), font_paths=fonts, ignore_system_fonts=True)
    pdf, warnings = compiler.compile_with_warnings(input=source.encode(), format="pdf", pdf_standards=["ua-1"])
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    return page, len(warnings)


filler, space = text("\u3164"), text("\u3000")
print("U+3164:", ascii(filler), "U+3000:", ascii(space))
assert {"前", "後"} <= set(filler[0]) and "\u3164" not in filler[0] and not filler[1], "it is kept now, or told"
assert "前\u3000後" in space[0] and not space[1]
PYTHON
echo "as described"
