"""What the server imports beforehand is there; what is not does not keep the rest away."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("missing", ["", "pandas.core.methods.to_dict", "ipykernel.debugger"])
def test_one_missing_module_leaves_the_others_and_the_collector(missing):
    code = (
        f"import sys, gc\nmissing = {missing!r}\nif missing: sys.modules[missing] = None\n"
        "from helpers.pipeline.kernels import preload\n"
        "assert {name for name in preload.MODULES if sys.modules.get(name) is None} == {missing} & set(preload.MODULES)\n"
        "assert gc.isenabled() and gc.get_freeze_count() > 100_000"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)


def test_the_collector_is_on_after_a_failure():
    code = (
        "import sys, gc, helpers\nhelpers.__all__ = [*helpers.__all__, 'nothing']\n"
        "try:\n    import helpers.pipeline.kernels.preload\n"
        "except ImportError:\n    assert gc.isenabled()\nelse:\n    raise AssertionError"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)
