"""A project of many plans whose reports all stand: one of them built, the others copies of it with manifests of their own."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from measure import run
from nation_plans import write_plans
from sides import Side

_FIRST = "kaku-0001"
_SETTLED = 4.0  # seconds after which what is written has other times than what was


def lay_out_standing(side: Side, plans: int, years: int, seed: int) -> Path:
    """So many plans with a report a year. Files are shared by hard links where copies have the same bytes."""
    root = side.new_project("standing")
    write_plans(root, years, years, seed)
    run(side.build(root=root), root)
    parts = [root / part for part in ("data/raw", "data/processed", "reports")]
    for number in range(2, plans + 1):
        _copy(parts, f"kaku-{number:04}")
    time.sleep(_SETTLED)
    return root


def _copy(parts: list[Path], plan_id: str) -> None:
    """The first plan under another id: what names it is written anew, digests included."""
    digests: dict[str, str] = {}
    for part in parts:
        for folder, _, names in os.walk(part / _FIRST):
            there = part / plan_id / Path(folder).relative_to(part / _FIRST)
            there.mkdir(parents=True)
            for name in names:
                if name.startswith("."):
                    continue  # a lock of one's own
                file = Path(folder, name)
                if name == "plan.toml":
                    content = file.read_bytes()
                    (there / name).write_bytes(new := content.replace(_FIRST.encode(), plan_id.encode()))
                    digests[_sha256(content)] = _sha256(new)
                elif name == "manifest.json":
                    (there / name).write_bytes(_manifest(file.read_text("utf-8"), plan_id, digests))
                else:
                    os.link(file, there / name)


def _manifest(text: str, plan_id: str, digests: dict[str, str]) -> bytes:
    for old, new in {_FIRST: plan_id, **digests}.items():
        text = text.replace(old, new)
    record = json.loads(text)
    if record.pop("sha256", None):
        record["sha256"] = _sha256(_json(record))
    return _json(record)


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
