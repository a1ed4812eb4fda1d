"""Kinds of files by how their bytes begin, and the remedies: the program that opens one, the menu that makes a sheet of it."""

from __future__ import annotations

__all__ = [
    "BY_EXCEL", "BY_GOOGLE", "BY_LIBREOFFICE", "BY_NUMBERS", "ORIGINAL", "OUT_OF_PDF", "OUT_OF_TEXT",
    "SAVE_AS_XLSX", "TARGET", "UNPACK", "by_beginning", "foreign",
]  # fmt: skip

import re

from helpers.sheets.files.unreadable import UnreadableError

SAVE_AS_XLSX = "「名前を付けて保存」で、ファイルの種類「Excel ブック (*.xlsx)」を選んで保存し直してください"
BY_EXCEL = f"Excelで開き、{SAVE_AS_XLSX}"
BY_LIBREOFFICE = "LibreOfficeで開き、「名前を付けて保存」で、ファイルの種類「Excel 2007-365 (.xlsx)」を選んで保存し直してください"
BY_NUMBERS = "Numbersで開き、「ファイル」→「書き出す」→「Excel…」で .xlsx のファイルを作ってください"
BY_GOOGLE = "Googleスプレッドシートで開き、「ファイル」→「ダウンロード」→「Microsoft Excel (.xlsx)」で保存してください"
OUT_OF_TEXT = f"元の表計算のファイルを受け取るか、表をExcelに貼り付けて、{SAVE_AS_XLSX}"
OUT_OF_PDF = (
    "元の表計算のファイルを受け取ってください。PDFしかないときは、Excelの「データ」→「データの取得」→「ファイルから」→"
    f"「PDFから」で表を取り込み、{SAVE_AS_XLSX}"
)
ORIGINAL = "元の表計算のファイルを受け取ってください"
UNPACK = "展開（解凍）して、中の表計算のファイルを指定してください"
TARGET = "これが指している元のファイルを開いて、そのファイルを置いてください"


# Words in the names of formats that are sheets, of programs that save them as xlsx.
_OF_SHEETS = ("スプレッドシート", ".fods", ".sxc", ".xlsb", "Numbers", "Excel", "Lotus", "SYLK", "DIF")


def foreign(kind: str, remedy: str) -> UnreadableError:
    """The error for a file of another kind: what it is, and what makes a sheet of it."""
    is_sheet = any(word in kind for word in _OF_SHEETS)
    problem = "この形式の表計算ファイルは読めません" if is_sheet else "表計算のファイルではありません"
    return UnreadableError("not_spreadsheet", f"{problem}（{kind}）。{remedy}")


_START = 4096  # bytes that are looked at
_MARKS = (
    (rb"%PDF-", "PDF", OUT_OF_PDF),
    (rb"\{\\rtf", "リッチテキスト（.rtf）", OUT_OF_TEXT),
    (rb"\x89PNG", "画像（PNG）", ORIGINAL),
    (rb"\xff\xd8\xff", "画像（JPEG）", ORIGINAL),
    (rb"GIF8", "画像（GIF）", ORIGINAL),
    (rb"BM.{4}\x00{4}", "画像（BMP）", ORIGINAL),
    (rb"II\*\x00|MM\x00\*", "画像（TIFF）", ORIGINAL),
    (rb"RIFF.{4}WEBP", "画像（WebP）", ORIGINAL),
    (rb".{4}ftyp(?:hei|hev|mif|msf|avi)", "画像（HEIC、AVIF）", ORIGINAL),
    (rb".{4}ftyp", "動画か音声", ORIGINAL),
    (rb"Rar!", "圧縮ファイル（RAR）", UNPACK),
    (rb"7z\xbc\xaf", "圧縮ファイル（7z）", UNPACK),
    (rb"\x1f\x8b", "圧縮ファイル（gzip）", UNPACK),
    (rb"BZh\d1AY", "圧縮ファイル（bzip2）", UNPACK),
    (rb"\xfd7zXZ\x00", "圧縮ファイル（xz）", UNPACK),
    (rb"MSCF\x00{4}", "圧縮ファイル（cab）", UNPACK),
    (rb"..-lh[0-9ds]-", "圧縮ファイル（LZH）", UNPACK),
    (rb".{257}ustar", "書庫ファイル（tar）", UNPACK),
    (rb"\x4c\x00{3}\x01\x14\x02\x00", "ショートカット（.lnk）", TARGET),
    (rb"\[InternetShortcut\]", "ウェブページへのショートカット（.url）", TARGET),
    (rb"book\x00{4}mark\x00{4}", "エイリアス（macOSのショートカット）", TARGET),
    (rb"\x00\x05\x16[\x00\x07]\x00", "macOSの付随ファイル（名前が ._ で始まるもの）", ORIGINAL),
    (rb"SQLite format 3\x00", "データベース（SQLite）", ORIGINAL),
    (
        rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB",
        "データベース（Access）",
        f"Accessで表をExcelに書き出すか、{ORIGINAL}",
    ),
    (rb"\x09[\x00\x02\x04]\x04\x00|\x09[\x00\x02\x04]\x06\x00", "Excel 4.0以前のブック", BY_LIBREOFFICE),
    (rb"\x00\x00[\x02\x1a]\x00", "Lotus 1-2-3 のワークシート", BY_LIBREOFFICE),
    (rb"ID;P(?:WXL|CALC|SCALC)", "SYLK（.slk）", BY_EXCEL),
    (rb"TABLE\r?\n0,1\r?\n", "DIF（.dif）", BY_EXCEL),
    (
        rb"version https://git-lfs",
        "Git LFS の目印だけで、中身のないファイル",
        "git lfs pull で中身を受け取ってください",
    ),
)
_MARK = re.compile(b"|".join(b"(?P<m%d>%s)" % (at, mark) for at, (mark, *_) in enumerate(_MARKS)), re.DOTALL)
_MAIL = re.compile(
    r"(?:from|to|date|subject|received|return-path|message-id|mime-version|x-[\w-]+|delivered-to): ?\S.*\n"
    r"(?:[\w-]+:.*\n|[ \t].*\n)+",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|script|style|div)\b", re.IGNORECASE)
_JSON = re.compile(r'\{\s*(?:"[^"\n]{0,200}"\s*:|\})|\[\s*(?:\{\s*"|\[\s*"[^"\n]{0,200}"\s*,)')
_BEFORE_HTML = re.compile(r"(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*", re.DOTALL)


def by_beginning(data: bytes) -> UnreadableError | None:
    """The error for a file that is known by its first bytes; None for one that is not."""
    if (mark := _MARK.match(data)) and mark.lastgroup:
        _, kind, remedy = _MARKS[int(mark.lastgroup.removeprefix("m"))]
        return foreign(kind, remedy)
    text = _text(data)
    return _mail(text) or _markup(text, data) or _json(text)


def _text(data: bytes) -> str:
    """The beginning of a text, its ASCII characters at least."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:_START].decode("utf-16", "replace")
    return data[:_START].decode("utf-8-sig", "replace").lstrip("\ufeff")


def _mail(text: str) -> UnreadableError | None:
    headers = _MAIL.match(text.lstrip().replace("\r\n", "\n"))
    if headers is None:
        return None
    if re.search(r"multipart/related", headers[0], re.IGNORECASE):
        return foreign("単一ファイルのウェブページ、MHTML", BY_EXCEL)
    return foreign(
        "メール（.eml）", "メールを開き、添付された表計算のファイルを保存して、それを置いてください"
    )


def _markup(text: str, data: bytes) -> UnreadableError | None:
    before = _BEFORE_HTML.match(text)
    start = text[before.end() :] if before else text
    if not start.startswith("<"):
        return None
    if "urn:schemas-microsoft-com:office:spreadsheet" in text or 'progid="Excel.Sheet"' in text:
        return foreign("XML スプレッドシート 2003", BY_EXCEL)
    if re.match(r"<office:document\b", start):
        is_sheet = "oasis.opendocument.spreadsheet" in text
        name = "フラットXML ODF表計算ドキュメント、.fods" if is_sheet else "フラットXMLのOpenDocument文書"
        return foreign(name, BY_LIBREOFFICE if is_sheet else OUT_OF_TEXT)
    if "office/word/2003" in text or 'progid="Word.Document"' in text:
        return foreign("XMLのWord文書", OUT_OF_TEXT)
    if re.match(r"<svg\b|<!doctype svg", start, re.IGNORECASE):
        return foreign("画像（SVG）", ORIGINAL)
    if _HTML.match(start):
        if re.search(rb"<(?:\w+:)?table\b", data.replace(b"\x00", b""), re.IGNORECASE):
            return foreign("HTML、ウェブページ", BY_EXCEL)
        again = "ログイン画面などを保存したのかもしれません。元のファイルをもう一度ダウンロードしてください"
        return foreign("HTML、表のないウェブページ", again)
    is_xml = text.lstrip().startswith("<?xml") or re.match(r"<[\w:.-]+\s[^<>]*xmlns", start)
    return foreign("XML", BY_EXCEL) if is_xml else None


def _json(text: str) -> UnreadableError | None:
    if _JSON.match(text.lstrip()) is None:
        return None
    if "docs.google.com" in text:
        return foreign("Googleスプレッドシートへのリンク", BY_GOOGLE)
    return foreign("JSON", ORIGINAL)
