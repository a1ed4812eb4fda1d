"""Ask somebody at a terminal who typed ``gyokaku`` alone what they want, and make the command of it."""

from __future__ import annotations

__all__ = ["chosen_command", "is_asked_for"]

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from helpers.cli.terminal.screen import is_terminal, say
from helpers.errors import GyokakuError

_QUESTION = "番号を入力して Enter を押してください（やめるときは q）: "


def is_asked_for() -> bool:
    """Whether somebody sits at a terminal, to be asked."""
    return is_terminal() and sys.stdin is not None and sys.stdin.isatty()


def chosen_command() -> list[str]:
    """Ask, say the command that the answers make, and return its arguments; none where nothing is wanted.

    Raises:
        KeyboardInterrupt: the input ends.
    """
    say("行政改革の状況調査から、年度ごとの報告書を作ります。何をしますか。")
    for number, (words, _) in enumerate(_CHOICES, start=1):
        say(f"  {number}. {words}")
    while (answer := _answer(_QUESTION)) not in ("q", "Q", ""):
        if answer.isdecimal() and 1 <= int(answer) <= len(_CHOICES):
            arguments = _CHOICES[int(answer) - 1][1]()
            say(f"実行します: gyokaku {shlex.join(arguments)}")
            return arguments
        say(f"1から{len(_CHOICES)}までの番号を入力してください")
    return []


def _answer(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        raise KeyboardInterrupt from None


def _check() -> list[str]:
    newest = _newest_sheet()
    while not (
        file := _answer(f"状況調査のファイル{f'（Enter で {newest}）' if newest else ''}: ") or newest
    ):
        say("ファイルの場所を入力してください（例: data/raw/yamaguchi/R5.xlsx）")
    return ["check", file]


def _build() -> list[str]:
    return ["build", *_answer("年度（例: R5。Enter ですべての年度）: ").split()]


def _begin() -> list[str]:
    while not (plan_id := _answer("計画のID（フォルダーの名前になります。英小文字。例: yamaguchi）: ")):
        say("計画のIDを入力してください")
    sheet = _answer("手元の状況調査のファイル（なければ Enter）: ")
    return ["init", plan_id, *(["--from", sheet] if sheet else [])]


def _newest_sheet() -> str:
    """The sheet of the newest year in the project around the working directory; "" where there is none."""
    from helpers.project import find_plan_ids, find_root
    from helpers.sheets.sheet_folder import SheetFolder

    try:
        root = find_root()
        folders = [SheetFolder.look(root / "data" / "raw" / plan_id) for plan_id in find_plan_ids(root)]
    except GyokakuError:
        return ""
    newest = max((max(folder.sheets.items()) for folder in folders if folder.sheets), default=None)
    if newest is None:
        return ""
    path = newest[1]
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


_CHOICES: tuple[tuple[str, Callable[[], list[str]]], ...] = (
    ("状況調査を確かめる", _check),
    ("報告書を作る", _build),
    ("新しい計画を始める", _begin),
    ("計画と年度の一覧を見る", lambda: ["years"]),
    ("このコンピューターで動くかを確かめる", lambda: ["doctor"]),
    ("コマンドの説明を読む", lambda: ["--help"]),
)
