"""manifest.json: what a report was made from and what it is made of.

It holds neither times nor absolute paths, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import helpers
from helpers.build.inputs import Inputs
from helpers.build.target import Target
from helpers.fiscal_year import FiscalYear

NAME = "manifest.json"
FORMAT = 1
DISTRIBUTION = "gyokaku"
# The parameter of the annual report's notebook, and the manifest's, that says why differences are accepted.
ACCEPTED = "accept_differences"
_NAME_OF_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")
# Not asked for by name, but what they do shows in a report.
_BENEATH = ("markupsafe", "noto-cjk-sans-jp-bold", "noto-cjk-sans-jp-regular", "numpy", "pillow")


@dataclass(frozen=True)
class Summary:
    """The line that a report gets in tables of reports.

    Attributes:
        municipality, plan_name: whose report, and on which implementation plan.
        items: the items of the year.
        done_share: the share of items done as planned, as printed; "" where nothing is counted.
        matches, errata, published: cells that equal the published ones, recorded slips, all cells; 0 published
            cells where nothing was published.
        warnings: the findings about the year's sheet that are no errors.
        is_derived: the year's sheet says of itself that it was derived from other sources.
    """

    municipality: str
    plan_name: str
    items: int
    done_share: str
    matches: int
    errata: int
    published: int
    warnings: int
    is_derived: bool = False

    @property
    def differences(self) -> int:
        """Published cells that differ without a recorded reason."""
        return self.published - self.matches - self.errata

    @property
    def reconciliation(self) -> str:
        """'253/253 一致（正誤3）': matches and cells, recorded errata apart; '公表値なし' where nothing was published."""
        if not self.published:
            return "公表値なし"
        apart = f"（正誤{self.errata}）" if self.errata else ""
        return f"{self.matches}/{self.published - self.errata} 一致{apart}"


@dataclass(frozen=True)
class Manifest:
    """One report's record; ``identity`` is everything that it was made from."""

    target: Target
    identity: Mapping[str, Any]
    summary: Summary
    outputs: Mapping[str, str]

    def to_json(self) -> bytes:
        """The bytes of manifest.json: UTF-8, sorted keys, one value a line."""
        record = {
            "format": FORMAT,
            "plan": self.target.plan_id,
            "year": self.target.year.western,
            "summary": asdict(self.summary),
            "outputs": self.outputs,
            **self.identity,
        }
        return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")

    @classmethod
    def read(cls, file: Path) -> Manifest | None:
        """The manifest in a file; None where there is none, or one of another format."""
        try:
            record = json.loads(file.read_bytes())
            target = Target(str(record.pop("plan")), FiscalYear(record.pop("year")))
            if record.pop("format") != FORMAT:
                return None
            summary, outputs = Summary(**record.pop("summary")), dict(record.pop("outputs"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return cls(target, record, summary, outputs)

    def describes(self, folder: Path) -> bool:
        """Whether ``folder`` holds exactly the outputs that are listed, byte for byte."""
        try:
            found = {
                path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
            }
            found.pop(NAME)
            return digests({name: path.read_bytes() for name, path in found.items()}) == dict(self.outputs)
        except (OSError, KeyError):
            return False


def identity(target: Target, inputs: Inputs) -> dict[str, Any]:
    """Everything that a report is made from: inputs, parameters, neighbours, our own code, the packages beneath it."""
    return {
        "inputs": inputs.digests,
        "parameters": target.parameters | ({ACCEPTED: inputs.accepted} if inputs.accepted else {}),
        "neighbours": inputs.neighbours.as_metadata(),
        "code": {"package": package_digest()},
        "versions": versions(),
    }


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 by name, sorted."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


@cache
def package_digest() -> str:
    """SHA-256 over the sources and templates of this package."""
    package = Path(helpers.__path__[0])
    files = {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    listing = "".join(f"{digest}  {name}\n" for name, digest in digests(files).items())
    return hashlib.sha256(listing.encode()).hexdigest()


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the packages that the base install asks for."""
    found = {"python": platform.python_version()}
    for package in sorted({*_required(), *_BENEATH}):
        with suppress(PackageNotFoundError):  # Required on other platforms only.
            found[package] = version(package)
    return found


def _required() -> Iterable[str]:
    try:
        requirements = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return
    for requirement in requirements:
        if "extra ==" not in requirement and (name := _NAME_OF_REQUIREMENT.match(requirement)):
            yield name[0].lower()
