"""reports/index.html: written again whenever it would come out different, and only then."""

from __future__ import annotations

__all__ = ["INDEX", "is_current", "write_index"]

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from helpers.export.index.entries import PlanListing
from helpers.files.writing import sha256_of
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.identity.software import package_digest, versions
from helpers.pipeline.index.listing import list_plans

INDEX = "index.html"


def is_current(root: Path, manifests: Iterable[Manifest]) -> bool:
    """Whether the page is what ``write_index`` would make of these manifests and the plans."""
    return _is_made_from(root / "reports" / INDEX, _made_from(list_plans(root, manifests)))


def write_index(root: Path, manifests: Iterable[Manifest]) -> None:
    """Write the page from these manifests, and from the plans what is missing; no other build may be at work there.

    The page's last line, a comment, holds two SHA-256: of everything that the page was made from, and of the page
    above. Where both still hold, the page is left as it is, without loading what makes it.

    Raises:
        BuildError: it could not be written; the old one stays.
    """
    file = root / "reports" / INDEX
    plans = list_plans(root, manifests)
    made_from = _made_from(plans)
    if _is_made_from(file, made_from):
        return
    from helpers.export.index.index_page import index_html
    from helpers.pipeline.publication.publication import publish_file

    page = index_html(plans).encode("utf-8")
    publish_file(file, page + _seal(made_from, page))


def _made_from(plans: Sequence[PlanListing]) -> str:
    """SHA-256 of all that the page follows from: what it tells, our own code and templates, the packages beneath."""
    made_from = {
        "plans": [asdict(plan) for plan in plans],
        "code": package_digest(),
        "versions": versions(),
    }
    return sha256_of(json.dumps(made_from, default=_sorted_years).encode())


def _sorted_years(years: object) -> list[int]:
    """The sets of fiscal years in a listing, in one order."""
    if not isinstance(years, frozenset):
        raise TypeError(f"{type(years).__name__} has no form in JSON here")
    return sorted(map(int, years))


def _is_made_from(file: Path, made_from: str) -> bool:
    try:
        content = file.read_bytes()
    except OSError:
        return False
    page = content[: content.rfind(b"\n", 0, -1) + 1]
    return content == page + _seal(made_from, page)


def _seal(made_from: str, page: bytes) -> bytes:
    return f"<!-- made from {made_from}, page {sha256_of(page)} -->\n".encode()
