"""Run the command in tests, in this process or in one of its own, and git."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Timer

import pytest
from click.testing import CliRunner, Result

from helpers.cli import main

# The beginning of a command line: the command in a new Python that ignores the working directory.
GYOKAKU = (sys.executable, "-P", "-c", "from helpers.cli import main; main()")


def gyokaku(*arguments: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; what it prints."""
    named = ["-c", "user.name=a", "-c", "user.email=a@example.jp", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *named, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def on_a_terminal(
    *arguments: object, answers: Sequence[str] = (), folder: Path | None = None
) -> tuple[int, str]:
    """The exit code and the output of the command on a terminal of 80 columns, at which somebody types these lines."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), follower)
    command = [*GYOKAKU, *map(str, arguments)]
    with subprocess.Popen(command, **streams, env=environment, cwd=folder) as running:
        os.close(follower)
        watch = Timer(60, running.kill)
        watch.start()
        for answer in answers:
            os.write(leader, f"{answer}\n".encode())
        shown = b""
        try:
            while chunk := os.read(leader, 65536):
                shown += chunk
        except OSError:  # Linux says so when the last writer is gone.
            pass
        os.close(leader)
        watch.cancel()
    return running.returncode, shown.decode().replace("\r\n", "\n")


def unknown_in(code: str) -> list[str]:
    """The commands of ours, the options of each, and the verbs of make in a text that do not exist."""
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    verbs = re.findall(r"\bmake (?:-C \S+ )?([a-z-]+)", code)
    unknown = [f"make {verb}" for verb in verbs if f"\n{verb}:" not in makefile]
    used = re.findall(r"\bgyokaku (?:--\S+ )?([a-z-]+)\b([^|\n)#`]*)", code)
    used += [("build", arguments) for arguments in re.findall(r'\bmake report ARGS="([^"]*)"', code)]
    for name, arguments in used:
        command = main.commands.get(name)
        options = {option for parameter in command.params for option in parameter.opts} if command else {""}
        wrong = set(re.findall(r"--[a-z-]+", arguments)) - options - {"--help"}
        unknown += [f"gyokaku {name} {option}" for option in (*wrong, *([] if command else [""]))]
    return unknown
