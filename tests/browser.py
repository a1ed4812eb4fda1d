"""Chromium driven over its own protocol: no more than these tests need."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

import pytest
from websocket import create_connection

from waiting import wait_until

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

PATIENCE = 60.0  # seconds


def demand_chromium() -> None:
    """Skip where there is no Chromium, so that `make test` needs only Python; fail in CI, where nothing may be skipped."""
    if CHROMIUM is None:
        reason = "there is no Chromium on this machine (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


class Browser:
    """One page of a headless browser without network; use as a context manager."""

    def __init__(self) -> None:
        self._number = 0
        self._first: list[str] = []
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        assert CHROMIUM is not None
        self._folder = tempfile.TemporaryDirectory(prefix="gyokaku-browser-", ignore_cleanup_errors=True)
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--window-size=1280,900",
        ]
        profile = Path(self._folder.name)
        self._process = subprocess.Popen(
            [CHROMIUM, *options, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
            stderr=subprocess.DEVNULL,
        )
        chosen = profile / "DevToolsActivePort"
        assert wait_until(lambda: chosen.exists() and chosen.read_text().count("\n"), PATIENCE), "no browser"
        with urlopen(
            f"http://127.0.0.1:{chosen.read_text().split()[0]}/json/list", timeout=PATIENCE
        ) as answer:
            target = next(t for t in json.load(answer) if t["type"] == "page")
        self._socket = create_connection(target["webSocketDebuggerUrl"], suppress_origin=True)
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()

    def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol and wait for its answer."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        message = self._wait_for("id", self._number)
        assert "error" not in message, message
        return message["result"]

    def _wait_for(self, key: str, value: object) -> dict[str, Any]:
        """Keep the messages that come in, up to and with the one that has a value."""
        end = time.monotonic() + PATIENCE
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            message: dict[str, Any] = json.loads(self._socket.recv())
            if "method" in message:
                self.events.append(message)
            if message.get(key) == value:
                return message
        raise TimeoutError(f"{key} {value}")

    def run_first(self, source: str) -> None:
        """Run a script in every page before the page's own."""
        self._first.append(self.call("Page.addScriptToEvaluateOnNewDocument", source=source)["identifier"])

    def reset(self) -> None:
        """Undo what tests may have set."""
        while self._first:
            self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=self._first.pop())
        self.call("Emulation.setScriptExecutionDisabled", value=False)
        self.call("Emulation.clearDeviceMetricsOverride")
        self.call("Emulation.setEmulatedMedia", media="", features=[])

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        size = {"width": width, "height": height}
        self.call("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=False)

    def prefer(self, scheme: str = "light", *, forced: bool = False, media: str = "screen") -> None:
        """Show pages as readers of a dark or light theme, of colours of their own or of paper see them."""
        features = {"prefers-color-scheme": scheme, "forced-colors": "active" if forced else "none"}
        named = [{"name": name, "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", media=media, features=named)

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded."""
        # From an empty page: going to another fragment of the same page would load nothing.
        for address in ("about:blank", url):
            self.events.clear()
            self.call("Page.navigate", url=address)
            if not any(event["method"] == "Page.loadEventFired" for event in self.events):
                self._wait_for("method", "Page.loadEventFired")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str, text: str = "") -> None:
        """Press and release a key: 'Tab', 'Enter', 'ArrowDown' or a character."""
        codes = {"Tab": 9, "Enter": 13, "ArrowDown": 40, " ": 32}
        key_code = {"key": key, "code": key, "windowsVirtualKeyCode": codes.get(key, 0)}
        self.call(
            "Input.dispatchKeyEvent",
            type="keyDown",
            text=text or ("\r" if key == "Enter" else ""),
            **key_code,
        )
        self.call("Input.dispatchKeyEvent", type="keyUp", **key_code)

    def write(self, text: str) -> None:
        """Write into what has the focus."""
        self.call("Input.insertText", text=text)

    def print_pdf(self) -> bytes:
        """The page on A4 paper."""
        answer = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(answer["data"])

    def picture(self, file: Path) -> None:
        """What is in view, as PNG."""
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))
