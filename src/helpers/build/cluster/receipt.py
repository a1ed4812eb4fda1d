"""What comes back from a worker is held against what was sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from helpers.build.identity.manifest import NAME, digests, identity
from helpers.build.target import Target
from helpers.errors import BuildError

if TYPE_CHECKING:
    from helpers.build.cluster.job import Order
    from helpers.build.made import MadeReport


def check_receipt(order: Order, made: MadeReport) -> None:
    """Accept a report only if it was made from what was sent, with our software, and is what its manifest says.

    Raises:
        BuildError: it is not.
    """
    manifest, target = made.manifest, order.target
    files = dict(made.files)
    # A reason to accept differences is no part of a report that has none.
    wanted = [identity(target, inputs) for inputs in (order.inputs, replace(order.inputs, accepted=""))]
    is_good = (
        manifest.target == target
        and manifest.identity in wanted
        and files.pop(NAME, None) == manifest.to_json()
        and digests(files) == dict(manifest.outputs)
        and digests(made.processed) == dict(manifest.processed)
        and all(_is_below(name) for name in files)
        and all(_is_below(path) and _is_frame(path, target) for path in made.processed)
    )
    if not is_good:
        raise BuildError(
            f"{target}: ワーカーから届いた報告書が、送った入力やこちらのプログラムと合わないため、公開しません。"
            "ワーカーを起動し直してから、もう一度実行してください"
        )


def _is_frame(path: str, target: Target) -> bool:
    place = PurePosixPath(path)
    return place.parent == target.processed.parent and place.name.startswith(f"{target.year.western}.")


def _is_below(path: str) -> bool:
    """Whether a name stays in the folder that it is written to."""
    return not path.startswith("/") and "\\" not in path and ":" not in path and ".." not in path.split("/")
