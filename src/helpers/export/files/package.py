"""datapackage.json: what the csv files hold, as a Frictionless data package with a schema for every table."""

from __future__ import annotations

__all__ = ["data_package"]

import json
from collections.abc import Iterable, Mapping
from typing import Any

from helpers.export.files.contents import Publication
from helpers.export.files.described import fields_of, key_of, notes_of, totals_in
from helpers.export.files.fields import FLAG, POLICY, STATUS, Field
from helpers.files.formulas import guarded
from helpers.files.writing import sha256_of
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.plan import Plan
from helpers.report.table import Table


def data_package(publication: Publication, files: Mapping[str, bytes]) -> bytes:
    """Describe the csv ``files`` of the publication's tables, given by table id.

    Raises:
        ExportError: a column or a key is not described.
    """
    history, plan = publication.history, publication.plan
    record: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"{plan.id}-{int(history.year)}",
        "title": f"{plan.municipality} {publication.title}",
        "description": "\n".join(
            (
                f"{publication.as_of}。空の欄は資料なし、または該当なし。",
                "「=」「+」「-」「@」などで始まる文字列は、表計算ソフトが式と取り違えないように「'」を前に付けています。",
                *publication.notes,
            )
        ),
        "language": "ja",
        "temporal": {
            "name": str(history.year),
            "start": publication.begins.isoformat(),
            "end": publication.ends.isoformat(),
        },
        "keywords": [plan.municipality, "行政改革", str(history.year)],
        "contributors": [{"title": plan.municipality, "role": "publisher"}],
        "sources": _sources(history),
        **({"licenses": [_licence(plan)]} if plan.licence else {}),
        "resources": [_resource(table, files[table.id], history) for table in publication.tables],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _sources(history: History) -> list[dict[str, str]]:
    sheets = [
        {
            "title": f"{year}の状況調査（{file}）",
            "fileName": file,
            "hash": f"sha256:{sha256}",
        }
        for year, sheet in sorted(history.sheets.items())
        for file, sha256 in sheet.files.items()
    ]
    return [*([{"title": history.plan.source}] if history.plan.source else []), *sheets]


def _licence(plan: Plan) -> dict[str, str]:
    assert plan.licence is not None
    parts = {"name": plan.licence.name, "title": plan.licence.title, "path": plan.licence.path}
    return {key: value for key, value in parts.items() if value}


def _resource(table: Table, content: bytes, history: History) -> dict[str, Any]:
    return {
        "name": table.id,
        "path": f"{table.id}.csv",
        "profile": "tabular-data-resource",
        "title": table.caption,
        **({"description": "\n".join(notes)} if (notes := notes_of(table, history.plan.wording)) else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256_of(content)}",
        "schema": _schema(table, history),
        # Not of the standard, which allows it: a record with one of these values is the sum of others.
        **({"totals": totals} if (totals := _totals(table)) else {}),
    }


def _totals(table: Table) -> list[dict[str, Any]]:
    return [
        {"field": name, "values": [guarded(value) for value in values]}
        for name, values in totals_in(table).items()
    ]


def _schema(table: Table, history: History) -> dict[str, Any]:
    key = key_of(table)
    return {
        "fields": [
            _described(field, table, history.plan, field.name in key)
            for field in fields_of(table, history.plan.wording)
        ],
        "missingValues": [""],
        "primaryKey": list(key),
    }


def _described(field: Field, table: Table, plan: Plan, is_key: bool) -> dict[str, Any]:
    words = [f"{value}＝{word}" for value, word in field.words.items()]
    described: dict[str, Any] = {
        "name": field.name,
        "title": field.title,
        "type": field.kind.type,
        "description": "。".join([field.description, *(["、".join(words)] if words else [])]),
    }
    if field.unit:
        described["unit"] = field.unit
    values = list(table.records[field.name])
    constraints: dict[str, Any] = {}
    # An empty key is a value of its own: the whole plan, no phase, not yet in the plan.
    if is_key and not any(value == "" for value in values):
        constraints["required"] = True
    constraints |= field.kind.limits
    if field.pattern:
        constraints["pattern"] = field.pattern
    if allowed := _allowed(field, table, values, plan):
        constraints["enum"] = allowed
    return described | ({"constraints": constraints} if constraints else {})


def _allowed(field: Field, table: Table, values: Iterable[object], plan: Plan) -> list[str | int]:
    if table.key:
        return []  # its author knows which words there are
    if field.kind == STATUS:
        names = [*plan.status_names, *([TOTAL] if TOTAL in values else [])]
    elif field.kind == POLICY:
        known = dict.fromkeys(policy.numeral for policy in (*plan.policies, *(i.policy for i in plan.items)))
        names = [name for name in known if name]
    elif field.kind == FLAG:
        return [int(value) for value in field.words]
    else:
        names = list(field.words)
    return [guarded(name) for name in names]
