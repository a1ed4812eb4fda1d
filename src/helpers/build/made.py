"""A report as it is made: what goes from whoever makes it to whoever publishes it. Light to import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.build.identity.manifest import Manifest

# Called with the part of the work that is done (0 to 1) and what is being done now.
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class MadeReport:
    """A finished report: the files of its folder, the processed frames of its year, its manifest."""

    files: Mapping[str, bytes]
    processed: Mapping[str, bytes]
    manifest: Manifest
