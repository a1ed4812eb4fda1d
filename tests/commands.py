"""Run the command in tests, in this process or in one of its own, and git."""

import re
import subprocess
import sys
from pathlib import Path

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
