"""Whether a published report may stay as it is, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from helpers.pipeline.identity import reasons
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import ACCEPTED, GONE, NAME, Manifest, changed_since, identity
from helpers.pipeline.target import Target


@dataclass(frozen=True)
class Standing:
    """``manifest``: of the published report if it may stay, otherwise None; ``why`` it may or may not."""

    manifest: Manifest | None
    why: tuple[str, ...]


def standing(root: Path, target: Target, inputs: Inputs) -> Standing:
    """Hold the report that is published in a project against what it would be made from now.

    It may stay if it was made from exactly these inputs and is whole, its processed frames with it.
    """
    folder = root / target.folder
    manifest = Manifest.read(folder / NAME)
    if manifest is None:
        return Standing(None, (reasons.NO_RECORD if folder.exists() else reasons.NEVER_MADE,))
    if manifest.target != target:
        return Standing(None, (reasons.OTHER_RECORD,))
    # A reason to accept differences is no part of a report that has none. Once given, it holds until something changes.
    accepted = str((manifest.identity.get("parameters") or {}).get(ACCEPTED, ""))
    now = identity(target, replace(inputs, accepted=accepted and (inputs.accepted or accepted)))
    if manifest.identity != now:
        return Standing(None, reasons.changes(manifest.identity, now, root))
    if damage := manifest.damage(folder) | _damage_of_processed(root, manifest):
        return Standing(None, reasons.damages(damage))
    return Standing(manifest, (reasons.CURRENT,))


def _damage_of_processed(root: Path, manifest: Manifest) -> dict[str, str]:
    told = {
        path: what
        for path, sha256 in manifest.processed.items()
        if (what := changed_since(root / path, sha256)) is not None
    }
    frame = str(manifest.target.processed)
    return told if (root / frame).is_file() else told | {frame: GONE}
