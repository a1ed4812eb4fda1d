"""Write docs/sbom.cdx.json, the software bill of materials of the base install: run it, or `make lock`.

uv writes CycloneDX of a project that it locks; it is given one that asks for exactly what requirements/base.txt pins.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SBOM = ROOT / "docs" / "sbom.cdx.json"
UV = Path(sys.executable).with_name("uv")


def pins() -> list[str]:
    """The requirements of the base install, a line each, with their markers and without hashes."""
    lock = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")
    return [line.rstrip("\\ ") for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]


def bill() -> dict[str, Any]:
    """The bill as uv makes it, without the moment and the addresses that it was made with."""
    wanted = "".join(f"  {json.dumps(pin)},\n" for pin in pins())
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    project = f'[project]\nname = "gyokaku"\nversion = "{version}"\nrequires-python = ">=3.11"\ndependencies = [\n{wanted}]\n'
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pyproject.toml").write_text(project, encoding="utf-8")
        command = [str(UV), "export", "--quiet", "--format", "cyclonedx1.5"]
        made: dict[str, Any] = json.loads(
            subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
        )
    del made["serialNumber"], made["metadata"]["timestamp"]
    for component in made["components"]:
        component.pop("externalReferences", None)
    return made


if __name__ == "__main__":
    SBOM.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {SBOM.relative_to(ROOT)}")
