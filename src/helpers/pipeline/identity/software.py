"""The software that a report is made with: our own sources, and the versions of Python and of the packages beneath."""

from __future__ import annotations

__all__ = ["DISTRIBUTION", "package_digest", "versions"]

import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from io import FileIO
from pathlib import Path

import helpers
from helpers.files.paths import is_leftover
from helpers.files.writing import sha256_of

DISTRIBUTION = "gyokaku"
# Indirect requirements that influence a report's bytes.
_BENEATH = (
    *("beautifulsoup4", "bleach", "contourpy", "cycler", "ipython", "kiwisolver"),
    *("matplotlib-inline", "noto-cjk-sans-jp-bold", "noto-cjk-sans-jp-regular", "pygments", "pyparsing"),
    *("python-dateutil", "tzdata"),
)
_INFO = ".dist-info"
_NAME_OF_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")
_SEPARATORS = re.compile(r"[-_.]+")


@cache
def package_digest() -> str:
    """SHA-256 over the sources and templates of this package; every byte is read, whatever the files' times say."""
    files = dict(_sources(helpers.__path__[0]))
    listing = "".join(f"{sha256_of(files[name])}  {name}\n" for name in sorted(files))
    return sha256_of(listing.encode())


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the packages that the base install asks for."""
    installed = _installed()
    numbers = {"python": sys.version.split()[0]}
    for package in sorted({*_required(installed), *_BENEATH}):
        # Some are required on other platforms only.
        if (version := _version(package, installed)) is not None:
            numbers[package] = version
    return numbers


def _sources(folder: str, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if not entry.is_dir():
                if not is_leftover(entry.name):
                    with FileIO(entry.path) as file:  # Some two hundred small files: no buffers, no paths.
                        yield name, file.read()
            elif entry.name != "__pycache__":
                yield from _sources(entry.path, f"{name}/")


def _installed() -> dict[str, list[Path]]:
    """The folders that installers leave for packages, by the package's normalized name: click-8.5.0.dist-info.

    That each is named by package and version is laid down (PyPA specifications, "Recording installed projects");
    ``importlib.metadata`` would parse some thirty of the files inside for the same answer. A package has the folder of
    the first folder of the module search path that has one; several in one folder where an upgrade broke off, and then
    nothing says which of them is in use.
    """
    installed: dict[str, list[Path]] = {}
    for folder in sys.path:
        try:
            names = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
        except OSError:  # What is no folder, such as python311.zip.
            continue
        here: dict[str, list[Path]] = {}
        for entry in names:
            if entry.name.endswith(_INFO):
                package = _normalized(entry.name.removesuffix(_INFO).rpartition("-")[0])
                here.setdefault(package, []).append(Path(entry.path))
        installed = here | installed
    return installed


def _version(package: str, installed: dict[str, list[Path]]) -> str | None:
    """The version, or all that are found: '1.0, 1.1'; None where there is none."""
    if folders := installed.get(_normalized(package)):
        return ", ".join(folder.name.removesuffix(_INFO).rpartition("-")[2] for folder in folders)
    # Installed in another way than a folder of its own, or not at all.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _required(installed: dict[str, list[Path]]) -> Iterable[str]:
    folders = installed.get(DISTRIBUTION)
    if not folders:
        return
    folder, *_ = folders
    headers, *_ = (folder / "METADATA").read_text(encoding="utf-8").partition("\n\n")
    fields = (line.partition(":") for line in headers.splitlines())
    for requirement in (value.strip() for name, _, value in fields if name == "Requires-Dist"):
        if "extra ==" not in requirement and (name := _NAME_OF_REQUIREMENT.match(requirement)):
            yield name[0].lower()


def _normalized(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
