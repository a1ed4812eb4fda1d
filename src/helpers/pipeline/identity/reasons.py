"""Whether a published report may stay, and the reasons in words: how its record differs from its inputs of today."""

from __future__ import annotations

__all__ = ["CURRENT", "FORCED", "NEVER_MADE", "NO_RECORD", "OTHER_RECORD", "changes", "damages", "standing"]

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from helpers.errors import first_few
from helpers.files.differing import ADDED, CHANGED, GONE, differing
from helpers.fiscal_year import FiscalYear, year_or_none
from helpers.pipeline.identity.inputs import ANNUAL_REPORT, INGEST, LOCK, Inputs
from helpers.pipeline.identity.manifest import ACCEPTED, NAME, Manifest, changed_since, identity
from helpers.plan import PLAN_FILES
from helpers.project import Target

NEVER_MADE = "まだ作られていない"
NO_RECORD = f"作成の記録 {NAME} がない、壊れている、または別の版のもの"
OTHER_RECORD = f"作成の記録 {NAME} が別の報告書のもの"
FORCED = "作り直しの指定（--force）"
CURRENT = "作った時から何も変わっていない"

_BECAME = {ADDED: "加わった", GONE: "なくなった", CHANGED: "変わった"}
_SHEET = "状況調査"
_KINDS = {
    "plan.toml": "計画の設定",
    "items.csv": "推進項目の一覧",
    "measures.csv": "指標の一覧",
    INGEST: "ノートブック",
    ANNUAL_REPORT: "ノートブック",
    LOCK: "ライブラリーの一覧",
}
_ACCEPTED = {
    ADDED: "公表値と違うまま公開する理由が書かれた",
    GONE: "公表値と違うまま公開する理由がなくなった",
    CHANGED: "公表値と違うまま公開する理由が変わった",
}
_NEIGHBOURS = {"older": "前の年度", "newer": "次の年度"}
_MOST = 3  # files or packages that are named; more are counted


def standing(root: Path, target: Target, inputs: Inputs) -> tuple[Manifest | None, tuple[str, ...]]:
    """Compare a published report with its inputs of now: the manifest if the report may stay, and the reasons.

    A report may stay if it was made from exactly these inputs, and its files and processed frames are intact.
    """
    folder = root / target.folder
    manifest = Manifest.read(folder / NAME)
    if manifest is None:
        return None, (NO_RECORD if folder.exists() else NEVER_MADE,)
    if manifest.target != target:
        return None, (OTHER_RECORD,)
    # A report without differences records no reason to accept them. A recorded reason holds until an input changes.
    accepted = str((manifest.identity.get("parameters") or {}).get(ACCEPTED, ""))
    now = identity(target, replace(inputs, accepted=accepted and (inputs.accepted or accepted)))
    if manifest.identity != now:
        return None, changes(manifest.identity, now, root)
    if damage := manifest.damage(folder) | _damage_of_processed(root, manifest):
        return None, damages(damage)
    return manifest, (CURRENT,)


def _damage_of_processed(root: Path, manifest: Manifest) -> dict[str, str]:
    frame = str(manifest.target.processed)
    damage = {} if (root / frame).is_file() else {frame: GONE}
    for path, sha256 in manifest.processed.items():
        if (change := changed_since(root / path, sha256)) is not None:
            damage[path] = change
    return damage


def changes(then: Mapping[str, Any], now: Mapping[str, Any], root: Path | None = None) -> tuple[str, ...]:
    """The changes between two identities: '状況調査 R4.csv が変わった', the data first. Empty where they are equal.

    ``root``: the project, where a sheet may still be that is no longer used.
    """
    versions = [*_versions(then.get("versions") or {}, now["versions"])]
    reasons = [
        *_files(then.get("inputs") or {}, now["inputs"], root, _may_use_others(then, now)),
        *_parameters(then.get("parameters") or {}, now["parameters"]),
        *_neighbours(then.get("neighbours") or {}, now["neighbours"]),
        *(["プログラムが更新された"] if then.get("code") != now["code"] else []),
        *first_few(versions, "ほかにライブラリー{}個", _MOST),
    ]
    return tuple(reasons) if reasons or then == now else (NO_RECORD,)


def damages(damage: Mapping[str, str]) -> tuple[str, ...]:
    """The changes of published files since they were made: '作成後に report.html が変わった'; the first few are named."""
    reasons = [f"作成後に {name} が{_BECAME[change]}" for name, change in damage.items()]
    return tuple(first_few(reasons, "ほかに{}個のファイル", _MOST))


def _may_use_others(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether other sheets may be used though none was added: plan files and code decide which are."""
    files = differing(then.get("inputs") or {}, now["inputs"])
    return then.get("code") != now["code"] or any(PurePosixPath(path).name in PLAN_FILES for path in files)


def _files(
    then: Mapping[str, str], now: Mapping[str, str], root: Path | None, may_use_others: bool
) -> Iterator[str]:
    changed = differing(then, now)
    digests = {**then, **now}
    replaced = set[str]()
    for path, change in sorted(changed.items(), key=lambda item: _order(item[0])):
        kind = _kind(path)
        name = _name(path)
        twin = _twin(path, changed, digests) if kind == _SHEET else None
        if twin and change == GONE:
            is_renamed = _sheet_name(twin) == _sheet_name(path)
            old, new = (name, _name(twin)) if is_renamed else (_sheet_name(path), _sheet_name(twin))
            if old not in replaced:
                yield f"{kind} {old} が {new} に{'名前を変えた' if is_renamed else '替わった'}"
            replaced.add(old)
        elif kind == _SHEET and change == GONE and root is not None and (root / path).is_file():
            yield f"{kind} {name} を使わなくなった"
        elif kind == _SHEET and change == ADDED and not twin and may_use_others and _is_new(path, then):
            # Whether it was there already is not recorded.
            yield f"{kind} {name} を使うようになった"
        elif not (twin and change == ADDED):
            yield f"{kind} {name} が{_BECAME[change]}"


def _kind(path: str) -> str:
    pure = PurePosixPath(path)
    if "published" in pure.parts:
        return "公表値の正誤" if pure.name == "errata.toml" else "公表値"
    if kind := _KINDS.get(path) or _KINDS.get(pure.name):
        return kind
    return _SHEET if _sheet_year(path) else "ファイル"


def _order(path: str) -> tuple[int, str]:
    """Sheets first, then the plan's own files, published figures, the program's."""
    kinds = (_SHEET, "計画の設定", "推進項目の一覧", "公表値", "公表値の正誤", "ファイル", "ノートブック")
    kind = _kind(path)
    return (kinds.index(kind) if kind in kinds else len(kinds), path)


def _name(path: str) -> str:
    """The name of a file, with its folder where it is a part of a sheet: 'R4.csv', 'R4/総務課.xlsx'."""
    parts = PurePosixPath(path).parts
    return "/".join(parts[3:]) if len(parts) > 4 and _sheet_year(path) else parts[-1]


def _sheet_name(path: str) -> str:
    """The name of the sheet that a file is or is a part of: 'R4.csv', 'R4/'."""
    parts = PurePosixPath(path).parts
    return parts[3] if len(parts) == 4 else f"{parts[3]}/"


def _sheet_year(path: str) -> FiscalYear | None:
    parts = PurePosixPath(path).parts
    # data/raw/<plan>/<sheet>, or data/raw/<plan>/<folder>/<part>
    return year_or_none(PurePosixPath(parts[3]).stem) if len(parts) >= 4 else None


def _is_new(path: str, then: Mapping[str, str]) -> bool:
    """Whether no file of the same sheet was used before."""
    return not any(_sheet_year(path) == _sheet_year(other) for other in then)


def _twin(path: str, changed: Mapping[str, str], digests: Mapping[str, str]) -> str | None:
    """The sheet that replaced this one, or that this one replaced: of the same year, under another name.

    For parts of one folder: the part with the same bytes under another name.
    """
    pair = {ADDED: GONE, GONE: ADDED}.get(changed[path])
    year = _sheet_year(path)
    return next(
        (
            other
            for other, change in changed.items()
            if change == pair
            and _sheet_year(other) == year
            and (_sheet_name(other) != _sheet_name(path) or digests[other] == digests[path])
        ),
        None,
    )


def _parameters(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name, change in differing(then, now).items():
        yield _ACCEPTED[change] if name == ACCEPTED else f"パラメーター {name} が{_BECAME[change]}"


def _neighbours(then: Mapping[str, int | None], now: Mapping[str, int | None]) -> Iterator[str]:
    for side, label in _NEIGHBOURS.items():
        old, new = then.get(side), now.get(side)
        if old == new:
            continue
        if old is None or new is None:
            change = ADDED if old is None else GONE
            yield f"{label}（{FiscalYear(old or new or 0)}）の{_SHEET}が{_BECAME[change]}"
        else:
            yield f"{_SHEET}のある{label}が{FiscalYear(old)}から{FiscalYear(new)}に替わった"


def _versions(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name, change in differing(then, now).items():
        label = "Python" if name == "python" else f"ライブラリー {name}"
        if change == CHANGED:
            yield f"{label} が {then[name]} から {now[name]} になった"
        else:
            yield f"{label} {(now if change == ADDED else then)[name]} が{_BECAME[change]}"
