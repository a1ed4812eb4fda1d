#!/usr/bin/env bash
# jupyter_server 2.21.1 with nbconvert 7.17.2: an exporter whose entry point has a hyphen (report-html) is listed by
# /api/nbconvert, and so in JupyterLab's menu "Save and Export Notebook As", and works as `jupyter nbconvert --to report-html`; but
# /nbconvert/report-html/NOTEBOOK answers 404, because the route takes letters, digits and underscores only. With an
# underscore (report_html) the same class answers 200. Neither project's documentation names a limit on names.
# Seen: listed True True, 404 for the hyphen, 200 for the underscore.
set -euo pipefail
work=$(mktemp -d) && trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet jupyter_server==2.21.1 nbconvert==7.17.2 nbformat==5.11.1 setuptools==84.1.0
mkdir -p "$work/package" "$work/notebooks"
cat > "$work/package/pyproject.toml" <<'TOML'
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "reportexporters"
version = "1"
[project.entry-points."nbconvert.exporters"]
report-html = "nbconvert.exporters:HTMLExporter"
report_html = "nbconvert.exporters:HTMLExporter"
[tool.setuptools]
py-modules = []
TOML
"$work/env/bin/pip" install --quiet --no-build-isolation "$work/package"
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat

work = Path(sys.argv[1])
nbformat.write(nbformat.v4.new_notebook(), work / "notebooks" / "a.ipynb")
port, token = "18765", "t"
log = (work / "log").open("w")
server = subprocess.Popen(
    [sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
     "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={work / 'notebooks'}"],
    env={**os.environ, "HOME": str(work), "JUPYTER_CONFIG_DIR": str(work / "config")}, stdout=log, stderr=log,
)


def status(path: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"token {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, b""


try:
    for _ in range(100):
        try:
            listed = json.loads(status("/api/nbconvert")[1])
            break
        except urllib.error.URLError:
            time.sleep(0.3)
    else:
        raise SystemExit("the server did not start: " + (work / "log").read_text())
    names = ("report-html", "report_html")
    codes = [status(f"/nbconvert/{name}/a.ipynb")[0] for name in names]
finally:
    server.terminate()
    server.wait(30)
print("listed", *(name in listed for name in names), "answers", *codes)
assert all(name in listed for name in names) and codes == [404, 200], "the route takes hyphens now"
PYTHON
echo "as described"
