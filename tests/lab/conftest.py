"""JupyterLab as `make lab` opens it, on the loopback address, in a browser."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest
from playwright.sync_api import BrowserContext, sync_playwright
from served_lab import PATIENCE, TOKEN, Lab

from browser import CHROMIUM, demand_chromium
from commands import git
from helpers.pipeline.identity.notebook_source import notebook_source
from waiting import wait_until


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Lab]:
    """The project of a newcomer, served by `make lab`."""
    demand_chromium()
    project = tmp_path_factory.mktemp("lab")
    for name in ("data", "lab", "notebooks", "reports", "src"):
        shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb*"))
    for notebook in (project / "notebooks").glob("*.ipynb"):  # one that ran and was saved may hold outputs
        notebook.write_bytes(notebook_source(notebook.read_bytes()))
    for name in (".gitattributes", ".gitignore", "Makefile"):
        shutil.copy(root / name, project)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        git(project, *arguments)
    home = tmp_path_factory.mktemp("home")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"--allow-root --no-browser --ip=127.0.0.1 --port={port} --ServerApp.port_retries=0 --IdentityProvider.token={TOKEN}"
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "PYTHONPATH": str(project / "src"),
    }
    stamp = Path(sys.prefix) / ".lab"  # the environment of the tests holds that layer, too
    command = ["make", "lab", f"VENV={sys.prefix}", f"--old-file={stamp}", f"ARGS={options}"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=project, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            served = Lab(project, port)
            assert wait_until(served.is_up, PATIENCE), (home / "log").read_text()
            yield served
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(PATIENCE)


@pytest.fixture
def chrome() -> Iterator[BrowserContext]:
    """A window of a browser; what it downloads is kept until the test ends."""
    demand_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        context.set_default_timeout(PATIENCE * 1000)
        yield context
        browser.close()
