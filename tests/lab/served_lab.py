"""A JupyterLab server on the loopback address, and the project that it shows."""

from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TOKEN = "reform"
PATIENCE = 60  # seconds


class Lab:
    """A project of its own, and the address under which a JupyterLab server shows it."""

    def __init__(self, project: Path, port: int) -> None:
        self.project = project
        self.address = f"http://127.0.0.1:{port}"
        self._opened = 0

    def opened(self, path: str) -> str:
        """The address that opens a file of the project, and nothing that was open before."""
        self._opened += 1
        return f"{self.address}/lab/workspaces/{self._opened}/tree/{path}?token={TOKEN}"

    def is_up(self) -> bool:
        """Whether the server answers."""
        try:
            urlopen(f"{self.address}/api?token={TOKEN}", timeout=5).close()
        except (URLError, OSError):
            return False
        return True
