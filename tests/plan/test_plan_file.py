import re
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from helpers.plan.reserved_words import TAKEN
from small_city import SMALL_PLAN, SMALL_STATUSES, City

# The defect (a replacement in the small city's plan.toml), and what the message has to name:
# the key, the value, the remedy.
BROKEN = {
    "not toml": ("[outline]", "[outline", ("plan.toml!4行目の9文字目: 「[outline」が TOML", "直して")),
    "a full-width number": ("first_year = 2020", "first_year = ２０２０", ("行目の14文字目: 「first_year = ２０２０」", "半角")),
    "a setting twice": ('id = "machi"', 'id = "machi"\nid = "mura"', ("!2行目: 「id = \"mura\"」", "どちらかを消して")),
    "a bracket that is not closed": (re.compile(r"\Z"), "\nx = [1", ("!末尾: 「x = [1」", "閉じていない")),
    "no id": ('id = "machi"\n', "", ("plan.toml!id:", "id = …")),
    "id is not the folder's name": ('id = "machi"', 'id = "mura"', ("!id:", "「mura」", "machi")),
    "id with a slash": ('id = "machi"', 'id = "../machi"', ("!id:", "「../machi」", "英小文字")),
    "no municipality": ('municipality = "架空町"\n', "", ("!municipality:", "municipality = …")),
    "blank municipality": ('"架空町"', '" "', ("!municipality:", "空です")),
    "municipality is a number": ('municipality = "架空町"', "municipality = 3", ("!municipality:", "「3」", "文字列")),
    "unknown key": ('municipality = "架空町"', 'municipality = "架空町"\nmunicipalty = "x"', ("!municipalty:", "近い名前: municipality")),
    "unknown key in outline": ("philosophy", 'motto = "x"\nphilosophy', ("!outline.motto:", "「motto」")),
    "unknown key in implementation": ("overview", 'overviews = "x"\noverview', ("!implementation.overviews:", "overview")),
    "unknown key in a policy": ('numeral = "1"', 'numeral = "1"\nlable = "x"', ("!policies[1].lable:", "近い名前: label")),
    "unknown key in a status": ('name = "完了"', 'name = "完了"\ncount = true', ("!statuses[1].count:", "counted")),
    "a licence in words": ("[outline]", '[licence]\nname = "自由に 使える"\n\n[outline]', ("!licence.name:", "「自由に 使える」", "CC-BY-4.0")),
    "a licence without a name": ("[outline]", '[licence]\ntitle = "x"\n\n[outline]', ("!licence.name:", "name = …")),
    "a licence at no address": ("[outline]", '[licence]\nname = "X"\npath = "javascript:x"\n\n[outline]', ("!licence.path:", "「javascript:x」", "https://")),
    "outline is no table": ("[outline]", 'outline = "x"\n[outline2]', ("!outline:", "[outline]")),
    "policies of the outline are no texts": ('policies = ["つながり", "くらし"]', "policies = [1]", ("!outline.policies:", "[1]", '["…", "…"]')),
    "year is no year": ("first_year = 2020\nlast_year = 2024\n\n[impl", 'first_year = "R0"\nlast_year = 2024\n\n[impl',
                        ("!outline.first_year:", "「R0」", "2018")),
    "no last year": ("last_year = 2024\n\n[impl", "\n[impl", ("!outline.last_year:", "last_year = …", "例: 2018")),
    "ends before it begins": ("last_year = 2024\n\n[impl", "last_year = 2019\n\n[impl", ("!outline.last_year:", "「2019」", "令和2年度")),
    "no implementation plan": ('[[implementation.plans]]\nphase = ""\nfirst_year = 2020\nlast_year = 2024', "",
                               ("!implementation.plans:", "[[implementation.plans]]")),
    "implementation plans overlap": ('phase = ""', 'phase = "前期"\nfirst_year = 2020\nlast_year = 2020\n\n'
                                     '[[implementation.plans]]\nphase = "後期"',
                                     ("!implementation.plans[2].first_year:", "令和2年度", "重なって")),
    "no statuses": (re.compile(r"\[\[statuses\]\].*", re.S), "", ("!statuses:", "[[statuses]]")),
    "a label of the whole plan": ('name = "くらし"', 'name = "くらし"\nlabel = "計画全体"', ("!policies[2].label: 「計画全体」",)),
    "a heading of the whole plan": ('name = "くらし"', 'name = "くらし"\nheading = "計画全体"', ("!policies[2].heading: 「計画全体」",)),
    "a status named like the total": ('name = "進行中"', 'name = "合計"', ("!statuses[2].name:", "「合計」")),
    "a line break in a status": ('name = "進行中"', 'name = "進\\n行中"', ("!statuses[2].name:", "「進 行中」", "一行で")),
    "a line break in an alias": ('name = "進行中"', 'name = "進行中"\naliases = ["進\\n行"]', ("!statuses[2].aliases:", "「進 行」", "一行で")),
    "a tab in a policy": ('name = "くらし"', 'name = "くら\\tし"', ("!policies[2].name:", "「くら し」", "一行で")),
    "a misspelt placeholder": (re.compile('overview = .*'), 'overview = "{itmes}項目"', ("!implementation.overview:", "「{itmes}」", "{items}")),
    "unknown group": ('group = "done"', 'group = "finished"', ("!statuses[1].group:", "「finished」", "done／under_way")),
    "counted is no boolean": ('name = "完了"', 'name = "完了"\ncounted = "no"', ("!statuses[1].counted:", "「no」", "true")),
    "no status that is done": ('group = "done"', 'group = "under_way"', ("!statuses:", "done", "group")),
    "the done status is not counted": ('group = "done"', 'group = "done"\ncounted = false', ("!statuses:", "counted")),
}  # fmt: skip
MORE = {
    "decimals": ('\n[printing]\ndecimals = 3', ("!printing.decimals:", "「3」", "0、1、2")),
    "decimals as text": ('\n[printing]\ndecimals = "1"', ("!printing.decimals:", "「1」", "整数")),
    "decimals as boolean": ('\n[printing]\ndecimals = true', ("!printing.decimals:", "整数")),
    "rounding": ('\n[printing]\nrounding = "up"', ("!printing.rounding:", "「up」", "half_up／half_even／down")),
    "change": ('\n[printing]\nchange = "both"', ("!printing.change:", "「both」", "items_and_points")),
    "bare_whole": ('\n[printing]\nbare_whole = 1', ("!printing.bare_whole:", "「1」", "true か false")),
    "unknown": ('\n[printing]\nmark = "x"', ("!printing.mark:", "「mark」")),
    "a column name of two columns": ('\n[columns]\n"備考" = ["判定"]\n"実施状況" = ["判　定"]',
                                     ("!columns.備考:", "「判定」", "列「実施状況」")),
    "a column name of another column": ('\n[columns]\n"備考" = ["実施状況"]', ("!columns.備考:", "「実施状況」", "列「実施状況」")),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_plan_file_names_file_key_value_and_remedy(
    refused_for: Callable[..., None], old: str | re.Pattern[str], new: str, words: tuple[str, ...]
) -> None:
    text = SMALL_PLAN + SMALL_STATUSES
    broken = old.sub(new, text) if isinstance(old, re.Pattern) else text.replace(old, new, 1)
    assert broken != text
    refused_for(("plan.toml", *words), plan=broken, statuses="")


@pytest.mark.parametrize(("line", "words"), MORE.values(), ids=MORE)
def test_a_broken_rule_of_printing_or_name_of_a_column_names_key_value_and_remedy(
    refused_for: Callable[..., None], line: str, words: tuple[str, ...]
) -> None:
    refused_for(("plan.toml", *words), more=line)


@pytest.mark.parametrize("word", [*TAKEN, "(終了)"])
def test_what_tables_print_in_another_sense_is_no_status(refused_for: Callable[..., None], word: str) -> None:
    words = ("plan.toml!statuses[2].name:", f"「{word}」", "aliases")
    refused_for(words, statuses=SMALL_STATUSES.replace("進行中", word))


def test_a_folder_without_plan_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match=r"plan\.toml") as caught:
        load_plan(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_plan_file_in_cp932_is_refused_with_the_place(city: City) -> None:
    file = city({}) / "data" / "raw" / "machi" / "plan.toml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp932"))
    with pytest.raises(PlanFileError, match=r"plan\.toml!2行目: 文字を読めません.*UTF-8 で保存"):
        load_plan(file.parent)


def test_a_plan_file_of_windows_notepad_is_read(city: City) -> None:
    file = city({}) / "data" / "raw" / "machi" / "plan.toml"
    file.write_bytes(file.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_plan(file.parent).municipality == "架空町"


def test_the_reference_plan_says_what_the_document_says(plan: Plan) -> None:
    assert plan.outline.name == "第二次山口市行政改革大綱"
    assert str(plan.outline.period) == "平成30年度～令和9年度（10年間）"
    assert [str(phase.period) for phase in plan.implementation_plans] == [
        "平成30年度～令和4年度（5年間）",
        "令和5年度～令和9年度（5年間）",
    ]
    assert plan.status_names == ("実施", "一部実施", "検討中", "未実施")
    assert [(policy.numeral, policy.name) for policy in plan.policies] == [
        ("Ⅰ", "協働・官民連携の推進"),
        ("Ⅱ", "市民サービス向上に向けた組織運営"),
        ("Ⅲ", "行政資源の有効活用"),
    ]
    counts = {year: len(plan.items_in(FiscalYear(year))) for year in (2017, 2018, 2020, 2021, 2022, 2023)}
    assert counts == {2017: 0, 2018: 40, 2020: 40, 2021: 42, 2022: 42, 2023: 0}
