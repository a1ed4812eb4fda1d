"""Compare the software of two computers: where it is the same, they make the same bytes."""

from __future__ import annotations

__all__ = ["PROGRAM", "PROTOCOL", "OtherSoftwareError", "differences", "software"]

import platform
from collections.abc import Mapping
from importlib.metadata import version

from helpers.pipeline.identity.software import DISTRIBUTION, package_digest, versions
from helpers.pipeline.outcome import CrewError

PROGRAM = "program"
_SYSTEM = "system"
# What client, scheduler and workers speak to one another with.
PROTOCOL = ("cloudpickle", "dask", "distributed", "msgpack")
_NAMES = {PROGRAM: f"{DISTRIBUTION} のプログラム", _SYSTEM: "OS", "python": "Python"}


class OtherSoftwareError(CrewError):
    """A worker whose software would make other bytes than the client's; raised before it begins."""

    @classmethod
    def of(cls, strangers: Mapping[str, tuple[str, ...]]) -> OtherSoftwareError:
        """The error about these workers, with what differs at each address."""
        lines = [f"  {address}: {'、'.join(phrases)}" for address, phrases in sorted(strangers.items())]
        return cls(
            "\n".join(
                [
                    "次のワーカーは、こちらと同じ報告書を作れないため使いません",
                    *lines,
                    "ワーカーのコンピューターに、こちらと同じ gyokaku と requirements/cluster.txt を入れて起動し直すか、そのワーカーを止めてください（docs/cluster.md）",
                ]
            )
        )


def software() -> dict[str, str]:
    """Digest of our own sources, operating system, and versions of Python, the packages beneath and Dask's."""
    own = {PROGRAM: package_digest(), _SYSTEM: f"{platform.system()} {platform.machine()}"}
    return own | versions() | {name: version(name) for name in PROTOCOL}


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> tuple[str, ...]:
    """Each difference as a phrase: 'pandas 3.0.0（こちらは 3.1.1）'. Empty where a report would be the same bytes."""
    phrases = []
    for key in sorted({*theirs, *ours}, key=lambda key: (key not in _NAMES, key)):
        there, here = theirs.get(key, ""), ours.get(key, "")
        if there != here:
            if key == PROGRAM:  # Nobody reads 64 letters: the beginning tells two of them apart.
                there, here = there[:12], here[:12]
            phrases.append(f"{_NAMES.get(key, key)} {there or 'なし'}（こちらは {here or 'なし'}）")
    return tuple(phrases)
