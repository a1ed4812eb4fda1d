"""A report as it is made: what goes from whoever makes it to whoever publishes it. Light to import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import NAME, Manifest, Summary, digests, identity
from helpers.pipeline.target import Target

# Called with the part of the work that is done (0 to 1) and what is being done now.
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class MadeReport:
    """A finished report: the files of its folder, the processed frames of its year, its manifest."""

    files: Mapping[str, bytes]
    processed: Mapping[str, bytes]
    manifest: Manifest

    @classmethod
    def of(
        cls,
        target: Target,
        inputs: Inputs,
        summary: Summary,
        files: Mapping[str, bytes],
        processed: Mapping[str, bytes],
    ) -> MadeReport:
        """What was made from ``inputs`` by this software, with a manifest that says so among its files."""
        manifest = Manifest(target, identity(target, inputs), summary, digests(files), digests(processed))
        return cls({**files, NAME: manifest.to_json()}, processed, manifest)
