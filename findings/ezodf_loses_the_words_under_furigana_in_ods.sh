#!/usr/bin/env bash
# ezodf 0.3.2 and pyexcel-ods3 0.6.1: of an ods cell with furigana the readings
# and the words that they stand over are left out, so that 窓口の改善 is の改善 and a name that bears furigana as a whole is an empty cell.
# No warning. OpenDocument 1.3, part 3, 6.4 has the word in text:ruby-base, which is text of the paragraph. A link in the
# cell is read right by both.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet ezodf==0.3.2 lxml==6.0.2 pyexcel-ods3==0.6.1 odfpy==1.4.1
cd "$work"
env/bin/python <<'PYTHON'
import ezodf
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import A, P, Ruby, RubyBase, RubyText
from pyexcel_ods3 import get_data


def row(part: object, after: str) -> TableRow:
    paragraph, cell, row = P(), TableCell(valuetype="string"), TableRow()
    paragraph.addElement(part)
    paragraph.addText(after)
    cell.addElement(paragraph)
    row.addElement(cell)
    return row


def furigana(word: str, reading: str) -> Ruby:
    ruby, base, text = Ruby(), RubyBase(), RubyText()
    base.addText(word)
    text.addText(reading)
    ruby.addElement(base)
    ruby.addElement(text)
    return ruby


link, document, table = A(href="https://example.org/"), OpenDocumentSpreadsheet(), Table(name="R4")
link.addText("窓口")
table.addElement(row(furigana("窓口", "まどぐち"), "の改善"))
table.addElement(row(link, "の改善"))
table.addElement(row(furigana("総務課", "そうむか"), ""))
document.spreadsheet.addElement(table)
document.save("sheet.ods")
by_ezodf = [cells[0].value for cells in ezodf.opendoc("sheet.ods").sheets[0].rows()]
by_pyexcel = ["".join(cells) for cells in get_data("sheet.ods")["R4"]]
print(by_ezodf, by_pyexcel)
assert by_ezodf[1] == by_pyexcel[1] == "窓口の改善"
assert (by_ezodf[0], by_pyexcel[0]) == ("の改善", "の改善"), "the word is read now"
assert not by_ezodf[2] and not "".join(by_pyexcel[2:]), "the word is read now"
PYTHON
echo "as described"
