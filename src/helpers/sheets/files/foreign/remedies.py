"""Remedies for files that are no sheets: the program that opens it, and the menu that makes a sheet of it."""

from __future__ import annotations

__all__ = [
    "BY_EXCEL", "BY_GOOGLE", "BY_LIBREOFFICE", "BY_NUMBERS", "ORIGINAL", "OUT_OF_PDF", "OUT_OF_TEXT",
    "SAVE_AS_XLSX", "TARGET", "UNPACK", "foreign",
]  # fmt: skip

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
