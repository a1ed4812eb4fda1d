"""Chromium driven over its own protocol: no more than these tests need."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from websocket import create_connection

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def demand_chromium() -> None:
    """Skip where there is no Chromium, so that `make test` needs only Python; fail in CI, where nothing may be skipped."""
    if CHROMIUM is None:
        reason = "there is no Chromium on this machine (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


class Browser:
    """One page of a headless browser without network; use as a context manager."""

    def __init__(self, width: int = 1280, height: int = 900) -> None:
        self.size = f"{width},{height}"
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Browser:
        assert CHROMIUM is not None
        self._folder = tempfile.TemporaryDirectory(prefix="gyokaku-browser-", ignore_cleanup_errors=True)
        arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
        ]
        self._process = subprocess.Popen(
            [
                CHROMIUM,
                *arguments,
                f"--window-size={self.size}",
                f"--user-data-dir={self._folder.name}",
                "about:blank",
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        port = next(
            m[1] for line in self._process.stderr if (m := re.search(r"listening on ws://[^:]+:(\d+)", line))
        )
        address = f"http://127.0.0.1:{port}/json/list"
        with urlopen(address) as answer:
            target = next(t for t in json.load(answer) if t["type"] == "page")
        self._socket = create_connection(target["webSocketDebuggerUrl"], suppress_origin=True, timeout=30)
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stderr is not None
        self._process.stderr.close()
        self._folder.cleanup()

    def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol and wait for its answer."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            self.events.append(message)

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded."""
        # From an empty page, because a step to another fragment of the same one would load nothing.
        for address in ("about:blank", url):
            self._load(address)

    def _load(self, url: str) -> None:
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(json.loads(self._socket.recv()))

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
