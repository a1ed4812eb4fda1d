"""tables/datapackage.json, held against the csv files by a small validator of our own."""

import csv
import fnmatch
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from books_read_back import Case

from helpers.export.files import table_files
from helpers.files.formulas import unguarded
from helpers.history.opening import load_history
from helpers.report.faces.records import values_of
from made_reports import every_table
from small_city import TAKEN_OVER, Small, lay_out

PACKAGE, NAME = "tables/datapackage.json", re.compile(r"[a-z0-9._/-]+")
READ: Mapping[str, Callable[[str], object]] = {"string": unguarded, "integer": int, "number": Decimal}


def problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """What is wrong with a package: its descriptor, every file, field, type, constraint and key."""
    package = json.loads(files[PACKAGE])
    if not NAME.fullmatch(package["name"]):
        yield "name of the package"
    if {f"tables/{resource['path']}" for resource in package["resources"]} != set(
        fnmatch.filter(files, "*.csv")
    ):
        yield "files"
    for resource in package["resources"]:
        name, content = resource["name"], files[f"tables/{resource['path']}"]
        fields, key = resource["schema"]["fields"], resource["schema"]["primaryKey"]
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        keys = [[row[header.index(column)] for column in key] for row in rows]
        wrong = {
            "name": not NAME.fullmatch(name),
            "hash": resource["hash"] != f"sha256:{hashlib.sha256(content).hexdigest()}",
            "bytes": resource["bytes"] != len(content),
            "header": header != [field["name"] for field in fields],
            "primary key": not key or any(keys.count(key_value) > 1 for key_value in keys),
        }
        yield from (f"{name}: {problem}" for problem, is_so in wrong.items() if is_so)
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                yield from (f"{name}.{field['name']}: {problem}" for problem in cell_problems(field, cell))


def cell_problems(field: Mapping[str, Any], cell: str) -> list[str]:
    rules = field.get("constraints", {})
    if cell == "":
        return ["required"] if rules.get("required") else []
    try:
        value = READ[field["type"]](cell)
    except (ValueError, ArithmeticError):
        return [f"{cell!r} is no {field['type']}"]
    wrong = {
        f"is not in {rules.get('enum')}": (cell if field["type"] == "string" else value)
        not in rules.get("enum", [cell, value]),
        "does not match": "pattern" in rules and not re.fullmatch(rules["pattern"], cell),
        "is too small": "minimum" in rules and value < rules["minimum"],
        "is too large": "maximum" in rules and value > rules["maximum"],
    }
    return [f"{cell!r} {problem}" for problem, is_so in wrong.items() if is_so]


@pytest.mark.parametrize(
    "second", ["2,1,会議の録画", "2,2,会議の公開"], ids=["another item", "another policy"]
)
def test_a_number_that_another_item_took_over_is_no_second_record(small: Small, second: str) -> None:
    items = TAKEN_OVER.replace("2,1,会議の録画", second)
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 未着手"}, items=items)
    assert list(problems(table_files(history, every_table(history)))) == []


def test_every_file_is_as_the_package_describes_it_and_every_table_rebuilt_from_it(case: Case) -> None:
    assert list(problems(case.files)) == []
    schemas = {r["name"]: r["schema"]["fields"] for r in json.loads(case.files[PACKAGE])["resources"]}
    assert list(schemas) == [table.id for table in case.publication.tables]
    for table in case.publication.tables:
        content = case.files[f"tables/{table.id}.csv"].decode("utf-8")
        header, *rows = csv.reader(io.StringIO(content, newline=""))
        records = [
            tuple(
                READ[field["type"]](cell) if cell else "" if field["type"] == "string" else None
                for field, cell in zip(schemas[table.id], row, strict=True)
            )
            for row in rows
        ]
        assert (header, records) == (list(table.records.columns), values_of(table.records))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("overall", "2022,実施,34,0.810", "2022,実施,35,0.810", {"overall: hash"}),
        ("overall", "2022,実施,34,0.810", "2022,実旋,34,0.810", {"overall: hash", "overall.status: '実旋' is not in ['実施', '一部実施', '検討中', '未実施', '合計']"}),
        ("overall", "0.810", "1.810", {"overall: hash", "overall.share: '1.810' is too large"}),
        ("summary", ",8,", ",8.5,", {"summary: hash", "summary: bytes", "summary.items: '8.5' is no integer"}),
        ("items", "2022,Ⅰ,2,", "2022,Ⅰ,1,", {"items: hash", "items: primary key"}),
        ("items", "2022,Ⅰ,2,", "2022,Ⅰ,,", {"items: hash", "items: bytes", "items.number: required"}),
        ("sources", ",1,R3.csv", ",2,R3.csv", {"sources: hash", "sources.is_derived: '2' is not in [0, 1]"}),
    ],
)  # fmt: skip
def test_a_changed_figure_is_noticed(
    case_2022: Case, file: str, old: str, new: str, expected: set[str]
) -> None:
    name = f"tables/{file}.csv"
    content = case_2022.files[name].decode()
    assert old in content
    assert set(problems({**case_2022.files, name: content.replace(old, new, 1).encode()})) == expected


def test_the_package_says_what_year_from_what_and_by_whom(case_2022: Case) -> None:
    package, history = json.loads(case_2022.files[PACKAGE]), case_2022.publication.history
    assert package["name"] == "yamaguchi-2022"
    assert package["temporal"] == {"name": "令和4年度", "start": "2022-04-01", "end": "2023-03-31"}
    assert package["sources"][0] == {"title": history.plan.source}
    assert [source["hash"] for source in package["sources"][1:]] == [
        f"sha256:{sheet.source.sha256}" for _, sheet in sorted(history.sheets.items())
    ]
    assert "licenses" not in package and "created" not in package
    schemas = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    (share,) = [field for field in schemas["by_policy"] if field["name"] == "share"]
    assert (share["title"], share["type"], share["unit"]) == ("割合", "number", "1（1＝100%）")
    assert share["constraints"] == {"minimum": 0, "maximum": 1}


LICENCE = '[licence]\nname = "CC-BY-4.0"\ntitle = "表示 4.0"\npath = "https://example.jp/by"\n'


def test_a_licence_comes_from_the_plan(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {2020: "完了 完了 進行中 未着手"}, more=LICENCE)
    files = table_files(history := load_history("machi", 2020, root), every_table(history))
    assert json.loads(files[PACKAGE])["licenses"] == [
        {"name": "CC-BY-4.0", "title": "表示 4.0", "path": "https://example.jp/by"}
    ]
    assert list(problems(files)) == []


def test_a_total_is_named_by_field_and_value_and_without_totals_every_item_counts_once(
    case_2022: Case,
) -> None:
    resources = {each["name"]: each for each in json.loads(case_2022.files[PACKAGE])["resources"]}
    assert {name: each["totals"] for name, each in resources.items() if "totals" in each} == {
        "overall": [{"field": "status", "values": ["合計"]}],
        "by_policy": [{"field": "status", "values": ["合計"]}],
        "bridge": [{"field": "status", "values": ["合計"]}, {"field": "policy", "values": [""]}],
        "summary": [{"field": "policy", "values": [""]}],
        "origins": [{"field": "status", "values": ["合計"]}, {"field": "policy", "values": [""]}],
    }
    said = "※「実施状況」が「合計」の行と、「基本方針」が空の行は、ほかの行を合計したものです。"
    assert said in resources["bridge"]["description"] and "合計したもの" not in resources["items"].get(
        "description", ""
    )
    for name in ("overall", "by_policy", "bridge", "summary", "origins"):
        content = case_2022.files[f"tables/{name}.csv"].decode()
        rows = [row for row in csv.DictReader(io.StringIO(content)) if row["fiscal_year"] == "2022"]
        totals = {each["field"]: each["values"] for each in resources[name]["totals"]}
        details = [row for row in rows if all(row[field] not in of for field, of in totals.items())]
        assert sum(int(row["items"]) for row in details) == 42 < sum(int(row["items"]) for row in rows)


def test_details_of_every_table_of_counts_add_up_to_the_items_of_the_year(case: Case) -> None:
    history = case.publication.history
    for table in case.publication.tables:
        columns = {*table.records.columns}
        if not {"items", "status", "fiscal_year"} <= columns or columns & {"number", "previous_status"}:
            continue
        details = table.details()
        ours = details[details["fiscal_year"] == int(history.year)]
        assert len(table.details()) + int(table.is_total.sum()) == len(table.records)
        if len(ours):
            assert int(ours["items"].sum()) == int(history.sheets[history.year].statuses["items"].sum()), (
                table
            )
