"""Read and write manifest.json: the inputs and software of a report, and the digests of its files.

It holds neither times nor absolute paths, so that the same inputs give the same bytes.
"""

from __future__ import annotations

__all__ = [
    "ACCEPTED", "FORMAT", "NAME", "Manifest", "Summary", "changed_since", "digests", "identity",
]  # fmt: skip

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helpers.files.differing import ADDED, CHANGED, GONE
from helpers.files.nesting import read_json
from helpers.files.paths import is_leftover
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.software import package_digest, versions
from helpers.plan import DONE
from helpers.plan.words.groups import STOCK_WORDS
from helpers.plan.words.report_words import ITEM
from helpers.project import Target

NAME = "manifest.json"
FORMAT = 4
# The parameter of the annual report's notebook, and the manifest's, that says why differences are accepted.
ACCEPTED = "accept_differences"


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
        differences: cells, rows and their order that differ from the published ones without a recorded reason.
        compared: the cells that were compared with published ones, by table.
        looks: what is not well in how the PDF looks, a sentence each.
        done: the plan's words for items done as planned: '実施', '◎・○'.
        corrected: cells, rows and their order that the report corrects in the published one.
        done_word: what it calls them together: '計画どおり実施', '達成'.
        item: what it counts: '項目', '事業'.
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
    differences: int = 0
    compared: Mapping[str, int] = field(default_factory=dict)
    looks: Sequence[str] = ()
    done: str = ""
    corrected: int = 0
    done_word: str = STOCK_WORDS[DONE]
    item: str = ITEM

    @property
    def reconciliation(self) -> str:
        """'370/376 一致（正誤3、相違3）': matches and all cells, as ``verify`` has them; '公表値なし' where nothing was published."""
        if not self.published:
            return "公表値なし"
        named = (("正誤", self.errata), ("訂正", self.corrected), ("相違", self.differences))
        apart = "、".join(f"{name}{number}" for name, number in named if number)
        return f"{self.matches}/{self.published} 一致" + (f"（{apart}）" if apart else "")

    def compared_less(self, compared: Mapping[str, int]) -> str:
        """The tables of which a later comparison has fewer cells: 'overall 25 → 20、items 168 → 0'; empty where none has."""
        now = {table: compared.get(table, 0) for table in self.compared}
        return "、".join(
            f"{table} {was} → {now[table]}" for table, was in self.compared.items() if now[table] < was
        )


@dataclass(frozen=True)
class Manifest:
    """One report's record.

    Attributes:
        identity: everything that it was made from.
        outputs: SHA-256 of the files in its folder, by name.
        processed: SHA-256 of the processed frames that were made with it, by path in the project.
    """

    target: Target
    identity: Mapping[str, Any]
    summary: Summary
    outputs: Mapping[str, str]
    processed: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """The bytes of manifest.json: UTF-8, sorted keys, one value a line; it holds its own SHA-256 without that line."""
        record = {
            "format": FORMAT,
            "plan": self.target.plan_id,
            "year": self.target.year.western,
            "summary": asdict(self.summary),
            "outputs": self.outputs,
            "processed": self.processed,
            **self.identity,
        }
        return _json({**record, "sha256": sha256_of(_json(record))})

    @classmethod
    def read(cls, file: Path) -> Manifest | None:
        """The manifest in a file; None where there is none, one of another format, or not as it was written."""
        try:
            content = file.read_bytes()
            record = read_json(content)
            target = Target(str(record.pop("plan")), FiscalYear(record.pop("year")))
            if record.pop("format") != FORMAT:
                return None
            line = record.pop("summary")
            summary = Summary(**{**line, "looks": tuple(line["looks"])})
            outputs, processed = dict(record.pop("outputs")), dict(record.pop("processed"))
            del record["sha256"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        manifest = cls(target, record, summary, outputs, processed)
        return manifest if manifest.to_json() == content else None

    def files_in(self, folder: Path) -> dict[str, Path]:
        """The files of a report's folder beside its manifest, by name.

        What file managers and spreadsheet programs leave there when somebody looks at a report is passed over.
        """
        return {
            name: path
            for path in folder.rglob("*")
            if path.is_file()
            and (name := path.relative_to(folder).as_posix()) != NAME
            and (name in self.outputs or not is_leftover(path.name))
        }

    def damage(self, folder: Path) -> dict[str, str]:
        """The files of ``folder`` that are not as listed: ADDED, GONE or CHANGED by name, sorted."""
        damage = {name: ADDED for name in self.files_in(folder) if name not in self.outputs}
        for name, sha256 in self.outputs.items():
            if (change := changed_since(folder / name, sha256)) is not None:
                damage[name] = change
        return dict(sorted(damage.items()))


def changed_since(file: Path, sha256: str) -> str | None:
    """GONE or CHANGED; None where the file's bytes still have that SHA-256."""
    try:
        is_same = sha256_of(file.read_bytes()) == sha256
    except OSError:
        return CHANGED if file.exists() else GONE
    return None if is_same else CHANGED


def identity(target: Target, inputs: Inputs) -> dict[str, Any]:
    """Everything that a report is made from: inputs, parameters, neighbours, our own code, the packages beneath it."""
    return {
        "inputs": digests(inputs.files),
        "parameters": target.parameters | ({ACCEPTED: inputs.accepted} if inputs.accepted else {}),
        "neighbours": inputs.neighbours.as_metadata(),
        "code": {"package": package_digest()},
        "versions": versions(),
    }


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 by name, sorted."""
    return {name: sha256_of(files[name]) for name in sorted(files)}


def _json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")
