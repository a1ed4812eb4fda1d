#!/usr/bin/env bash
# python-docx 1.2.0, and markitdown 0.1.9: a word that has furigana in a Word document (w:ruby; ISO/IEC 29500-1, 17.3.3.25) is missing from
# the text, base and furigana both, in paragraphs and in cells of tables: 山口市の実施率 becomes 市の実施率. No error, no warning
# (mammoth 1.13.0, which markitdown uses, has one that markitdown does not pass on). The documentation of Paragraph.text calls it
# the textual content of the paragraph. docx2txt 0.9 keeps the words. (mwilliamson/python-mammoth issue 76 wishes for ruby.)
# Seen: 市の実施率 and an empty cell; docx2txt やまぐち山口市の実施率 and じっし実施.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet python-docx==1.2.0 'markitdown[docx]==0.1.9' mammoth==1.13.0 docx2txt==0.9
"$work/env/bin/python" - "$work" <<'PYTHON'
import sys
import warnings

import docx
import docx2txt
import markitdown
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

RUBY = """<w:r {}><w:ruby>
  <w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="10"/><w:hpsRaise w:val="18"/><w:hpsBaseText w:val="21"/><w:lid w:val="ja-JP"/></w:rubyPr>
  <w:rt><w:r><w:t>{}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{}</w:t></w:r></w:rubyBase>
</w:ruby></w:r>"""


def ruby(word: str, above: str) -> object:
    return parse_xml(RUBY.format(nsdecls("w"), above, word))


file = f"{sys.argv[1]}/a.docx"
made = docx.Document()
paragraph = made.add_paragraph()
paragraph._p.append(ruby("山口", "やまぐち"))
paragraph.add_run("市の実施率")
made.add_table(1, 1).cell(0, 0).paragraphs[0]._p.append(ruby("実施", "じっし"))
made.save(file)
warnings.simplefilter("error", UserWarning)
opened = docx.Document(file)
by_docx = opened.paragraphs[0].text, opened.tables[0].cell(0, 0).text
by_markitdown = markitdown.MarkItDown().convert(file).text_content
by_docx2txt = docx2txt.process(file)
print(by_docx, ascii(by_markitdown), ascii(by_docx2txt))
assert "山口" in by_docx2txt and "実施" in by_docx2txt.split("実施率")[1]
assert by_docx == ("市の実施率", ""), "python-docx reads the words now"
assert by_markitdown.startswith("市の実施率") and "実施" not in by_markitdown.split("実施率")[1], "markitdown reads the words now"
PYTHON
echo "as described"
