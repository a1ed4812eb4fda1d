"""Published figures and settings that cannot be meant: exit status 1, and the other plan goes on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import gyokaku
from made_reports import replaced

PUBLISHED = "data/raw/hagi/published"
Spoil = Callable[[Path], object]


def renamed(old: str, new: str) -> Spoil:
    return lambda root: (root / PUBLISHED / old).rename(root / PUBLISHED / new)


def setting(old: str, new: str) -> Spoil:
    return lambda root: replaced(root / "data/raw/hagi/plan.toml", {old: new})


def heading_twice(root: Path) -> None:
    text = {"割合,前年項目数": "項目数,前年項目数"}
    replaced(root / PUBLISHED / "2022/overall.csv", text)


def column_dropped(root: Path) -> None:
    file = root / PUBLISHED / "2022/overall.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("".join(line.rpartition(",")[0] + "\n" for line in lines), encoding="utf-8")


def erratum_twice(root: Path) -> None:
    file = root / PUBLISHED / "2022/errata.toml"
    text = file.read_text(encoding="utf-8")
    entry = text[text.index("[[erratum]]") : text.index("[[unprinted]]")]
    file.write_text(f"{text}\n{entry}", encoding="utf-8")


SPOILED = {
    "a heading twice": (heading_twice, "published/2022/overall.csv!1行目: 見出し「項目数」が3列目と4列目に"),
    "a column dropped": (column_dropped, "前年割合: 公表値「（列なし）」、本書「5行」"),
    "another case": (renamed("2022/overall.csv", "2022/overall.CSV"), "published/2022/overall.CSV: この名前では"),
    "another name of the year": (renamed("2022", "R4"), "published/R4: 年度は西暦で読む"),
    "an erratum twice": (erratum_twice, "published/2022/errata.toml!erratum[2]: erratum[1] と同じ"),
    "slips under another name": (renamed("2022/errata.toml", "2022/errata.tml"), "published/2022/errata.tml: 照合に"),
    "a policy twice": (setting('name = "行政資源の有効活用"', 'name = "協働・官民連携の推進"'), "plan.toml!policies[3].name: "),
    "statuses that look alike": (setting('name = "未実施"', 'name = "末実施"\naliases = ["未実施"]\n\n[[statuses]]\nname = "未実施。"\n\n[[statuses]]\nname = "未実施 。"'),
                                 "plan.toml!statuses[6].name: "),
    "a mark that is a digit": (setting('decrease = "△"', 'decrease = "1"'), "plan.toml!printing.decrease: 「1」"),
    "a plan of other years": (setting("first_year = 2023\nlast_year = 2027", "first_year = 2033\nlast_year = 2037"),
                              "plan.toml!implementation.plans[2].first_year: 「2033」"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), SPOILED.values(), ids=SPOILED)
def test_it_is_refused_by_verify_and_the_other_plan_is_compared(
    two_plans: Path, spoil: Spoil, message: str
) -> None:
    spoil(two_plans)
    result = gyokaku("verify", "R4", "--root", two_plans)
    assert result.exit_code == 1
    assert message in result.output
    assert "予期しない" not in result.output
    assert "yamaguchi 令和4年度: 373/376 一致、記録済みの正誤 3" in result.output


@pytest.mark.slow
def test_a_build_refuses_it_and_makes_the_other_plans_report(two_plans: Path) -> None:
    root = two_plans
    heading_twice(root)
    renamed("2022", "2021")(root)
    result = gyokaku("build", "R3", "R4", "--root", root)
    assert result.exit_code == 1
    assert "hagi 令和3年度 の報告書を作れませんでした\n  published/2021/" in result.stderr
    made = {path.parent.relative_to(root / "reports").as_posix() for path in root.rglob("report.pdf")}
    assert made == {"yamaguchi/2021", "yamaguchi/2022", "hagi/2022"}
    renamed("2021", "R4")(root)
    result = gyokaku("build", "R3", "R4", "--root", root)
    assert result.exit_code == 1
    assert result.stderr.startswith("計画 hagi を使えません\n  published/R4: 年度は西暦で読む")
    shutil.rmtree(root / "data/raw/hagi")
    (root / "data/raw/yamaguchi/published/2022/summary.csv").unlink()
    result = gyokaku("verify", "R4", "--root", root)
    assert result.exit_code == 0
    warning = "yamaguchi 令和4年度: 注意 公表値と照合したセルが前の報告書より減りました（summary 25 → 0）。"
    assert warning in result.output
    result = gyokaku("build", "R4", "--root", root)
    assert (result.exit_code, warning in result.output) == (0, True)


def test_differences_that_the_data_accept_are_shown_and_pass(reference_project: Path) -> None:
    published = reference_project / "data/raw/yamaguchi/published/2022"
    replaced(published / "overall.csv", {"81.0%": "81.1%"})
    assert gyokaku("verify", "R4", "--root", reference_project).exit_code == 1
    records = published / "errata.toml"
    before = records.read_text(encoding="utf-8")
    records.write_text(f'accept_differences = "公表後に訂正した"\n{before}', encoding="utf-8")
    result = gyokaku("verify", "R4", "--root", reference_project)
    assert result.exit_code == 0
    for line in (
        "不一致 1",
        "公表値「81.1%」、本書「81.0%」",
        "違いを承知で公開します。理由: 公表後に訂正した",
    ):
        assert line in result.output
    replaced(published / "overall.csv", {"81.1%": "81.0%"})
    result = gyokaku("verify", "R4", "--root", reference_project)
    assert (result.exit_code, "accept_differences を消してください" in result.output) == (0, True)


@pytest.mark.parametrize("reason", ['""', '" "', "1", "[]"])
def test_a_reason_in_the_data_that_says_nothing_is_refused(reference_project: Path, reason: str) -> None:
    records = reference_project / "data/raw/yamaguchi/published/2022/errata.toml"
    before = records.read_text(encoding="utf-8")
    records.write_text(f"accept_differences = {reason}\n{before}", encoding="utf-8")
    result = gyokaku("verify", "R4", "--root", reference_project)
    assert (result.exit_code, "errata.toml!accept_differences: " in result.output) == (1, True)


@pytest.mark.slow
def test_a_build_takes_the_reason_from_the_data_and_prints_it(reference_project: Path) -> None:
    published = reference_project / "data/raw/yamaguchi/published/2022"
    replaced(published / "overall.csv", {"81.0%": "81.1%"})
    records = published / "errata.toml"
    before = records.read_text(encoding="utf-8")
    records.write_text(f'accept_differences = "公表後に訂正した"\n{before}', encoding="utf-8")
    result = gyokaku("build", "R4", "--root", reference_project)
    assert result.exit_code == 0, result.output
    page = (reference_project / "reports/yamaguchi/2022/report.html").read_text(encoding="utf-8")
    assert "理由: 公表後に訂正した" in page
    assert "最新です" in gyokaku("build", "R4", "--root", reference_project).output


def test_a_published_table_that_is_missing_is_said_each_time(reference_project: Path) -> None:
    (reference_project / "data/raw/yamaguchi/published/2022/summary.csv").unlink()
    for _ in range(2):
        result = gyokaku("verify", "R4", "--root", reference_project)
        assert result.exit_code == 0
        assert "  照合なし summary（published/2022/ に summary.csv がありません）\n" in result.output
        assert result.output.count("がありません") == 1


def test_an_erratum_that_meets_nothing_is_named_without_empty_brackets(reference_project: Path) -> None:
    records = reference_project / "data/raw/yamaguchi/published/2022/errata.toml"
    more = '[[erratum]]\ntable = "overall"\ncolumn = "割合"\nprinted = "1"\nours = "2"\nreason = "x"\n'
    records.write_text(f"{records.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    result = gyokaku("verify", "R4", "--root", reference_project)
    assert "  不一致 overall errata.toml 割合: 公表値「1（正誤の記録）」" in result.output
    assert "（）" not in result.output
