"""click's messages about wrong usage, in Japanese."""

from __future__ import annotations

__all__ = ["OneOf", "WholeNumber", "in_japanese", "plan_hint"]

import re
from difflib import get_close_matches

import click

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_PATTERNS = (
    (re.compile(r"Option '(.+?)' requires (?:an argument|\d+ arguments)\.?"), "{} に値を指定してください"),
    (re.compile(r"Option '(.+?)' does not take a value\.?"), "{} に値は付けられません"),
    (_EXTRA, "余分な指定があります: {}"),
    (re.compile(r"Missing command\.?()"), "コマンドを指定してください{}"),
)


def in_japanese(error: click.ClickException) -> str:
    """Say what is wrong with the usage: names the option or argument and, where there is one, the nearest right one."""
    near = getattr(error, "possibilities", None) or ()
    if isinstance(error, click.NoSuchOption):
        name = error.option_name.strip("-")  # The hyphens, which all options have, make none alike.
        near = [option for option in near if get_close_matches(name, [option.strip("-")])]
    hint = f"。近い名前: {'、'.join(near)}" if near else ""
    if isinstance(error, click.NoSuchOption):
        if isinstance(error.ctx and error.ctx.command, click.Group):
            hint += "。コマンドのオプションは、コマンドの名前の後に書きます"
        return f"オプション {error.option_name} はありません{hint}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"コマンド {error.command_name} はありません{hint}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{error.param.make_metavar(error.ctx) if error.ctx else error.param.name} を指定してください"
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(error.message):
            hint = plan_hint(match[1], getattr(error, "ctx", None)) if pattern is _EXTRA else ""
            return words.format(match[1]) + hint
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{error.param.get_error_hint(error.ctx) if error.ctx else error.param.name}: {error.message}".replace(
            "'", ""
        )
    return f"指定を読めません（{error.message}）"


def plan_hint(text: str, ctx: click.Context | None) -> str:
    """Say where a plan's id goes, if a text may be one and the command has ``--plan``; otherwise ''."""
    options = [param.name for param in ctx.command.params if isinstance(param, click.Option)] if ctx else []
    may_be_id = "plan_id" in options and re.fullmatch("[a-z][a-z0-9_-]*", text)
    return "。計画のIDは --plan で指定します" if may_be_id else ""


class OneOf(click.Choice[str]):
    """One of several words."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """'「x」は使えません（text、markdown、html）'."""
        return f"「{value}」は使えません（{'、'.join(self.choices)} のどれかにしてください）"


class WholeNumber(click.ParamType[int]):
    """A whole number within limits."""

    name = "integer"

    def __init__(self, least: int, most: int = 999_999_999) -> None:
        self.least, self.most = least, most

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number; full-width digits will do."""
        text = str(value).strip()
        if not re.fullmatch(r"[-+]?\d{1,9}", text) or not self.least <= int(text) <= self.most:
            upper = f"{self.most}以下" if self.most < 999_999_999 else ""
            self.fail(f"「{value}」は使えません（{self.least}以上{upper}の整数にしてください）", param, ctx)
        return int(text)
