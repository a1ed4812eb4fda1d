"""The one place where commands begin and errors are shown."""

import subprocess
import sys

CRASH = """
import os, signal
from helpers import project
project.find_plan_ids = lambda root: os.kill(os.getpid(), signal.SIGSEGV)
from helpers.cli import main
main()
"""


def test_a_library_that_crashes_does_not_end_the_process_without_a_word(root):
    done = subprocess.run(
        [sys.executable, "-P", "-c", CRASH, "years", "--root", str(root)], capture_output=True, text=True
    )
    assert done.returncode == -11
    assert "Segmentation fault" in done.stderr
    assert "chosen_plan_ids" in done.stderr, "where it was is told"
