"""Whatever is installed with the package is in the versions of a manifest, or is known to have no say in a report."""

from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.pipeline.identity.software import DISTRIBUTION, versions

# Packages that do not influence a report's bytes: another version is no reason to make it again.
NO_SAY = {
    "they carry messages between a build and its kernels": (
        *("comm", "debugpy", "nest-asyncio2", "psutil", "ptyprocess", "pexpect", "tenacity"),
        *("entrypoints", "platformdirs", "typing-extensions", "packaging"),
    ),
    "they check the form of notebooks, or refuse them": (
        *("attrs", "fastjsonschema", "jsonschema", "jsonschema-specifications", "referencing", "rpds-py"),
    ),
    "they write to a terminal, or help those who type there": (
        *("asttokens", "executing", "jedi", "parso", "prompt-toolkit", "pure-eval", "stack-data", "wcwidth"),
        *("markdown-it-py", "mdurl", "tqdm", "colorama", "appnope", "ipython-pygments-lexers"),
    ),
    "papermill's ways to the network and to settings, of which a build goes none": (
        *("aiohappyeyeballs", "aiohttp", "aiosignal", "certifi", "charset-normalizer", "frozenlist", "idna"),
        *("multidict", "propcache", "pyyaml", "requests", "urllib3", "yarl", "cffi", "pycparser"),
    ),
    "nbconvert's, for formats and templates that are not ours": (
        *("defusedxml", "jupyterlab-pygments", "pandocfilters", "soupsieve", "tinycss2", "webencodings"),
    ),
    "msoffcrypto-tool's, which decrypts as its formats say": ("cryptography", "olefile"),
    "watchfiles', which only says when to build again": ("anyio",),
}


def installed_beneath(name: str) -> set[str]:
    """Every package that the base install of a package brings here, itself apart."""
    required: set[str] = set()
    pending: list[tuple[str, frozenset[str]]] = [(name, frozenset())]
    while pending:
        package, extras = pending.pop()
        try:
            wanted = [Requirement(text) for text in requires(package) or []]
        except PackageNotFoundError:
            continue
        for requirement in wanted:
            applies = requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in extras | {""}
            )
            if applies and canonicalize_name(requirement.name) not in required:
                required.add(canonicalize_name(requirement.name))
                pending.append((requirement.name, frozenset(requirement.extras)))
    return required


def test_every_package_beneath_has_its_version_told_or_has_no_say() -> None:
    without = {name for names in NO_SAY.values() for name in names}
    recorded = set(versions())
    assert not recorded & without
    beneath = installed_beneath(DISTRIBUTION)
    assert {"numpy", "kiwisolver", "jinja2"} <= beneath
    assert beneath - recorded - without == set()
