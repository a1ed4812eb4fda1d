#!/usr/bin/env bash
# python-calamine 0.9.1, ods: inside a paragraph a line break (text:line-break) and a tab (text:tab) vanish, so that two names of
# departments become one, and furigana (text:ruby-text) is appended to the word that it stands over. A second paragraph does give
# a line break. odfpy 1.4.1 keeps break and tab of the same cells. Valid OpenDocument 1.2, as LibreOffice writes it after
# Shift+Enter in a cell that was pasted from Writer.
# Seen: 総務課財政課, 総務課財政課, 山口やまぐち; odfpy 総務課\n財政課 and 総務課\t財政課.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet python-calamine==0.9.1 odfpy==1.4.1
"$work/env/bin/python" <<'PYTHON'
import io

import odf.teletype
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, Ruby, RubyBase, RubyText, Tab


def read(*parts: object) -> tuple[str, str]:
    """One cell of one paragraph, as calamine and as odfpy give it."""
    document, table, row = OpenDocumentSpreadsheet(), Table(name="s"), TableRow()
    cell, paragraph = TableCell(valuetype="string"), P()
    for part in parts:
        paragraph.addText(part) if isinstance(part, str) else paragraph.addElement(part)
    cell.addElement(paragraph)
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    stream.seek(0)
    sheet = python_calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
    return sheet.to_python()[0][0], odf.teletype.extractText(paragraph)


ruby = Ruby()
base, above = RubyBase(), RubyText()
base.addText("山口")
above.addText("やまぐち")
ruby.addElement(base)
ruby.addElement(above)
lines, tabs, names = read("総務課", LineBreak(), "財政課"), read("総務課", Tab(), "財政課"), read(ruby)
print(*map(ascii, (lines, tabs, names)), sep="\n")
assert lines == ("総務課財政課", "総務課\n財政課"), "line breaks are kept now"
assert tabs == ("総務課財政課", "総務課\t財政課"), "tabs are kept now"
assert names[0] == "山口やまぐち", "furigana is left out now"
PYTHON
echo "as described"
