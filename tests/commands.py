"""Run the command in tests: in this process, or in one of its own."""

from __future__ import annotations

import sys

from click.testing import CliRunner, Result

from helpers.cli import main

# The beginning of a command line: the command in a fresh Python that heeds nothing in the working directory.
GYOKAKU = (sys.executable, "-P", "-c", "from helpers.cli import main; main()")


def gyokaku(*arguments: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])
