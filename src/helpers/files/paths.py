"""Describe what is at a path, by its kind and name, and why it cannot be read or written; never fails, however odd the path."""

from __future__ import annotations

__all__ = ["Kind", "file_name", "is_leftover", "kind_of", "real_path", "why_not_read", "why_not_written"]

import errno
import os
import re
import stat
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """The kind of file at a path, behind links; ``OTHER``: a pipe or device, whose opening may block."""

    NOTHING = "ありません"
    FILE = "ファイル"
    FOLDER = "フォルダー"
    BROKEN_LINK = "リンク先のないリンク"
    OTHER = "ふつうのファイルではないもの（装置など）"


def kind_of(path: Path) -> Kind:
    """The kind of file at a path; ``NOTHING`` also where permissions forbid to look."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        try:
            path.lstat()
        except (OSError, ValueError):
            return Kind.NOTHING
        return Kind.BROKEN_LINK
    if stat.S_ISREG(mode):
        return Kind.FILE
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.OTHER


def real_path(path: Path) -> Path:
    """The absolute path behind all links; ``Path.resolve`` fails where links lead round in a circle."""
    return Path(os.path.realpath(path))


def why_not_read(error: OSError) -> tuple[str, str]:
    """The problem of a file that cannot be read, and the remedy."""
    kind = None if error.filename is None else kind_of(Path(os.fsdecode(error.filename)))
    if kind in (Kind.BROKEN_LINK, Kind.OTHER):
        return f"{kind.value}です", "ファイルそのものを置いてください"
    if isinstance(error, FileNotFoundError):
        return "ファイルがありません", "場所と名前を確かめてください"
    if isinstance(error, IsADirectoryError):
        return "ファイルではなくフォルダーです", "ファイルを指定してください"
    if isinstance(error, PermissionError):
        return "ファイルを読む権限がありません", "Excelで開いている場合は閉じてください"
    return "ファイルを読み取れません", "別の場所にコピーしてやり直してください"


def why_not_written(error: OSError) -> str:
    """The problem of a file that cannot be written, with the remedy."""
    reasons = {
        errno.ENOSPC: "ディスクの空きがありません。空きを作ってから、もう一度実行してください",
        errno.EDQUOT: "ディスクの割り当てを使い切っています。空きを作ってから、もう一度実行してください",
        errno.EFBIG: "ファイルが、許された大きさを超えました。管理者に知らせてください",
        errno.EROFS: "書き込みのできない場所です",
        errno.EACCES: "書き込みの権限がないか、ほかのプログラムで開かれています",
        errno.EPERM: "書き込みの権限がないか、ほかのプログラムで開かれています",
        errno.ENAMETOOLONG: "名前が長すぎます。短い名前にしてください",
        errno.EEXIST: "同じ名前のファイルがあります。別の名前にしてください",
        errno.ENOTDIR: "途中に、フォルダーではなくファイルがあります。場所を確かめてください",
        errno.ENOENT: "置き場所のフォルダーがありません。場所を確かめてください",
        errno.EBADF: "出力先が閉じられています",
    }
    return reasons.get(error.errno or 0, f"{error.strerror or error}")


_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST_NAME = 200  # bytes: file systems take 255, an ending and a number come to it


def file_name(text: str) -> str:
    """A text as the name of a file, without an ending, that every file system takes.

    >>> file_name("総務課／財政課"), file_name("a/b: c?"), file_name("nul"), file_name(" .")
    ('総務課／財政課', 'a_b_ c_', '_nul', '_')
    """
    name = _NOT_IN_NAMES.sub("_", text).strip(" .\u3000")
    while len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        name = name[:-1].rstrip(" .")
    return f"_{name}" if not name or _DEVICE.fullmatch(name) else name


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is a leftover of a file manager, an editor or a spreadsheet program."""
    return (
        name.startswith((".", "~$")) or name.endswith("~") or name in ("Thumbs.db", "desktop.ini", "__MACOSX")
    )
