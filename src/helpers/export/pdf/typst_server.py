"""The process that sets reports in type: one after the other, until its input ends.

It imports little, to be ready for the first report.
"""

from __future__ import annotations

__all__ = ["compile_report", "forget", "serve"]

import os
import signal
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import typst

from helpers.processes.messages import receive, send, standard_pipes
from helpers.text.fonts import font_paths

_TEMPLATES = Path(__file__).parents[1] / "templates"
# PDF/UA for screen readers, PDF/A for archives (A-3, because of the attachments).
_STANDARDS: list[Any] = ["ua-1", "a-3a"]
_REMEMBERED_COMPILATIONS = 10
_UNSETTLED = "did not converge"  # in Typst's warning of a layout that is still changing after five times


def serve() -> None:
    """Answer requests from standard input on standard output: with a PDF, or with the reason why there is none.

    Ends when the input ends, or after a panic of Typst, which may have left its state broken.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it has no session of its own, as on Windows
    requests, answers = standard_pipes()
    with suppress(BaseException):  # the first report raises the same error
        _compiler()
    is_well = True
    with suppress(BrokenPipeError, EOFError):  # a build that was killed waits for no answer
        while is_well and (data := receive(requests)):
            answer, is_well = _answer(data)
            send(answers, answer)
            if is_well:
                forget()
    os._exit(0)  # without flushing what could not be sent


def _answer(request: bytes) -> tuple[bytes, bool]:
    """The PDF, or the reason why there is none; and whether this process can go on."""
    try:
        return compile_report(request.decode("utf-8")), True
    except BaseException as error:  # a panic of Typst is no Exception
        return f"PDF に組めません（{type(error).__name__}: {error}）".encode(), False


def compile_report(data: str) -> bytes:
    """The PDF of plain data, which begins with ``%PDF``; or the reason why there is none, in Japanese.

    Where fitted figures move one another for ever, none is fitted.
    """
    try:
        pdf, warnings = _compiled(data=data)
        if any(_UNSETTLED in warning for warning in warnings):
            pdf, warnings = _compiled(data=data, steady="yes")
    except typst.TypstError as error:
        return f"PDF に組めません: {error.message}".encode()
    return f"PDF の組版で警告がありました: {'、'.join(warnings)}".encode() if warnings else pdf


def _compiled(**inputs: str) -> tuple[bytes, list[str]]:
    """The PDF and the messages of what Typst warned of."""
    pdf, warnings = _compiler().compile_with_warnings(
        # Given each time: the compiler forgets a source given as bytes after its first use.
        input=_source(),
        sys_inputs=dict(inputs),
        format="pdf",
        pdf_standards=_STANDARDS,
    )
    assert isinstance(pdf, bytes)
    return pdf, [warning.message for warning in warnings]


def forget() -> None:
    """Let Typst drop what it remembers of a report, about 25 MB.

    Typst drops what ten compilations did not use; ten empty ones take milliseconds.
    """
    for _ in range(_REMEMBERED_COMPILATIONS):
        _compiler().compile(input=b"", format="pdf")


@cache
def _source() -> bytes:
    return (_TEMPLATES / "report.typ").read_bytes()


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all reports, with the fonts loaded and no access to files outside the templates' folder."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[path.parent for path in font_paths()],
    )
    nowhere = _TEMPLATES / "packages"  # there is no such folder: the template uses no packages
    return typst.Compiler(
        root=_TEMPLATES,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
