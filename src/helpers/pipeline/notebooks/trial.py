"""Check that this computer can run a report's notebooks."""

from __future__ import annotations

__all__ = ["run_trial"]

import json

from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.notebooks.runner import run_notebook
from helpers.pipeline.notebooks.workspace import Workspace

_NAME = "trial.ipynb"
_CELL: dict[str, object] = {
    "cell_type": "code",
    "id": "trial",
    "execution_count": None,
    "metadata": {},
    "outputs": [],
    "source": "import helpers\nhelpers.FiscalYear(2022)",
}
_NOTEBOOK = {"cells": [_CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def run_trial() -> None:
    """Run a notebook of one cell in a kernel of its own.

    Raises:
        BuildError: there is no room for its files, its kernel does not start, or its cell fails.
    """
    inputs = Inputs({_NAME: json.dumps(_NOTEBOOK).encode()})
    with Workspace.create(inputs) as workspace:
        run_notebook(_NAME, {}, workspace)
