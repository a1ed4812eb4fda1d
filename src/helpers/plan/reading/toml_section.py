"""Read tables of a TOML file: a missing, mistyped or unknown key is refused with its place in the file."""

from __future__ import annotations

__all__ = ["Row", "Section", "nearest_of", "parse_toml", "read_toml"]

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.errors import FiscalYearError, PlanFileError
from helpers.files.nesting import DEEPEST, too_deep_at, without_strings
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.reading.text_file import read_text
from helpers.text.forms import folded

_LONGEST_WORD = 200  # characters of a number or a bare key
_LONG_WORD = re.compile(rf"[^\s,=\[\]{{}}]{{{_LONGEST_WORD + 1}}}")
_LONG_KEY = re.compile(rf"(?:[^\s.,=\[\]{{}}]*\.){{{DEEPEST}}}")
_BLANKS = re.compile(r"[ \t]*\.[ \t]*")


class Section:
    """One table of a TOML file; every getter checks its key and fails with file, key, value and remedy.

    Keys that no getter asked for are refused by ``demand_nothing_else``: a misspelt setting must not be ignored.
    """

    joint = "."  # between the table's place in the file and a key

    def __init__(self, file: Path, location: str, values: Mapping[str, Any]) -> None:
        self.file, self.location, self.values = file, location, values
        self.known: set[str] = set()

    def where(self, key: str) -> str:
        """The place of a key in the file: 'policies[2].name'."""
        return self.joint.join(part for part in (self.location, key) if part)

    def fail(self, key: str, problem: str, remedy: str) -> PlanFileError:
        return PlanFileError(self.file, self.where(key), problem, remedy)

    def value(self, key: str, kind: type, named: str, default: Any = None) -> Any:
        self.known.add(key)
        if key not in self.values:
            if default is not None:
                return default
            raise self.fail(key, "値がありません", f"{key} = … の行（{named}）を書いてください")
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(key, f"「{value}」は{named}ではありません", f"{named}で書いてください")
        return value

    def text(self, key: str, default: str | None = None, *, is_name: bool = True) -> str:
        text: str = self.value(key, str, "文字列", default)
        if not folded(text) and default is None:
            raise self.fail(key, "空です", "値を書いてください")
        if is_name:
            self.demand_one_line(key, text)
        return text

    def demand_one_line(self, key: str, *texts: str) -> None:
        """Refuse line breaks and tabs, which no heading of a table and no cell of a list can hold."""
        for text in texts:
            if re.search(r"[\t\n\v\f\r\x85\u2028\u2029]", text):
                shown = re.sub(r"\s+", " ", text)
                raise self.fail(key, f"「{shown}」の途中に改行かタブがあります", "一行で書いてください")

    def template(self, key: str, placeholder: str) -> str:
        """A text of any length in which nothing but ``placeholder`` stands in braces."""
        text = self.text(key, is_name=False)
        for written in re.findall(r"[{｛][^{}｛｝]*[}｝]", text):
            if written != placeholder:
                problem = f"「{written}」という差し込みはありません"
                remedy = f"{placeholder} と書くか、差し込みでなければほかのかっこにしてください"
                raise self.fail(key, problem, remedy)
        return text

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        texts = self.value(key, list, "文字列の並び", list(default) if default is not None else None)
        if not all(isinstance(text, str) and text.strip() for text in texts):
            problem = f"「{texts}」に文字列でない値があります"
            raise self.fail(key, problem, '["…", "…"] のように書いてください')
        self.demand_one_line(key, *texts)
        return tuple(texts)

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        text, choices = self.text(key, default), tuple(choices)
        if text not in choices:
            nearest = nearest_of(text, choices)[0]
            raise self.fail(key, f"「{text}」は使えません（{'／'.join(choices)}）", f"近い値: {nearest}")
        return text

    def fiscal_year(self, key: str) -> FiscalYear:
        try:
            return FiscalYear.parse(self.value(key, object, "年度、例: 2018"))
        except FiscalYearError as error:
            raise self.fail(key, str(error), "西暦の年度で書いてください（例: 2018）") from None

    def period(self) -> Period:
        return self.period_of(self.fiscal_year("first_year"), self.fiscal_year("last_year"), "last_year")

    def period_of(self, first: FiscalYear, last: FiscalYear, last_key: str) -> Period:
        if last < first:
            problem = f"「{self.values[last_key]}」は開始の{first}より前です"
            raise self.fail(last_key, problem, "年度を直してください")
        return Period(first, last)

    def section(self, key: str, *, optional: bool = False) -> Section:
        values = self.value(key, dict, f"[{key}] の表", {} if optional else None)
        return Section(self.file, self.where(key), values)

    def sections(self, key: str, *, optional: bool = False) -> list[Section]:
        if optional and key not in self.values:
            self.known.add(key)
            return []
        tables = self.value(key, list, f"[[{self.where(key)}]] の表の並び")
        if not tables or not all(isinstance(table, dict) for table in tables):
            raise self.fail(key, "表がありません", f"[[{self.where(key)}]] を一つ以上書いてください")
        where = self.where(key)
        return [Section(self.file, f"{where}[{n}]", table) for n, table in enumerate(tables, start=1)]

    def demand_nothing_else(self) -> None:
        for key in self.values:
            if key not in self.known:
                nearest = nearest_of(key, sorted(self.known))
                remedy = f"近い名前: {nearest[0]}" if nearest else "この行を消してください"
                raise self.fail(key, f"「{key}」という設定はありません", remedy)


class Row(Section):
    """A row of a csv file; its keys are the columns."""

    joint = " "


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file of a plan's folder.

    Raises:
        PlanFileError: the file is not there, not UTF-8 or not TOML.
    """
    missing, unreadable = "計画のフォルダーを確かめてください", "UTF-8 で保存してください"
    return parse_toml(file, read_text(file, if_missing=missing, if_unreadable=unreadable))


def parse_toml(file: Path, text: str) -> dict[str, Any]:
    """Parse the text of a TOML file.

    Raises:
        PlanFileError: it is not TOML, or nested deeper or longer in a word than a person writes it.
    """
    bare = without_strings(text)
    for problem, line in (
        (f"括弧が深すぎます（{DEEPEST}段まで）", too_deep_at(bare)),
        (f"引用符のない語が長すぎます（{_LONGEST_WORD}字まで）", _line_of(_LONG_WORD, bare)),
        (f"点でつないだ名前が深すぎます（{DEEPEST}段まで）", _line_of(_LONG_KEY, _BLANKS.sub(".", bare))),
    ):
        if line is not None:
            raise PlanFileError(file, f"{line}行目", problem, "書き方を直してください")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(file, text, str(error)) from None


def _line_of(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return None if match is None else text.count("\n", 0, match.start()) + 1


def _unreadable(file: Path, text: str, message: str) -> PlanFileError:
    """The error where a text stops being TOML, with that line; ``message``: the parser's own, in English."""
    lines = text.rstrip().split("\n")
    position = re.search(r"at line (\d+), column (\d+)", message)
    # A string or bracket that is not closed is noticed at the end only.
    number = int(position[1]) if position else len(lines)
    line = "".join(lines[number - 1 : number]).strip()[:80]
    if position is None:
        where, problem = "末尾", f"「{line}」で終わっていて、TOML として読めません"
        remedy = "閉じていない引用符や括弧、= のない行を直してください"
    elif message.startswith("Cannot"):
        where, problem = f"{number}行目", f"「{line}」と同じ名前の設定が前にもあります"
        remedy = "どちらかを消してください"
    else:
        where, problem = f"{number}行目の{position[2]}文字目", f"「{line}」が TOML として読めません"
        remedy = '書き方を直してください（文字は "…" で囲み、数字と記号は半角で書きます）'
    return PlanFileError(file, where, problem, remedy)


def nearest_of(text: str, choices: Iterable[str]) -> list[str]:
    # Imported only where something is wrong.
    from difflib import get_close_matches

    return get_close_matches(text, list(choices), n=1, cutoff=0)
