"""Check a report that a worker made against the order that it was sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.errors import BuildError
from helpers.pipeline.identity.manifest import NAME, digests, identity
from helpers.pipeline.outcome import MadeReport

if TYPE_CHECKING:
    from helpers.pipeline.cluster.worker_job import Order


def check_receipt(order: Order, made: MadeReport) -> None:
    """Accept a report only if it was made from what was sent, with our software, and is what its manifest says.

    Raises:
        BuildError: it is not.
    """
    manifest, files = made.manifest, dict(made.files)
    # A reason to accept differences is no part of a report that has none.
    wanted = [identity(order.target, inputs) for inputs in (order.inputs, replace(order.inputs, accepted=""))]
    frames = str(order.target.processed).removesuffix("csv")
    is_good = (
        manifest.target == order.target
        and manifest.identity in wanted
        and files.pop(NAME, None) == manifest.to_json()
        and digests(files) == dict(manifest.outputs)
        and digests(made.processed) == dict(manifest.processed)
        and all(map(_is_below, [*files, *made.processed]))
        and all(path.startswith(frames) and "/" not in path[len(frames) :] for path in made.processed)
    )
    if not is_good:
        raise BuildError(
            f"{order.target}: ワーカーから届いた報告書が、送った入力やこちらのプログラムと合わないため、公開しません。"
            "ワーカーを起動し直してから、もう一度実行してください"
        )


def _is_below(path: str) -> bool:
    """Whether a name stays in the folder that it is written to."""
    return not path.startswith("/") and "\\" not in path and ":" not in path and ".." not in path.split("/")
