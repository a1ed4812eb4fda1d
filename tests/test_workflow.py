"""The GitHub workflows: what actionlint would say of them, and that they keep secrets from pull requests."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from helpers.cli import main

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOW_KEYS = {"name", "on", "permissions", "concurrency", "env", "defaults", "jobs"}
JOB_KEYS = {
    "name", "needs", "if", "runs-on", "timeout-minutes", "strategy", "env", "permissions", "environment", "outputs",
    "steps", "concurrency", "continue-on-error", "container", "services", "defaults",
}  # fmt: skip
STEP_KEYS = {
    "name", "id", "if", "uses", "run", "with", "env", "continue-on-error", "timeout-minutes", "shell",
    "working-directory",
}  # fmt: skip
SCOPES = {"actions", "contents", "id-token", "pages", "pull-requests", "issues", "checks", "statuses"}
CONTEXTS = {
    "github",
    "needs",
    "steps",
    "matrix",
    "env",
    "secrets",
    "runner",
    "job",
    "inputs",
    "vars",
    "strategy",
}
FUNCTIONS = {
    "fromJSON",
    "toJSON",
    "hashFiles",
    "contains",
    "startsWith",
    "format",
    "always",
    "cancelled",
    "success",
}
# Major versions that these workflows were written for, with what each must be given.
ACTIONS: Mapping[str, set[str]] = {
    "actions/checkout@v4": set(),
    "actions/setup-python@v5": {"python-version"},
    "actions/cache@v4": {"path", "key"},
    "actions/cache/restore@v4": {"path", "key"},
    "actions/cache/save@v4": {"path", "key"},
    "actions/upload-artifact@v4": {"name", "path"},
    "actions/download-artifact@v4": set(),
    "actions/upload-pages-artifact@v3": {"path"},
    "actions/deploy-pages@v4": set(),
}


class _Strict(yaml.SafeLoader):
    """YAML as GitHub reads it: ``on`` is a key, and no key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        assert len(set(keys)) == len(keys), f"a key stands twice: {keys}"
        return super().construct_mapping(node, deep)


_Strict.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> dict[str, Any]:
    return yaml.load(text, _Strict)


def expressions(value: object) -> Iterator[str]:
    """Every ``${{ … }}`` below a value, and every ``if``."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "if":
                yield str(inner)
            yield from expressions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from expressions(inner)
    elif isinstance(value, str):
        yield from re.findall(r"\$\{\{(.*?)\}\}", value, re.DOTALL)


def problems(workflow: dict[str, Any]) -> Iterator[str]:
    """What GitHub would refuse or a reviewer should."""
    yield from (f"unknown key {key}" for key in workflow.keys() - WORKFLOW_KEYS)
    yield from (f"no {key}" for key in {"on", "jobs", "permissions"} - workflow.keys())
    jobs = workflow["jobs"]
    for name, job in jobs.items():
        for problem in (*job_problems(job, jobs), *expression_problems(job, jobs)):
            yield f"{name}: {problem}"
    text = yaml.safe_dump(workflow)
    if text.count("${{") != text.count("}}"):
        yield "an expression that does not end"


def job_problems(job: dict[str, Any], jobs: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"unknown key {key}" for key in job.keys() - JOB_KEYS)
    yield from (f"no {key}" for key in {"runs-on", "timeout-minutes", "steps"} - job.keys())
    yield from (f"needs {other}, which is no job" for other in needs(job) if other not in jobs)
    yield from (f"permission {scope}" for scope in job.get("permissions", {}).keys() - SCOPES)
    ids = [step["id"] for step in job["steps"] if "id" in step]
    if len(set(ids)) != len(ids):
        yield "an id of a step stands twice"
    for step in job["steps"]:
        yield from (f"unknown key {key} in a step" for key in step.keys() - STEP_KEYS)
        if ("run" in step) == ("uses" in step):
            yield "a step neither runs nor uses, or does both"
        if "uses" in step and step["uses"] not in ACTIONS:
            yield f"action {step['uses']} is not known"
        elif "uses" in step:
            missing = ACTIONS[step["uses"]] - step.get("with", {}).keys()
            yield from (f"{step['uses']} without {key}" for key in missing)
        if "${{" in step.get("run", ""):
            yield "an expression in a script: hand it over in env"


def expression_problems(job: dict[str, Any], jobs: Mapping[str, Any]) -> Iterator[str]:
    ids = {step["id"] for step in job["steps"] if "id" in step}
    for expression in expressions(job):
        bare = re.sub(r"'[^']*'", "''", expression)
        if re.search(r"secrets\.", bare):
            yield "a secret"
        for word in re.findall(r"(?<![\w.'-])([A-Za-z][\w-]*)(?=[.(])", bare):
            if word not in CONTEXTS | FUNCTIONS:
                yield f"unknown {word} in {expression.strip()}"
        for step in re.findall(r"\bsteps\.([\w-]+)", bare):
            if step not in ids:
                yield f"no step {step}"
        for other, output in re.findall(r"\bneeds\.([\w-]+)\.outputs\.([\w-]+)", bare):
            if other not in needs(job) or output not in jobs[other].get("outputs", {}):
                yield f"no output {other}.{output}"
        for key in re.findall(r"\bmatrix\.([\w-]+)", bare):
            if key not in {"plan", "year"} or "strategy" not in job:
                yield f"no {key} in the matrix"


def needs(job: Mapping[str, Any]) -> list[str]:
    given = job.get("needs", [])
    return [given] if isinstance(given, str) else list(given)


def scripts(workflow: Mapping[str, Any]) -> list[str]:
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]


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


def test_nothing_is_wrong_with_it(workflow: dict[str, Any]) -> None:
    assert list(problems(workflow)) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("needs: years", "needs: yaers", "report: needs yaers, which is no job"),
        ("outputs.years != '[]'", "outputs.year != '[]'", "report: no output years.year"),
        ("steps.list.outputs", "steps.lst.outputs", "years: no step lst"),
        ("matrix.plan }}\n      YEAR", "matrix.plna }}\n      YEAR", "report: no plna in the matrix"),
        ("fromJSON(", "fromJson(", "report: unknown fromJson in fromJson(needs.years.outputs.years)"),
        ("- run: make test", "- rnu: make test", "test: unknown key rnu in a step"),
        ("actions/cache@v4", "actions/cahce@v4", "report: action actions/cahce@v4 is not known"),
        (
            '"$YEAR --plan $PLAN"',
            '"${{ matrix.year }}"',
            "report: an expression in a script: hand it over in env",
        ),
        ("    timeout-minutes: 30\n", "", "test: no timeout-minutes"),
        ("          name: difference\n", "", "difference: actions/upload-artifact@v4 without name"),
        ("PLAN: ${{ matrix.plan }}", "PLAN: ${{ secrets.KEY }}", "report: a secret"),
    ],
)
def test_a_slip_is_found(old: str, new: str, found: str) -> None:
    text = (ROOT / ".github/workflows/reports.yml").read_text(encoding="utf-8")
    assert old in text
    assert found in list(problems(load(text.replace(old, new, 1))))


def test_a_key_that_stands_twice_is_found() -> None:
    with pytest.raises(AssertionError, match="stands twice"):
        load("on: push\non: pull_request\n")


def test_needs_lead_to_no_circle(workflow: dict[str, Any]) -> None:
    left = {name: set(needs(job)) for name, job in workflow["jobs"].items()}
    while left:
        free = {name for name, others in left.items() if not others & left.keys()}
        assert free, f"a circle among {set(left)}"
        left = {name: others for name, others in left.items() if name not in free}


def test_every_script_is_valid_bash(workflow: dict[str, Any]) -> None:
    for script in scripts(workflow):
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), script


def test_every_verb_of_make_exists(reports: dict[str, Any]) -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = re.findall(r"\bmake (?:-C \S+ )?([a-z]+)", "\n".join(scripts(reports)))
    assert set(used) == {"setup", "report", "test", "lint"} <= verbs


def test_every_command_and_option_exists(reports: dict[str, Any]) -> None:
    text = "\n".join(scripts(reports))
    used = re.findall(r"\bgyokaku ([a-z]+)([^|\n)]*)", text)
    assert {name for name, _ in used} == {"years", "verify", "diff"}
    used += [("build", arguments) for arguments in re.findall(r'\bARGS="([^"]*)"', text)]
    for name, arguments in used:
        command = main.commands[name]
        options = {opt for param in command.params if isinstance(param, click.Option) for opt in param.opts}
        assert set(re.findall(r"--[a-z-]+", arguments)) <= options, (name, arguments)
    (form,) = re.findall(r"for form in ([a-z ]+);", text)
    (choice,) = [param.type for param in main.commands["diff"].params if param.name == "form"]
    assert isinstance(choice, click.Choice)
    assert set(form.split()) <= set(choice.choices)


def test_the_code_of_a_pull_request_may_only_read(reports: dict[str, Any]) -> None:
    assert "pull_request" in reports["on"] and "pull_request_target" not in reports["on"]
    assert reports["permissions"] == {"contents": "read"}
    for name, job in reports["jobs"].items():
        if "permissions" in job:
            assert "github.event_name != 'pull_request'" in job["if"], name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", name


def test_what_may_write_runs_no_code_of_a_pull_request(
    comment: dict[str, Any], reports: dict[str, Any]
) -> None:
    assert comment["on"] == {"workflow_run": {"workflows": [reports["name"]], "types": ["completed"]}}
    assert comment["permissions"] == {}
    (job,) = comment["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used == ["actions/download-artifact@v4"]
    ours = {
        step["with"]["name"]
        for step in reports["jobs"]["difference"]["steps"]
        if step.get("uses", "").startswith("actions/upload-artifact@")
    }
    assert job["steps"][0]["with"]["name"] in ours


def test_the_site_is_published_from_main_only(reports: dict[str, Any]) -> None:
    for name in ("site", "deploy"):
        assert "github.ref == 'refs/heads/main'" in reports["jobs"][name]["if"]
    assert reports["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


GH = """\
#!/usr/bin/env bash
echo "$*" >> calls
case "$*" in
  *"--method GET repos/city/plan/pulls"*) echo "$NUMBER" ;;
  *"--paginate"*) printf '%s' "$COMMENTS" ;;
  *) cp comment.md posted.md ;;
esac
"""


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
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(GH, encoding="utf-8")
    gh.chmod(0o755)
    (tmp_path / "difference").mkdir()
    (tmp_path / "difference" / "difference.markdown").write_text(
        "### 変更点 $(touch run)\n", encoding="utf-8"
    )
    environment = {
        "PATH": f"{gh.parent}:{os.environ['PATH']}",
        "REPOSITORY": "city/plan",
        "HEAD_OWNER": "fork",
        "HEAD_BRANCH": "a;$(touch run)",
        "HEAD_SHA": "0" * 40,
        "RUN": "https://example.jp/run",
        "NUMBER": number,
        "COMMENTS": comments,
    }
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
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
    command = tmp_path / ".venv" / "bin" / "gyokaku"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\necho "$@" >> calls\nexit {code}\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {"PATH": os.environ["PATH"], "BUILT": built, "BASE": "abc123"}
    done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=tmp_path, env=environment)
    assert (done.returncode == 0) == is_good
    first = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()[0]
    # Where a report was refused there are no pages to compare, but there are data.
    compared = "base/reports reports" if built == "success" else "abc123 HEAD"
    assert first == f"diff {compared} --format markdown --output difference/difference.markdown"
