"""Files that are no sheets under the name of one: said to be what they are, with a way to a sheet."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
from fixtures_made.excel_95 import excel_95

from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.unreadable import UnreadableError

EXCEL = "「Excel ブック (*.xlsx)」"


def archive(*names: str, inside: bytes = b"x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as members:
        for name in names:
            members.writestr(name, inside)
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as members:
        members.addfile(tarfile.TarInfo("R4.csv"))
    return stream.getvalue()


def compound_file(stream: str) -> bytes:
    """A compound file whose only stream has this name."""
    name = "Book".encode("utf-16-le").ljust(64, b"\0")
    return excel_95([["番号"]]).replace(name, stream.encode("utf-16-le").ljust(64, b"\0"))


MHTML = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
XML_2003 = b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
FLAT = '<?xml version="1.0"?>\n<office:document xmlns:office="x" office:mimetype="application/vnd.oasis.opendocument.{}"/>'
# The bytes, the named kind of file, and words of the remedy.
KINDS = {
    "html": (b"<html><body><table><tr><td>1</table></html>", "HTML", EXCEL),
    "html in UTF-16": ("<html><table>".encode("utf-16"), "HTML", EXCEL),
    "xhtml behind a comment": (b"<?xml version='1.0'?><!-- a --><html xmlns='x'><table/></html>", "HTML", EXCEL),
    "a page to log in": (b"<!DOCTYPE html>\n<html><body><form></form></body></html>", "ログイン画面", "ダウンロード"),
    "mhtml": (MHTML, "MHTML", EXCEL),
    "mhtml of a browser": (b"From: <Saved by Blink>\n" + MHTML.replace(b"\r", b""), "MHTML", EXCEL),
    "mail": (b"Received: from a\r\nFrom: a@example.org\r\nSubject: R4\r\n\r\n", "メール", "添付"),
    "xml 2003": (XML_2003, "XML スプレッドシート 2003", EXCEL),
    "sxc": (
        archive("content.xml", "mimetype", inside=b"application/vnd.sun.xml.calc"),
        ".sxc",
        "LibreOffice",
    ),
    "fods": (FLAT.format("spreadsheet").encode(), ".fods", "LibreOffice"),
    "fodt": (FLAT.format("text").encode(), "OpenDocument文書", EXCEL),
    "svg": (b'<?xml version="1.0"?><svg xmlns="x"/>', "画像（SVG）", "元の"),
    "xml": (b"<?xml version='1.0'?><a/>", "XML", EXCEL),
    "pdf": (b"%PDF-1.7\n", "PDF", "PDFから"),
    "rtf": (b"{\\rtf1", "リッチテキスト", EXCEL),
    "png": (b"\x89PNG\r\n\x1a\n", "画像（PNG）", "元の"),
    "heic": (b"\0\0\0\x18ftypheic", "画像（HEIC", "元の"),
    "gzip": (gzip.compress(b"a"), "gzip", "展開"),
    "bzip2": (bz2.compress(b"a"), "bzip2", "展開"),
    "xz": (lzma.compress(b"a"), "xz", "展開"),
    "tar": (tar(), "tar", "展開"),
    "lzh": (b"\x22\x4b-lh5-", "LZH", "展開"),
    "json": (b'{"a": [1]}', "JSON", "元の"),
    "a list in json": (b'[{"a": 1}]', "JSON", "元の"),
    "rows in json": (b'[["1", "x"]]', "JSON", "元の"),
    "gsheet": (b'{"url": "https://docs.google.com/open?id=1"}', "Googleスプレッドシート", "ダウンロード"),
    "url": (b"[InternetShortcut]\r\nURL=https://example.org", ".url", "元のファイル"),
    "lnk": (b"\x4c\0\0\0\x01\x14\x02\0", ".lnk", "元のファイル"),
    "slk": (b"ID;PWXL;N;E\r\n", "SYLK", EXCEL),
    "Excel 4.0": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 4.0", "LibreOffice"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), ".docx", EXCEL),
    "pptx": (archive("[Content_Types].xml", "ppt/presentation.xml"), ".pptx", EXCEL),
    "xlsb": (archive("[Content_Types].xml", "xl/workbook.bin"), ".xlsb", EXCEL),
    "numbers": (archive("Index/Document.iwa", "Metadata/Properties.plist"), "Numbers", "書き出す"),
    "a zip of a sheet": (archive("令和4年度/総務課.xlsx"), "「令和4年度/総務課.xlsx」）", "展開"),
    "a zip of sheets": (archive("総務課.xlsx", "__MACOSX/._総務課.xlsx", "財政課.csv"), "など2個", "展開"),
    "another zip": (archive("a.txt"), "圧縮ファイル", "展開"),
    "epub": (archive("mimetype", "META-INF/container.xml"), "電子書籍", EXCEL),
    "doc": (compound_file("WordDocument"), ".doc", EXCEL),
    "ppt": (compound_file("PowerPoint Document"), ".ppt", EXCEL),
    "jtd": (compound_file("DocumentText"), "一太郎", EXCEL),
    "msg": (compound_file("__properties_version1.0"), "Outlook", "添付"),
}  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xls", ".xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_said_to_be_what_it_is_whatever_it_is_called(kind, ending) -> None:
    data, name, remedy = KINDS[kind]
    with pytest.raises(UnreadableError) as refused:
        read_grids(data, ending)
    assert refused.value.code == "not_spreadsheet"
    assert name in refused.value.message
    assert remedy in refused.value.message.partition("）。")[2]
    assert "壊れて" not in refused.value.message


def test_names_in_an_archive_of_windows_are_read() -> None:
    name = "総務課.xlsx".encode("cp932").decode("cp437")
    data = archive("x" * len(name)).replace(b"x" * len(name), name.encode("cp437"))
    with pytest.raises(UnreadableError, match=r"「総務課\.xlsx」"):
        read_grids(data, ".xlsx")


def test_a_file_of_zeros_is_not_yet_there() -> None:
    with pytest.raises(UnreadableError, match="同期が終わるのを待つ") as refused:
        read_grids(b"\0" * 5000, ".xlsx")
    assert refused.value.code == "empty_file"


@pytest.mark.parametrize(
    "text",
    ["ID;Policy;状況\n1;a;b", "<No>,<状況>\n1,実施", "[番号],実施状況\n1,実施", "{1},実施", "PDF,実施", "date: a,b\n1,2", "[[1]],a"],
)  # fmt: skip
def test_texts_that_begin_like_another_kind_are_texts(text) -> None:
    assert read_grids(text.encode(), ".csv")[0].rows[0][0]


def test_damaged_is_only_what_no_program_opens(sheets_folder) -> None:
    damaged = []
    for path in sorted(sheets_folder.glob("*.[xcot]*")):
        try:
            read_grids(path.read_bytes(), path.suffix)
        except UnreadableError as error:
            damaged += [path.name] if "壊れて" in error.message else []
    assert damaged == ["truncated.xlsx"]
