"""The limits of what is read, and the errors for bytes that are not read as a sheet, each with its remedy."""

from __future__ import annotations

__all__ = [
    "LIMITS", "LOCKED_BY_EXCEL", "LONGEST_REASON", "Limits", "UnreadableError", "cell_too_long",
    "corrupt", "damaged", "limited_bytes", "not_a_spreadsheet", "password_protected", "too_large",
    "too_late", "too_long", "wrong_encoding",
]  # fmt: skip

from dataclasses import dataclass
from pathlib import Path

from helpers.text.forms import LONGEST_CELL

LONGEST_REASON = 120  # characters that are quoted from a library or a file


@dataclass(frozen=True)
class Limits:
    """The limits on a sheet's size; an ordinary one has 50 rows, 8 columns and 30 KB."""

    file_bytes: int = 20_000_000
    members: int = 2_000
    unpacked_bytes: int = 100_000_000
    ratio: int = 500
    ratio_matters_from: int = 1_000_000  # bytes of a member
    rows: int = 20_000
    columns: int = 1_000
    cells: int = 500_000
    cell_characters: int = LONGEST_CELL
    characters: int = 5_000_000
    seconds: int = 10
    memory_bytes: int = 1_000_000_000


LIMITS = Limits()


def limited_bytes(file: Path) -> bytes:
    """The bytes of a file; one byte beyond the limit is enough to refuse it."""
    with file.open("rb") as opened:
        return opened.read(LIMITS.file_bytes + 1)


class UnreadableError(Exception):
    """Bytes that cannot be read as a sheet: a code, a Japanese message, a worksheet and cell where known."""

    def __init__(self, code: str, message: str, sheet: str = "", cell: str = "") -> None:
        self.code, self.message, self.sheet, self.cell = code, message, sheet, cell
        super().__init__(message)


def not_a_spreadsheet(kind: str) -> UnreadableError:
    """The error for a file of another kind."""
    remedy = "Excel（.xlsx、.xls）、OpenDocument（.ods）、CSVのどれかで保存し直してください"
    return UnreadableError("not_spreadsheet", f"表計算のファイルではありません（{kind}）。{remedy}")


def too_large(problem: str, sheet: str = "", cell: str = "") -> UnreadableError:
    """The error for a file beyond a limit."""
    remedy = "状況調査の表だけを新しいブックに貼り直して保存してください"
    return UnreadableError("too_large", f"{problem}。{remedy}", sheet, cell)


def too_late(limits: Limits) -> UnreadableError:
    """The error for a file that takes longer to read than it may."""
    return too_large(f"{limits.seconds}秒かけても読み終わりません")


def too_long(limits: Limits, sheet: str = "") -> UnreadableError:
    """The error for more text than any report could print."""
    most = limits.characters
    count = f"{most // 10_000:,}万" if most % 10_000 == 0 else f"{most:,}"
    return too_large(f"文字が多すぎます（上限{count}字）", sheet)


def cell_too_long(limits: Limits, sheet: str, cell: str) -> UnreadableError:
    """The error for a cell with more text than a spreadsheet program can hold."""
    return too_large(f"一つのセルの文字が多すぎます（上限{limits.cell_characters:,}字）", sheet, cell)


LOCKED_BY_EXCEL = (
    "。パスワードを聞かれずに開ける（読み取り専用や構成の保護だけの）ときは、"
    "「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存し直してください"
)


def password_protected(otherwise: str = "") -> UnreadableError:
    """The error for an encrypted file; ``otherwise``: another remedy, where none was asked for."""
    message = f"パスワードで保護されているため開けません。パスワードを外して保存し直してください{otherwise}"
    return UnreadableError("password", message)


def wrong_encoding(problem: str) -> UnreadableError:
    """The error for a text in another encoding."""
    return UnreadableError("encoding", f"{problem}。UTF-8かShift_JIS（CP932）のCSVで保存し直してください")


def corrupt(problem: str) -> UnreadableError:
    """The error for a file that breaks the rules of its format; other programs may still show a table."""
    remedy = "Excelなどで開いて表を確かめ、名前を付けて保存し直すか、元のファイルをもう一度受け取ってください"
    return UnreadableError("corrupt", f"ファイルを正しく読めません（{problem[:LONGEST_REASON]}）。{remedy}")


def damaged(problem: str) -> UnreadableError:
    """The error for a file that no program reads."""
    remedy = "元のファイルをもう一度受け取ってください"
    return UnreadableError("corrupt", f"ファイルが壊れています（{problem}）。{remedy}")
