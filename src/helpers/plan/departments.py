"""The departments in a cell: several are set apart, and those that were renamed go by their new names."""

from __future__ import annotations

__all__ = ["current_name", "departments_in", "is_department"]

import re
import unicodedata
from collections.abc import Mapping

from helpers.text.forms import variant_folded

_APART = re.compile(r"[、,，;；／/\n]+|及び|並びに|および")
# These stand within names too: 文化・スポーツ課.
_PERHAPS_APART = re.compile(r"[・･\s]+")
_ENDS_A_NAME = re.compile(
    r"(?:課|室|局|部|係|所|署|館|場|校|園|院|センター|委員会|担当|チーム|グループ|本部)$"
)
_MARK = re.compile(
    r"[(（【\[](?:主|主管|主担当|代表|幹事|取りまとめ|とりまとめ|副|関係|関連|共管)[^)）】\]]*[)）】\]]"
)
_IS_LEAD = re.compile(r"[(（【\[](?:主|代表|幹事|取りまとめ|とりまとめ)")


def departments_in(text: str, renamed: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The departments that a cell names, each once, the lead first: the one that is marked （主）, or else the first.

    ``renamed``: the new name of each old one.

    >>> departments_in("総務課、財政課（主）"), departments_in("文化・スポーツ課"), departments_in("総務課・財政課")
    (('財政課', '総務課'), ('文化・スポーツ課',), ('総務課', '財政課'))
    """
    parts = [part for whole in _APART.split(text) for part in _perhaps_apart(whole.strip())]
    lead_first = sorted(filter(None, parts), key=lambda part: _IS_LEAD.search(part) is None)
    names = (current_name(_MARK.sub("", part).strip(), renamed or {}) for part in lead_first)
    each_once: dict[str, str] = {}
    for name in filter(None, names):
        each_once.setdefault(variant_folded(name), name)
    return tuple(each_once.values())


def is_department(text: str) -> bool:
    """Whether a text ends as the name of a department does: 総務課, こども家庭センター."""
    return _ENDS_A_NAME.search(text.strip()) is not None


def current_name(name: str, renamed: Mapping[str, str]) -> str:
    """The name of a department after all its renamings; the name itself where it had none."""
    by_form = {variant_folded(old): new for old, new in renamed.items()}
    for _ in renamed:
        name = by_form.get(variant_folded(name), name)
    return unicodedata.normalize("NFC", name)


def _perhaps_apart(text: str) -> list[str]:
    parts = _PERHAPS_APART.split(text)
    are_names = all(_ENDS_A_NAME.search(_MARK.sub("", part)) for part in parts)
    return parts if are_names else [text]
