"""Random plans and sheets for the property tests: what is written, with which quirks, and what must come out."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from fixtures_made.xls import xls_book
from hypothesis import strategies as st

from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import Item, Outline, Plan, Policy, Status
from helpers.sheets.rows.cell_meanings import is_dash, is_ditto
from helpers.text.forms import cleaned, folded, look_folded
from spreadsheets import as_texts, book, csv_text, ods

YEAR = FiscalYear(2022)
PERIOD = Period(FiscalYear(2020), FiscalYear(2024))
VOCABULARIES = (
    ("実施", "一部実施", "検討中", "未実施"),
    ("S", "A", "B", "C"),
    ("◎", "○", "△", "×", "-"),
    ("未着手", "取組中", "完了"),
    ("計画どおり", "遅れ、見直し", "休止・廃止", "対象外"),
    ("5", "4", "3", "2", "1"),
)
NUMERALS = (("Ⅰ", "Ⅱ", "Ⅲ"), ("1", "2", "3"), ("A", "B", "C"))
NAME_LETTERS = "窓口市民協働推進サービスのごみ減量化ニュータウンICT・（）～、「」第2次"
TEXT_LETTERS = "窓口を開いた。年度1２a,;\"'\n\t =+-@①㈱髙﨑～・　実施"
HEADERS = {
    "番号": ("番号", "No.", "項 目 番 号", "整理番号"),
    "基本方針": ("基本方針", "施策の柱", "方　針"),
    "推進項目": ("推進項目", "取組項目", "項目名"),
    "実施状況": ("実施状況", "進捗状況", "評価", "令和４年度の実施状況", "実施状況（必須）"),
    "主な取組": ("主な取組", "取組内容", "実績"),
    "所管課": ("所管課", "担当課"),
    "備考": ("備考", "特記事項"),
}
TITLES = (
    [],
    [["令和4年度 実施状況調査"]],
    [["架空市"], [], ["", "R4年度"]],
    [["※注"], ["表題（令和４年度）"]],
)
OPTIONAL = ("基本方針", "推進項目", "主な取組", "所管課", "備考")


@dataclass
class Written:
    """A sheet to write: its rows, what is merged and hidden, and the figures that must come out."""

    plan: Plan
    rows: list[list[str]]
    expected: list[tuple[str, ...]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def _is_plain(text: str) -> bool:
    return (
        bool(cleaned(text)) and not is_dash(text) and not is_ditto(text) and not cleaned(text).startswith("※")
    )


names = st.text(NAME_LETTERS, min_size=2, max_size=14).filter(
    lambda text: _is_plain(text) and not folded(text).isdigit() and len(folded(text)) > 1
)
texts = st.one_of(
    st.just(""), st.text(TEXT_LETTERS, max_size=30).filter(lambda text: not text.strip() or _is_plain(text))
)


@st.composite
def plans(draw: Any) -> Plan:
    """A plan with one to three policies, one to ten items and one of six vocabularies."""
    words = draw(st.sampled_from(VOCABULARIES))
    numerals = draw(st.sampled_from(NUMERALS))[: draw(st.integers(1, 3))]
    count = draw(st.integers(1, 10))
    all_names = draw(
        st.lists(names, min_size=count + len(numerals), max_size=count + len(numerals), unique_by=look_folded)
    )
    policies = tuple(
        Policy(numeral, f"方針{name}", f"{numeral} 方針{name}", f"基本方針{numeral} 方針{name}")
        for numeral, name in zip(numerals, all_names, strict=False)
    )
    style = draw(st.sampled_from(["{n}", "{p}-{n}", "{p}-1-{n}", "K{n}"]))
    items = tuple(
        Item(
            style.format(n=at + 1, p=1 + at * len(policies) // count),
            policies[at * len(policies) // count],
            name,
            PERIOD,
        )
        for at, name in enumerate(all_names[len(numerals) :])
    )
    outline = Outline("大綱", "理念", tuple(policy.name for policy in policies), PERIOD)
    statuses = tuple(Status(word, aliases=(f"別名{at}",)) for at, word in enumerate(words))
    return Plan("random", "架空市", Path(), outline, "", (), policies, items, statuses)


def number_written(draw: Any, number: str) -> str:
    ways = [number, f" {number}　", number.translate({ord("-"): "－"}), f"No.{number}", f"（{number}）"]
    if number.isdigit():
        ways += [
            number.zfill(3),
            f"{number}.0",
            number.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}),
        ]
    return str(draw(st.sampled_from(ways)))


def status_written(draw: Any, status: str, alias: str) -> str:
    return str(draw(st.sampled_from([status, f"{status}　", "　".join(status), alias, f"\n{status}"])))


@st.composite
def sheets(draw: Any) -> Written:
    """A sheet of a random plan with random quirks that can be understood without doubt."""
    plan = draw(plans())
    left_out = draw(st.sets(st.sampled_from(OPTIONAL)))
    columns = [column for column in draw(st.permutations(list(HEADERS))) if column not in left_out]
    margin = [""] * draw(st.integers(0, 2))
    header = margin + [draw(st.sampled_from(HEADERS[column])) for column in columns]
    rows = [list(row) for row in draw(st.sampled_from(TITLES))] + [header]
    written = Written(plan, rows, [])
    policy_style = draw(st.sampled_from(["label", "numeral", "name", "blank", "ditto", "merged"]))
    above: Policy | None = None
    for item in plan.items:
        if draw(st.integers(0, 9)) == 0:
            rows.append([])
        if draw(st.integers(0, 19)) == 0:
            rows.append(header)
        status = draw(st.sampled_from(plan.statuses))
        free = {column: draw(texts) for column in ("主な取組", "所管課", "備考")}
        policy = {
            "label": item.policy.label, "numeral": item.policy.numeral, "name": f"{item.policy.name} ", "blank": "",
            "ditto": "〃" if above == item.policy else item.policy.label,
            "merged": "" if above == item.policy else item.policy.label,
        }[policy_style]  # fmt: skip
        names = [item.name, f"　{item.name}", f"{item.name[:1]} {item.name[1:]}"]
        cells = free | {
            "番号": number_written(draw, item.number),
            "基本方針": policy,
            "推進項目": draw(st.sampled_from(names)),
            "実施状況": status_written(draw, status.name, status.aliases[0]),
        }
        if policy_style == "merged" and "基本方針" in columns:
            _merge_policy(written, len(margin) + columns.index("基本方針"), is_same=above == item.policy)
        if draw(st.integers(0, 9)) == 0:
            written.hidden_rows.append(len(rows))
        rows.append(margin + [cells[column] for column in columns])
        above = item.policy
        kept = ["" if column in left_out else cleaned(text) for column, text in free.items()]
        written.expected.append((item.number, status.name, *kept))
    if draw(st.booleans()):
        number = draw(st.sampled_from(["{}", "{}項目"])).format(len(written.expected))
        total = {"番号": "合　計", "実施状況": number}
        rows.append(margin + [total.get(column, "") for column in columns])
    if draw(st.booleans()):
        rows += [[], ["※ 3月31日現在"], ["（注）脚注"]]
    rows += [[] for _ in range(draw(st.integers(0, 3)))]
    return written


def _merge_policy(written: Written, column: int, *, is_same: bool) -> None:
    row = len(written.rows)
    top = written.merged.pop()[0] if is_same and written.merged else row
    written.merged.append((top, column, row, column))


# Other characters for those of names and statuses: radicals, compatibility and variant characters, other dashes.
VARIANTS = {
    "民": "\u2ea0", "行": "\u2f8f", "見": "\u2f92", "用": "\u2f64", "口": "\u2f1d", "化": "化\U000e0100", "高": "髙", "市": "市\ufe00",
    "～": "〜", "部": "部\U000e0101", "進": "進\U000e0100", "力": "\u2f12", "ュ": "ｭ", "施": "施\U000e0100",
}  # fmt: skip
VARIANT_LETTERS = "窓口市民協働高用見力推進減量化ュ～部"


@st.composite
def sheets_of_variants(draw: Any) -> tuple[Written, set[str]]:
    """A sheet whose names and statuses are written in other characters than the plan's; also the ones that say so."""
    name = st.text(VARIANT_LETTERS, min_size=2, max_size=12).filter(lambda text: len(folded(text)) > 1)
    names_of_items = draw(st.lists(name, min_size=1, max_size=6, unique_by=look_folded))
    policy = Policy("Ⅰ", "市民協働", "Ⅰ 市民協働", "基本方針Ⅰ 市民協働")
    items = tuple(Item(str(at), policy, text, PERIOD) for at, text in enumerate(names_of_items, start=1))
    outline = Outline("大綱", "理念", (policy.name,), PERIOD)
    statuses = tuple(map(Status, VOCABULARIES[0]))
    plan = Plan("random", "架空市", Path(), outline, "", (), (policy,), items, statuses)
    rows = [["番号", "基本方針", "推進項目", "実施状況", "主な取組"]]
    expected, changed = [], set()
    for item in items:
        status = draw(st.sampled_from(plan.status_names))
        policy_text, name_text, status_text = (
            _varied(draw, text) for text in (policy.label, item.name, status)
        )
        texts, plain = (policy_text, name_text, status_text), (policy.label, item.name, status)
        # Half-width letters are no other characters.
        changed |= {text for text, same in zip(texts, plain, strict=True) if text.replace("ｭ", "ュ") != same}
        rows.append([item.number, *texts, "窓口〜\u2ea0"])
        expected.append((item.number, item.name, status, "窓口〜\u2ea0"))
    return Written(plan, rows, expected), changed


def _varied(draw: Any, text: str) -> str:
    return "".join(VARIANTS[char] if char in VARIANTS and draw(st.booleans()) else char for char in text)


def as_text(written: Written, encoding: str, delimiter: str) -> bytes:
    return csv_text(written.rows, delimiter).encode(encoding)


def as_xlsx(written: Written) -> bytes:
    def edit(sheet: Any) -> None:
        as_texts(sheet)
        for top, left, bottom, right in written.merged:
            if bottom > top:
                sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for row in written.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True

    return book([[_number_or_text(text) for text in row] for row in written.rows], edit)


def _number_or_text(text: str) -> int | str | None:
    is_number = text.isdecimal() and text.isascii() and not text.startswith("0")
    return int(text) if is_number else text or None


def as_xls(written: Written) -> bytes:
    lines = [[_number_or_text(text) for text in row] for row in written.rows]
    merged = [area for area in written.merged if area[2] > area[0]]
    return xls_book({"状況調査": lines}, merged, written.hidden_rows)


def as_ods(written: Written) -> bytes:
    spans = {(top, left): bottom - top + 1 for top, left, bottom, _ in written.merged}
    covered = {(row, left) for top, left, bottom, _ in written.merged for row in range(top + 1, bottom + 1)}

    def cell(position: tuple[int, int], text: str) -> str:
        if position in covered:
            return "<table:covered-table-cell/>"
        kind = ' office:value-type="string"' if text else ""
        span = f' table:number-rows-spanned="{spans[position]}"' if spans.get(position, 1) > 1 else ""
        lines = escape(text).replace(" ", "<text:s/>").split("\n") if text else ()
        return f"<table:table-cell{kind}{span}>{''.join(f'<text:p>{line}</text:p>' for line in lines)}</table:table-cell>"

    table = ""
    for row, texts in enumerate(written.rows):
        hidden = ' table:visibility="collapse"' if row in written.hidden_rows else ""
        table += f"<table:table-row{hidden}>{''.join(cell((row, at), text) for at, text in enumerate(texts))}</table:table-row>"
    return ods(table, **{"META-INF/manifest.xml": b"<none/>"})
