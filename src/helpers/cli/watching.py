"""``gyokaku build --watch``: build again when a sheet, a plan or a notebook is saved, and reload the open page."""

from __future__ import annotations

__all__ = ["build_on_change"]

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from watchfiles import Change, watch

from helpers.cli.terminal.screen import say
from helpers.errors import GyokakuError
from helpers.files.paths import is_leftover

_WATCHED = ("data/raw", "notebooks")
_QUIET_MS = 400  # a program that saves a file writes and renames several

# The reports stay as they are published: the page around them knows when to load one again.
_FRAME = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>行政改革の報告書</title>
<style>html, body, iframe { margin: 0; width: 100%; height: 100%; border: 0; display: block }</style></head>
<body><iframe title="報告書" src="/reports/index.html"></iframe><script>
let seen = null;
async function look() {
  try {
    const builds = await (await fetch("/builds")).text();
    if (seen !== null && builds !== seen) document.querySelector("iframe").contentWindow.location.reload();
    seen = builds;
  } catch (error) { /* the build has ended; a new one may answer */ }
  setTimeout(look, 700);
}
look();
</script></body></html>
"""


def build_on_change(root: Path, build: Callable[[], int], stop: Event | None = None) -> int:
    """Build, and again after each change, until Ctrl-C or ``stop``; returns the last build's exit code.

    The reports are shown at an address of this computer alone, at which an open page is loaded again after a build.
    """
    builds = [0]
    changes = _changes(root, stop)
    next(changes, ())  # from now on, also while the first build runs
    result = build()
    with _served(root, builds) as address:
        say(f"\n{address} を開くと、作り直すたびに表示が新しくなります。終わるには Ctrl-C を押してください")
        with suppress(KeyboardInterrupt):
            for changed in filter(None, changes):
                say(f"\n変わったファイル: {'、'.join(changed)}")
                try:
                    result = build()
                except GyokakuError as error:
                    say(str(error), err=True)
                    result = 1
                builds[0] += 1
    return result


def _changes(root: Path, stop: Event | None) -> Iterator[Sequence[str]]:
    """The files of each change, relative to the project; now and then none. What programs leave beside them is no change."""

    def is_input(_: Change, path: str) -> bool:
        return not any(is_leftover(part) for part in Path(path).relative_to(root).parts)

    folders = [root / folder for folder in _WATCHED]
    for changes in watch(
        *folders,
        watch_filter=is_input,
        debounce=4 * _QUIET_MS,
        step=_QUIET_MS,
        stop_event=stop,
        rust_timeout=_QUIET_MS,
        yield_on_timeout=True,
    ):
        paths = {Path(path) for _, path in changes}
        # What a program writes and renames at once is gone again; a file that was removed stands alone.
        there = {path for path in paths if path.exists()} or paths
        yield sorted(path.relative_to(root).as_posix() for path in there)


@contextmanager
def _served(root: Path, builds: Sequence[int]) -> Iterator[str]:
    """Serve the reports on the loopback address, on a free port, to programs of this computer; gives the address."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(root / "reports"))

        def do_GET(self) -> None:
            # Refuse other host names, by which a foreign page could reach this server.
            if self.headers.get("Host", "").partition(":")[0] != "127.0.0.1":
                self.send_error(404)
            elif self.path in ("/", "/builds"):
                self._answer(_FRAME if self.path == "/" else str(builds[0]))
            elif self.path.startswith("/reports/"):
                self.path = self.path.removeprefix("/reports")
                super().do_GET()
            else:
                self.send_error(404)

        def _answer(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def end_headers(self) -> None:
            # A browser that kept a page would ask for newer ones by the second, in which two builds may end.
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def list_directory(self, path: object) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
