"""Make each change of ``mutants.toml`` in a copy of the project and run its tests: one of them must fail (``make mutants``)."""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
PATIENCE = 1200  # seconds for the tests of one change
PASSED, FAILED = 0, 1  # exit codes of pytest; any other is trouble, not a test that found the change


@dataclass(frozen=True)
class Mutant:
    """A change of one text of the sources, and the modules of tests of which one has to find it."""

    old: str
    new: str
    tests: tuple[str, ...]


def read_mutants(file: Path = ROOT / "tests" / "mutants.toml") -> list[Mutant]:
    """The changes of the list, in its order."""
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["mutants"]
    return [Mutant(entry["old"], entry["new"], tuple(entry["tests"])) for entry in entries]


def sources(root: Path = ROOT) -> dict[Path, str]:
    """The text of every module of the package."""
    return {file: file.read_text(encoding="utf-8") for file in sorted((root / "src").rglob("*.py"))}


def module_of(mutant: Mutant, texts: Mapping[Path, str]) -> Path:
    """The one module of ``texts`` that holds the text to change.

    Raises:
        LookupError: the text stands nowhere, or more than once.
    """
    counts = {file: count for file, text in texts.items() if (count := text.count(mutant.old))}
    if sum(counts.values()) != 1:
        raise LookupError(f"{mutant.old!r} stands {sum(counts.values())} times in src")
    return next(iter(counts))


def modules_of_tests(names: Sequence[str], root: Path = ROOT) -> list[Path]:
    """The modules of tests with these names.

    Raises:
        LookupError: there is none of a name.
    """
    files = {name: next((root / "tests").rglob(f"{name}.py"), None) for name in names}
    if missing := [name for name, file in files.items() if file is None]:
        raise LookupError(f"no module of tests is called {'、'.join(missing)}")
    return [file for file in files.values() if file is not None]


def run_tests(names: Sequence[str], mutant: Mutant | None = None) -> int:
    """The exit code of pytest for the quick tests of some modules in a copy of the project, with a change or without.

    Raises:
        RuntimeError: the tests could not be run at all.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        unwanted = shutil.ignore_patterns(".*", "__pycache__", "reports", "processed")
        shutil.copytree(ROOT, root, ignore=unwanted)
        if mutant is not None:
            texts = sources(root)
            module = module_of(mutant, texts)
            module.write_text(texts[module].replace(mutant.old, mutant.new), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not slow", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, *map(str, modules_of_tests(names, root))],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=PATIENCE,
        )
    if done.returncode not in (PASSED, FAILED):
        raise RuntimeError(f"{mutant or names}: pytest ended with {done.returncode}")
    return done.returncode


def main() -> int:
    """Print what became of each change; 1 where one was not found."""
    begin, mutants = time.monotonic(), read_mutants()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        # Tests that fail without a change would seem to find every change.
        names = sorted({name for mutant in mutants for name in mutant.tests})
        codes = threads.map(lambda name: run_tests([name]), names)
        if failing := [name for name, code in zip(names, codes, strict=True) if code != PASSED]:
            print(f"these tests fail without any change: {', '.join(failing)}")
            return 1
        survivors = 0
        codes = threads.map(lambda mutant: run_tests(mutant.tests, mutant), mutants)
        for mutant, code in zip(mutants, codes, strict=True):
            survivors += code == PASSED
            outcome = "SURVIVED" if code == PASSED else "found   "
            print(f"{outcome} {mutant.old} → {mutant.new or 'nothing'}", flush=True)
    print(f"{len(mutants)} changes, {survivors} not found, {time.monotonic() - begin:.0f} s")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
