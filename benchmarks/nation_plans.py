"""Synthetic municipalities: a plan of about 40 items under three policies, and its status sheet of every year.

Everything is drawn from a seed and the municipality's number: the same pair gives the same bytes. Nothing is real,
and every name that a report shows says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nation_sheets import sheet_file
from nation_words import LABEL, PURPOSE, activities, department_name, item_names, policy_names, remark

from helpers.fiscal_year import FiscalYear

FIRST_YEAR = 2015
PHASE_YEARS = 5
NUMERALS = ("Ⅰ", "Ⅱ", "Ⅲ")
_HEADINGS = ("番号", "基本方針", "推進項目", "実施状況", "主な取組", "所管課", "備考")
# The words of the statuses, least done first, and a word outside the denominator where the plan has one.
_VOCABULARIES = (
    (("未実施", "検討中", "一部実施", "実施"), ""),
    (("未着手", "検討中", "一部実施", "計画どおり実施"), ""),
    (("D", "C", "B", "A"), "対象外"),
)
_GROUPS = ("not_started", "not_started", "under_way", "done")
_PRINTING: tuple[dict[str, str], ...] = (
    {},
    {"decimals": "0", "decrease": '"▲"'},
    {"decimals": "2", "no_change": '"±0"'},
    {"rounding": '"down"', "increase": '""', "decrease": '"-"', "no_change": '"0"'},
)


@dataclass(frozen=True)
class SyntheticItem:
    """An item and how far it was (0 to 3) in each year of its life; None: outside the denominator."""

    number: str
    policy: int
    name: str
    department: str
    levels: Mapping[int, int | None]


@dataclass(frozen=True)
class Municipality:
    """A municipality that does not exist; ``lasting``: the items that last, 35 to 41 where it is 0."""

    number: int
    seed: int
    years: range
    lasting: int = 0

    @property
    def name(self) -> str:
        """'架空市0001'."""
        return f"{LABEL}市{self.number:04}"

    @property
    def plan_id(self) -> str:
        """'kaku-0001'."""
        return f"kaku-{self.number:04}"

    @property
    def plan_name(self) -> str:
        """'架空市0001 性能測定用の架空の計画'."""
        return f"{self.name} {PURPOSE}"

    def files(self) -> dict[str, bytes]:
        """plan.toml, items.csv and a status sheet a year, by name."""
        random = Random(f"{self.seed}/{self.number}")
        policies, items = policy_names(random), list(self._items(random))
        files = {
            "plan.toml": self._plan_file(policies).encode(),
            "items.csv": self._items_file(items).encode(),
        }
        for year in self.years:
            ending, content = sheet_file(random, list(self._rows(random, policies, items, year)))
            fiscal_year = FiscalYear(year)
            stem = random.choice((fiscal_year.short, str(year), str(fiscal_year)))
            files[stem + ending] = content
        return files

    def write(self, root: Path) -> None:
        """Lay out its files in ``data/raw/<plan>/``."""
        folder = root / "data" / "raw" / self.plan_id
        folder.mkdir(parents=True)
        for name, content in self.files().items():
            (folder / name).write_bytes(content)

    @property
    def _phases(self) -> list[range]:
        begins = range(self.years.start, self.years.stop, PHASE_YEARS)
        return [range(begin, begin + PHASE_YEARS) for begin in begins]

    @property
    def _last_year(self) -> int:
        return self._phases[-1][-1]

    def _items(self, random: Random) -> Iterator[SyntheticItem]:
        """About 38 items that last, two that end with their phase, and two that come in with each later one."""
        lasting = self.lasting or random.randrange(35, 42)
        wanted = lasting + 2 + 2 * (len(self._phases) - 1)
        names = item_names(random, wanted)
        for place, name in enumerate(names):
            first, last = self._phases[0][0], self._last_year
            if lasting <= place < lasting + 2:
                last = self._phases[0][-1]
            elif place >= lasting + 2:
                first = self._phases[(place - lasting) // 2][0]
            # The items of a policy stand together, those that came in later behind them, as in the reference plan.
            policy = place * len(NUMERALS) // lasting if place < lasting else place % len(NUMERALS)
            levels = self._levels(random, range(first, last + 1))
            yield SyntheticItem(str(place + 1), policy, name, department_name(random), levels)

    def _levels(self, random: Random, life: range) -> dict[int, int | None]:
        """Most items get on, a few fall back, some are put outside the denominator for a while."""
        _, uncounted = self._vocabulary
        level = random.choices(range(4), (15, 25, 40, 20))[0]
        levels: dict[int, int | None] = {}
        for year in life:
            levels[year] = None if uncounted and random.random() < 0.02 else level
            step = random.choices((0, 1, -1), (66, 30, 4))[0]
            level = min(3, max(0, level + step))
        return levels

    def _rows(
        self, random: Random, policies: list[str], items: list[SyntheticItem], year: int
    ) -> Iterator[list[str]]:
        words, uncounted = self._vocabulary
        width = len(_HEADINGS)
        yield [f"{self.plan_name} {FiscalYear(year)} 実施状況調査", *[""] * (width - 1)]
        yield [f"※{PURPOSE}の調査です。{self.name}は実在しません。", *[""] * (width - 1)]
        yield list(_HEADINGS)
        for item in sorted(items, key=lambda item: item.policy):
            if year not in item.levels:
                continue
            level = item.levels[year]
            yield [
                item.number,
                f"{NUMERALS[item.policy]} {policies[item.policy]}",
                item.name,
                uncounted if level is None else words[level],
                activities(random) if random.random() < 0.6 else "",
                item.department,
                remark(random) if random.random() < 0.1 else "",
            ]

    def _items_file(self, items: list[SyntheticItem]) -> str:
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("番号", "基本方針", "推進項目", "開始年度", "終了年度"))
        for item in sorted(items, key=lambda item: item.policy):
            writer.writerow(
                (item.number, NUMERALS[item.policy], item.name, min(item.levels), max(item.levels))
            )
        return stream.getvalue()

    @property
    def _vocabulary(self) -> tuple[tuple[str, ...], str]:
        return _VOCABULARIES[self.number % len(_VOCABULARIES)]

    def _plan_file(self, policies: list[str]) -> str:
        period = {"first_year": str(self._phases[0][0]), "last_year": str(self._last_year)}
        outline = {
            "name": _quoted(f"{self.name} {PURPOSE}の大綱"),
            "philosophy": _quoted(f"{LABEL}の理念"),
            "policies": f"[{', '.join(map(_quoted, policies))}]",
        }
        overview = f"{PURPOSE}で、{{items}}項目を設定"
        sections = [
            f"# {PURPOSE}。{self.name}も、計画も、数字も、実在しません。",
            _section(
                "",
                {
                    "id": _quoted(self.plan_id),
                    "municipality": _quoted(self.name),
                    "source": _quoted(f"{self.name}「{PURPOSE}」（測定のために作ったもの）"),
                },
            ),
            _section("[outline]", outline | period),
            _section("[implementation]", {"name": _quoted(self.plan_name), "overview": _quoted(overview)}),
        ]
        for number, phase in enumerate(self._phases, start=1):
            given = {
                "phase": _quoted(f"第{number}期"),
                "first_year": str(phase[0]),
                "last_year": str(phase[-1]),
            }
            sections.append(_section("[[implementation.plans]]", given))
        for numeral, name in zip(NUMERALS, policies, strict=True):
            sections.append(_section("[[policies]]", {"numeral": _quoted(numeral), "name": _quoted(name)}))
        words, uncounted = self._vocabulary
        for word, group in reversed(list(zip(words, _GROUPS, strict=True))):
            sections.append(_section("[[statuses]]", {"name": _quoted(word), "group": _quoted(group)}))
        if uncounted:
            sections.append(_section("[[statuses]]", {"name": _quoted(uncounted), "counted": "false"}))
        sections.append(_section("[printing]", _PRINTING[self.number % len(_PRINTING)]))
        return "\n\n".join(sections) + "\n"


def municipalities(reports: int, years: int, seed: int) -> Iterator[Municipality]:
    """As many municipalities as it takes for so many reports; the last may have fewer years."""
    for number, begun in enumerate(range(0, reports, years), start=1):
        yield Municipality(number, seed, range(FIRST_YEAR, FIRST_YEAR + min(years, reports - begun)))


def write_plans(root: Path, reports: int, years: int, seed: int) -> None:
    """Lay out ``data/raw/<plan>/`` for each municipality."""
    for municipality in municipalities(reports, years, seed):
        municipality.write(root)


def _section(heading: str, values: Mapping[str, str]) -> str:
    return "\n".join(
        [*([heading] if heading else []), *(f"{key} = {value}" for key, value in values.items())]
    )


def _quoted(text: str) -> str:
    return f'"{text}"'
