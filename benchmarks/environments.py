"""The environments that are compared, each made once and compiled to bytecode."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "build" / "bench"
LOCK = REPOSITORY / "requirements" / "base.txt"
BEFORE = "c391b3c"  # the revision that today's speed is held against
STOCK = ("jupyterlab", "pandas", "seaborn", "papermill", "nbconvert[webpdf]")


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    folder: Path

    def program(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self.folder / "bin" / name)

    @property
    def python(self) -> str:
        """Its Python."""
        return self.program("python")


def make_stock() -> Environment:
    """The stock way's: the stock packages, then what the notebooks import, and this package."""
    return _make("stock", LOCK, [list(STOCK), ["-r", str(_unlocked())]], REPOSITORY)


def make_environment(layer: str = "base", repository: Path = REPOSITORY, name: str = "") -> Environment:
    """Ours from the lock file of a layer: ``base`` or ``cluster``."""
    lock = repository / "requirements" / f"{layer}.txt"
    return _make(name or ("ours" if layer == "base" else layer), lock, [["-r", str(lock)]], repository)


def make_environment_of(revision: str) -> tuple[Environment, Path]:
    """A checkout of another revision of this repository, and its environment from its own lock file.

    Raises:
        subprocess.CalledProcessError: the clone lacks the revision (`git fetch --unshallow` brings it).
    """
    checkout = FOLDER / f"checkout-{revision}"
    if not checkout.is_dir():
        checkout.parent.mkdir(parents=True, exist_ok=True)
        _git("clone", "--quiet", "--no-checkout", "--shared", str(REPOSITORY), str(checkout))
    _git("-C", str(checkout), "checkout", "--quiet", "--force", revision)
    return make_environment("base", checkout, revision), checkout


def environment_variables() -> dict[str, str]:
    """The caller's, without what would keep bytecode away or start ordinary kernels."""
    left_out = ("PYTHON", "JUPYTER", "GYOKAKU", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def _make(name: str, lock: Path, requirements: list[list[str]], package: Path) -> Environment:
    environment = Environment(FOLDER / name)
    stamp = environment.folder / "made-from"
    wanted = hashlib.sha256(repr((requirements, lock.read_bytes())).encode()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != wanted:
        print(f"Installing {environment.folder.relative_to(REPOSITORY)} ...", file=sys.stderr)
        _uv("venv", "--quiet", "--clear", "--python", sys.executable, str(environment.folder))
        for chosen in requirements:
            _uv("pip", "install", "--quiet", "--compile-bytecode", "--python", environment.python, *chosen)
        stamp.write_text(wanted)
    # The package itself is installed anew each time: it is what is measured. Modules that are gone lie in build/lib still.
    shutil.rmtree(package / "build" / "lib", ignore_errors=True)
    source = ["--no-deps", "--no-build-isolation", "--reinstall", str(package)]
    _uv("pip", "install", "--quiet", "--compile-bytecode", "--python", environment.python, *source)
    return environment


def _unlocked() -> Path:
    """The names in the lock file without versions: the stock way takes the newest."""
    names = [line.split("==")[0] for line in LOCK.read_text().splitlines() if "==" in line[:60]]
    file = FOLDER / "names.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(names) + "\n")
    return file


def _uv(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", *arguments], check=True, env=environment_variables())


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)
