"""Write a comparison as Markdown for a comment on a pull request: long parts folded, the whole within a limit."""

from __future__ import annotations

__all__ = ["LIMIT", "as_markdown"]

import re
from collections.abc import Iterable, Iterator, Sequence

from helpers.proof.diff.differences import CellChange, Comparison, Part, StatusChange, TableChange
from helpers.proof.diff.forms import wording
from helpers.proof.diff.forms.wording import visible

# GitHub refuses a comment of more than 65,536 characters; some room is left for text that a workflow adds.
LIMIT = 60_000
_CELL_LIMIT = 600
# Every character with a meaning in Markdown or HTML, anywhere in a line.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~$\"'^]")
# Characters from which GitHub makes a mention, a reference to an issue or a link.
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)


def as_markdown(comparison: Comparison, limit: int = LIMIT) -> str:
    """Write the differences as GitHub's Markdown, at most ``limit`` characters; "" where there are none.

    Problems come first. Blocks that do not fit are left out, and the last line says how many.
    """
    if not comparison.has_differences and not comparison.problems:
        return ""
    head = f"### 変更点: {_plain(comparison.before)} → {_plain(comparison.after)}\n"
    problems = "".join(f"- {_plain(problem)}\n" for problem in comparison.problems)
    blocks = [f"**比べられなかったもの**\n\n{problems}"] if problems else []
    blocks += [block for part in comparison.parts for block in _blocks(part)]
    text, left_out = head, 0
    for block in blocks:
        # After the first block left out, all are left out: a later block would be under the wrong heading.
        if left_out or len(text) + len(block) + len(_cut_line(len(blocks))) > limit:
            left_out += 1
        else:
            text += f"\n{block}"
    return text + (f"\n{_cut_line(left_out)}" if left_out else "")


def _cut_line(blocks: int) -> str:
    return f"**長いため、残りの{blocks}ブロックを省きました。**全体は `gyokaku diff --format html` で見られます。\n"


def _blocks(part: Part) -> Iterator[str]:
    sentences = [*map(_plain, part.news), *filter(None, [wording.summary(part)])]
    yield (f"#### {_plain(part.title)}\n\n" if part.title else "") + "\n\n".join(sentences) + "\n"
    if part.statuses:
        yield _table(("項目", "変更前の実施状況", "変更後の実施状況"), part.statuses)
    if part.listing:
        head, rule, *rows = _table(("項目", "前年度", "この年度"), part.listing).splitlines()
        yield from _folded(wording.LISTING, rows, [head, rule])
    for table in part.tables:
        yield from _table_blocks("表", table)
    if part.texts:
        yield from _folded(f"文章の変更 {len(part.texts)}か所", _text_lines(part))
    for file in part.files:
        yield from _table_blocks("データファイル", file)
    if part.pdf is not None:
        pages = "、".join(wording.page_pair(page) for page in part.pdf.pages)
        yield f"PDF（{wording.pages(part.pdf.before_pages, part.pdf.after_pages)}）で見た目が変わったページ: {pages}\n"
    if part.background:
        yield from _folded("背景（入力と版の違い）", (f"- {_plain(line)}" for line in part.background))


def _table_blocks(heading: str, table: TableChange) -> Iterator[str]:
    caption = _plain(table.caption)
    if whole := wording.whole_table(table):
        yield f"{heading}「{caption}」が{whole}\n"
        return
    head, rule, *rows = _table(("欄", "変更前", "変更後"), table.cells).splitlines()
    yield from _folded(f"{heading}「{caption}」{len(rows)}か所", rows, [head, rule])


def _text_lines(part: Part) -> Iterator[str]:
    for change in part.texts:
        section = f"（{_plain(change.section)}）" if change.section else ""
        yield f"- {change.kind}{section}"
        sides = (("前", change.before), ("後", change.after))
        yield from (f"  - {side}: {_plain(text)}" for side, text in sides if text is not None)


def _folded(summary: str, lines: Iterable[str], head: Sequence[str] = ()) -> Iterator[str]:
    """Fold lines in parts of at most a third of a comment, so that a long table does not displace all other blocks."""
    bodies: list[list[str]] = [[]]
    for line in lines:
        if bodies[-1] and sum(map(len, bodies[-1])) + len(line) > LIMIT // 3:
            bodies.append([])
        bodies[-1].append(line)
    for number, body in enumerate(bodies, start=1):
        yield _details(summary if len(bodies) == 1 else f"{summary}（{number}）", [*head, *body])


def _details(summary: str, lines: list[str]) -> str:
    text = "\n".join(lines)
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>\n"


def _table(head: tuple[str, str, str], changes: Iterable[StatusChange | CellChange]) -> str:
    values = ((wording.label(c), wording.value(c.before), wording.value(c.after)) for c in changes)
    lines = [head, ("---",) * len(head), *(map(_plain, row) for row in values)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _plain(text: str) -> str:
    """Escape a text for Markdown, HTML and GitHub, and cut it if it is very long."""
    shown = visible(text)
    if len(shown) > _CELL_LIMIT:
        shown = f"{shown[:_CELL_LIMIT]}…（全{len(shown)}字）"
    parted = _REFERENCE.sub(lambda match: f"\0{match[0]}\1", shown)
    escaped = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", parted)
    # A character of no width keeps GitHub from making a link.
    return escaped.replace("\0", "").replace("\1", "&#8203;").replace("⏎", "<br>")
