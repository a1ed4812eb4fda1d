"""The settings and items of a plan as far as a sheet shows them, and the files that say so.

What no sheet says is filled in with what is likeliest, or with a placeholder, and marked 要確認 in the file.
"""

from __future__ import annotations

__all__ = ["TO_CONFIRM", "DraftItem", "DraftPolicy", "PlanDraft", "marked_lines"]

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from string import Template

from helpers.fiscal_year import Period
from helpers.plan.reading.items_file import COLUMNS, OPTIONAL_COLUMNS
from helpers.plan.words.groups import DONE, NOT_STARTED, group_of

TO_CONFIRM = "要確認"
_NOT_IN_TOML = re.compile("[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class DraftPolicy:
    """A policy of a sheet: its numeral, its name ("" where the sheet does not say it), its text where it has another form."""

    numeral: str
    name: str
    label: str = ""


@dataclass(frozen=True)
class DraftItem:
    """An item of a sheet; ``policy`` and ``also_in`` are numerals."""

    number: str
    policy: str
    name: str
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanDraft:
    """The parts of a plan that a sheet shows.

    Attributes:
        statuses: the words of the status column, each with the number of its items, in the order of progress.
        columns: the sheet's heading of each column that goes by no known name.
        period: the years of the plan; ``is_period_known``: whether the sheet says so.
        municipality, title: of the plan; "" where the sheet does not say it.
        is_municipality_given: whether the user named it, so that nothing is to be confirmed.
    """

    period: Period
    is_period_known: bool
    municipality: str
    title: str
    policies: Sequence[DraftPolicy]
    statuses: Mapping[str, int]
    items: Sequence[DraftItem]
    columns: Mapping[str, str] = field(default_factory=dict)
    is_municipality_given: bool = False

    def files(self, plan_id: str, sheet: str) -> dict[str, bytes]:
        """``plan.toml`` and ``items.csv``; ``sheet`` is the name of the file that the draft was made from."""
        return {"plan.toml": self._settings(plan_id, sheet).encode(), "items.csv": self._items().encode()}

    def _settings(self, plan_id: str, sheet: str) -> str:
        municipality = self.municipality or "〇〇市"
        title = self.title or f"{municipality}行政改革推進計画"
        period = "表題にある期間です" if self.is_period_known else "状況調査の年度から5年間としました"
        values = {
            "id": plan_id,
            "sheet": _in_comment(sheet),
            "municipality": _quoted(municipality),
            "municipality_note": ""
            if self.is_municipality_given
            else _note("表題から取りました" if self.municipality else "自治体名を書いてください"),
            "outline": _quoted(f"（{TO_CONFIRM}）{municipality}行政改革大綱"),
            "outline_policies": self._outline_policies(),
            "first_year": int(self.period.first),
            "last_year": int(self.period.last),
            "period_note": _note(period),
            "implementation": _quoted(title),
            "implementation_note": _note(
                "表題から取りました" if self.title else "計画の正式な名前を書いてください"
            ),
            "policies": "\n".join(self._policy_lines()),
            "statuses": "\n".join(self._status_lines()),
            "columns": "\n".join(self._column_lines()),
        }
        template = Template(files(__package__).joinpath("templates", "draft.toml").read_text("utf-8"))
        return template.substitute(values).rstrip("\n") + "\n"

    def _outline_policies(self) -> str:
        names = ", ".join(_quoted(policy.name or policy.numeral) for policy in self.policies)
        return f"policies = [{names}]\n" if names else ""

    def _policy_lines(self) -> Iterator[str]:
        if not self.policies:
            yield "# この表には基本方針がないので、基本方針のない計画としました。あるときは [[policies]] を書き、items.csv に"
            yield "# 基本方針の列を加えてください。"
            yield ""
            return
        yield "# 基本方針。numeral は状況調査と items.csv での呼び方"
        for policy in self.policies:
            yield from _policy_lines(policy)

    def _status_lines(self) -> Iterator[str]:
        known = {name: group_of(name) for name in self.statuses}
        has_done = any(group == DONE for group, _ in filter(None, known.values()))
        for name, count in self.statuses.items():
            group, is_counted = known[name] or (NOT_STARTED, True)
            note = "言葉から推測しました" if known[name] else "分からないので、仮に not_started としました"
            if not has_done:
                group, is_counted, has_done = DONE, True, True
                note = "どれが計画どおりの実施か分からないので、仮にこの区分を done としました"
            yield from (
                "[[statuses]]",
                f"name = {_quoted(name)}",
                f'group = "{group}"{_note(f"{note}。この表に{count}項目")}',
                *([] if is_counted else [f"counted = false{_note('割合の対象から外しました')}"]),
                "",
            )

    def _column_lines(self) -> Iterator[str]:
        if self.columns:
            yield "# この表での列見出し（内容から推測したものを含みます）"
            yield "[columns]"
        for column, heading in self.columns.items():
            yield f"{_quoted(column)} = [{_quoted(heading)}]{_note('この列でよいか確かめてください')}"
        if self.columns:
            yield ""

    def _items(self) -> str:
        has_repeats = any(item.also_in for item in self.items)
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        number, policy, *rest = COLUMNS
        policy_column = [policy] if self.policies else []
        rows.writerow([number, *policy_column, *rest, *([OPTIONAL_COLUMNS[1]] if has_repeats else [])])
        first = int(self.period.first)
        for item in self.items:
            own, more = [item.policy][: len(policy_column)], ["、".join(item.also_in)] if has_repeats else []
            rows.writerow([item.number, *own, item.name, first, "", *more])
        return text.getvalue()


def marked_lines(settings: bytes) -> Iterator[tuple[int, str]]:
    """The lines of a settings file that are to be confirmed: number and text."""
    for number, line in enumerate(settings.decode().splitlines(), start=1):
        if TO_CONFIRM in line and not line.startswith("#"):
            yield number, line


def _policy_lines(policy: DraftPolicy) -> Iterable[str]:
    name, note = policy.name, ""
    if not name:
        name, note = f"（{TO_CONFIRM}）{policy.numeral}の名前", _note("表に名前がありません")
    yield from ("[[policies]]", f"numeral = {_quoted(policy.numeral)}", f"name = {_quoted(name)}{note}")
    if policy.label:
        yield f"label = {_quoted(policy.label)}"
    yield ""


def _note(text: str) -> str:
    return f"   # {TO_CONFIRM}: {_in_comment(text)}"


def _quoted(text: str) -> str:
    return json.dumps(_in_comment(text), ensure_ascii=False)


def _in_comment(text: str) -> str:
    """A text without the characters that a TOML file may hold nowhere but escaped."""
    return _NOT_IN_TOML.sub(" ", text)
