"""Why a report is made again: what differs between its manifest and what it would be made from now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_PARTS = {
    "inputs": "",
    "parameters": "パラメーター ",
    "neighbours": "前後の年度の報告書",
    "code": "プログラム",
    "versions": "パッケージ ",
}
# Parts of which the names inside say nothing to a user.
_UNNAMED = ("neighbours", "code")
NEVER_MADE = "まだ作られていない"
NOT_WHOLE = "作られた後にファイルが変わった、またはなくなった"
FORCED = "作り直しの指定（--force）"
CURRENT = "作った時から何も変わっていない"


def changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """What changed between two identities, most telling first: 'R4.csv が変わった'. Empty where they are equal."""
    return tuple(
        told
        for part, label in _PARTS.items()
        for told in _changes(part, label, then.get(part) or {}, now[part])
    )


def _changes(part: str, label: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if part in _UNNAMED:
        if then != now:
            yield f"{label}が変わった"
        return
    for name in sorted({*then, *now}):
        if then.get(name) == now.get(name):
            continue
        what = "加わった" if name not in then else "なくなった" if name not in now else "変わった"
        yield f"{label}{name} が{what}"
