"""A city whose every text is an attack: item names, sheets, policies, statuses, titles, all of ``attacks.toml``."""

import csv
import io
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from small_city import ITEMS_HEADER

ATTACKS = Path(__file__).with_name("attacks.toml")
HEADER = ["番号", "基本方針", "推進項目", "実施状況", "主な取組", "所管課", "備考"]
PLAN = """\
id = "teki"
municipality = {0}
source = {1}

[outline]
name = {2}
philosophy = {3}
policies = [{4}, {5}]
first_year = 2020
last_year = 2024

[implementation]
name = {6}
overview = {7}

[[implementation.plans]]
phase = {8}
first_year = 2020
last_year = 2024

[[policies]]
numeral = "1"
name = {9}

[[policies]]
numeral = "2"
name = {10}

[[statuses]]
name = {11}
group = "done"

[[statuses]]
name = {12}
group = "under_way"

[[statuses]]
name = {13}
"""


def attacks(outcome: str = "") -> list[str]:
    """The texts of the list, or those with one outcome, in order and each once."""
    groups = tomllib.loads(ATTACKS.read_text(encoding="utf-8"))["group"]
    chosen = [group["texts"] for group in groups if outcome in ("", group["outcome"])]
    return list(dict.fromkeys(text for texts in chosen for text in texts))


def in_toml(text: str) -> str:
    """A text as toml writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def lay_out_hostile(root: Path, texts: Sequence[str], notes: Sequence[str] = ()) -> Path:
    """Lay out a project with the plan ``teki``: an item for each text, two years, the first moved by some of them."""
    folder = root / "data" / "raw" / "teki"
    folder.mkdir(parents=True)
    (root / "notebooks").mkdir()
    (folder / "plan.toml").write_text(PLAN.format(*map(in_toml, texts[:14])), encoding="utf-8")
    items = [[str(n), str(1 + n % 2), text, "2020", ""] for n, text in enumerate(texts, start=1)]
    items = [ITEMS_HEADER.strip().split(","), *items]
    (folder / "items.csv").write_bytes(csv_of(items))
    statuses = texts[11:14]
    for year, shift in ((2020, 0), (2021, 1)):
        rows = [
            [number, policy, name, statuses[(int(number) + shift * (int(number) % 5 == 0)) % 3], *[name] * 3]
            for number, policy, name, *_ in items[1:]
        ]
        noted = [[f"※{note}", *[""] * 6] for note in notes]
        (folder / f"{year}.csv").write_bytes(csv_of([HEADER, *rows, *noted]))
    return root


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a csv file."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()
