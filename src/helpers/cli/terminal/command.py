"""click in Japanese, and the one place where errors are shown."""

from __future__ import annotations

__all__ = ["INTERRUPTED", "NAME", "Command", "Group", "ReadAsFiscalYear", "go_quiet", "show_version"]

import faulthandler
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import click

from helpers.cli.terminal.guide import chosen_command, is_asked_for
from helpers.cli.terminal.screen import be_quiet, begin_anew, lost_output, say, unexpected, width
from helpers.cli.terminal.usage_errors import in_japanese, plan_hint
from helpers.errors import FiscalYearError, GyokakuError
from helpers.files.paths import why_not_written
from helpers.fiscal_year import FiscalYear
from helpers.text.wrapping import wrapped

INTERRUPTED = 130
NAME = "gyokaku"


class ReadAsFiscalYear(click.ParamType[FiscalYear]):
    """A fiscal year in any of its written forms."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> FiscalYear:
        """Parse the text; FiscalYearError says what is meant."""
        try:
            return FiscalYear.parse(value)
        except FiscalYearError as error:
            raise FiscalYearError(f"{error}{plan_hint(str(value), ctx)}") from error


class _HelpFormatter(click.HelpFormatter):
    """Lines of 80 columns, of which a letter of Japanese takes two."""

    def write_text(self, text: str) -> None:
        """Paragraphs, broken by 禁則; a line that ends within one is joined without a blank."""
        indent = " " * self.current_indent
        paragraphs = ("".join(paragraph.splitlines()) for paragraph in text.split("\n\n"))
        broken = (wrapped(paragraph, self.width - len(indent), width) for paragraph in paragraphs)
        self.write(
            "\n\n".join("\n".join(f"{indent}{line.rstrip()}" for line in lines) for lines in broken) + "\n"
        )

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of terms with what they mean beside them; a term that is too long has a line to itself."""
        rows = list(rows)
        longest = min(max(width(term) for term, _ in rows), col_max)
        hang = self.current_indent + longest + col_spacing
        for term, meaning in rows:
            self.write(" " * self.current_indent + term)
            gap = longest + col_spacing - width(term)
            self.write(" " * gap if gap >= col_spacing else "\n" + " " * hang)
            lines = (line.rstrip() for line in wrapped(meaning, self.width - hang, width))
            self.write(f"\n{' ' * hang}".join(lines) + "\n")


class _HelpContext(click.Context):
    """The context of a command whose help is Japanese."""

    formatter_class = _HelpFormatter


class Command(click.Command):
    """A command that explains itself in Japanese; its return value is the exit code."""

    context_class = _HelpContext

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; an option is no value of the option before it, which would be forgotten silently.

        Raises:
            click.BadOptionUsage: an option has no value.
        """
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        names = {name for option in options for name in option.opts}
        with_value = {name for option in options if not option.is_flag for name in option.opts}
        for name, value in pairwise(args[: args.index("--")] if "--" in args else args):
            if name in with_value and value in names:
                raise click.BadOptionUsage(name, f"Option {name!r} requires an argument.", ctx)
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line: 使い方: …"""
        pieces = (
            " ".join(self.collect_usage_pieces(ctx))
            .replace("[OPTIONS]", "[オプション]")
            .replace("COMMAND [ARGS]...", "コマンド …")
        )
        formatter.write_usage(ctx.command_path, pieces, prefix="使い方: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a Japanese heading."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("オプション"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, explained in Japanese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help, option.callback = "この説明を表示します", _show_help
        return option


class Group(Command, click.Group):
    """The commands; shows every error once and turns it into the exit code."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        records = [(name, command.get_short_help_str(200)) for name, command in self.commands.items()]
        with formatter.section("コマンド"):
            formatter.write_dl(records)

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = NAME, *rest: Any, **options: Any
    ) -> Any:
        """Run a command and leave with its exit code."""
        is_whole_process = args is None
        if is_whole_process:
            # What a command loads stays: looking through it every 700 objects is a twentieth of a short one's time.
            gc.set_threshold(50_000)
            # Show the place where a library crashes, which otherwise ends the process silently; there may be nowhere to write to.
            with suppress(OSError, RuntimeError, AttributeError, ValueError):
                faulthandler.enable()
            _fill_descriptors()
        exit_code = _settle_output(
            self._run(args, **{**options, "prog_name": prog_name, "standalone_mode": False})
        )
        if is_whole_process:
            # Everything goes with the process: the collector need not look through it once more.
            gc.freeze()
        sys.exit(exit_code)

    def _run(self, args: Sequence[str] | None, *rest: Any, **options: Any) -> int:
        begin_anew()
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, ValueError):  # there may be none, or one of a caller's own
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        try:
            if not (sys.argv[1:] if args is None else args) and is_asked_for():
                args = chosen_command()
                if not args:
                    return 0
            return int(super().main(args, *rest, **options) or 0)
        except click.exceptions.NoArgsIsHelpError as error:
            with suppress(BrokenPipeError):
                say(error.format_message())
            return 2
        except click.ClickException as error:
            say(f"使い方の誤りです: {in_japanese(error)}", err=True)
            if isinstance(error, click.UsageError) and error.ctx is not None:
                if isinstance(error, click.MissingParameter):
                    say(error.ctx.get_usage(), err=True)
                say(f"{error.ctx.command_path} --help で使い方を表示します", err=True)
            return error.exit_code
        except GyokakuError as error:
            say(str(error), err=True)
            return error.exit_code
        except (KeyboardInterrupt, click.Abort):
            say("中断しました", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            return 1  # Whoever reads the output has had enough.
        except Exception as error:
            say(unexpected(error), err=True)
            return 1


def show_version(ctx: click.Context, option: click.Parameter, is_asked: bool) -> None:
    """Answer ``--version``."""
    if is_asked and not ctx.resilient_parsing:
        from importlib.metadata import version

        say(f"{ctx.command_path} {version('gyokaku')}")
        ctx.exit()


def go_quiet(ctx: click.Context, option: click.Parameter, is_asked: bool) -> None:
    """Obey ``--quiet``."""
    if is_asked and not ctx.resilient_parsing:
        be_quiet()


def _show_help(ctx: click.Context, option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        say(ctx.get_help())
        ctx.exit()


def _fill_descriptors() -> None:
    """Open closed standard streams, so that no later file gets their numbers, here and in child processes."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest that is free


def _settle_output(exit_code: int) -> int:
    """The exit code of a command after its output is flushed; where that fails, report it and return at least 1."""
    try:
        if (lost := lost_output()) is None:
            return exit_code
        say(f"標準出力に書き込めません: {why_not_written(lost)}", err=True)
    except BrokenPipeError:
        pass  # Whoever reads the output has had enough.
    # Discard the rest: Python would try to write it again at exit.
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return max(exit_code, 1)
