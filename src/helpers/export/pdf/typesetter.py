"""Keep the process that sets reports in type: started for the first report, replaced after ``_LIFE`` of them.

Typst keeps some 0.1 MB of every report until its process ends. In a process of its own, which is replaced from time to
time, it does not let a build of thousands of reports grow.
"""

from __future__ import annotations

__all__ = ["TYPESETTER", "Typesetter"]

import atexit
import os
from functools import partial

from helpers.errors import ExportError
from helpers.processes.interpreter import started_server
from helpers.processes.keeper import DiedError, EndedError, Keeper, LateError
from helpers.time_limits import CELL

_LIFE = 50  # reports that one process sets
_PDF = b"%PDF"  # the first bytes of an answer that is no refusal


class Typesetter(Keeper):
    """Sets one report at a time, whichever thread asks; no process is started before ``start`` or the first report."""

    def __init__(self, life: int = _LIFE) -> None:
        super().__init__(partial(started_server, "helpers.export.pdf.typst_server"), life)

    def set(self, data: str) -> bytes:
        """The PDF of a report's plain data, which is JSON.

        Raises:
            ExportError: Typst refused or warned, its process died, took longer than a cell may take, or was ended.
            UsageError: the environment's limit on cells is no number.
        """
        seconds = CELL.seconds()
        try:
            answer = self.ask(data.encode("utf-8"), seconds)
        except EndedError:
            raise ExportError("build が終わるため、PDF を組みません") from None
        except LateError:
            raise ExportError(
                f"PDF を組む処理が{seconds}秒以内に終わりませんでした。計算機が遅い場合は、環境変数 {CELL.variable} の秒数を増やしてください"
            ) from None
        except DiedError as error:
            raise ExportError(
                f"PDF を組むプロセスが途中で終了しました（終了コード {error.code}）。"
                "メモリーが足りているかを確かめて、もう一度実行してください"
            ) from None
        except OSError as error:
            raise ExportError(
                f"PDF を組むプロセスを起動できません（{error.strerror}）。メモリーが足りているかを確かめてください"
            ) from error
        if not answer.startswith(_PDF):
            raise ExportError(answer.decode("utf-8"))
        return answer


TYPESETTER = Typesetter()
atexit.register(TYPESETTER.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TYPESETTER.leave)
