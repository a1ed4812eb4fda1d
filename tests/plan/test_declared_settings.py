"""``[[fields]]``, ``[[measures]]``, ``[[effects]]``, ``[[judgements]]``: what is read, and what is refused where it is written."""

from collections.abc import Callable

import pytest

from helpers.plan import Plan
from helpers.plan.declared.kinds import LESS, PROGRESS
from helpers.plan.reading.plan_file import load_plan
from small_city import City

MEASURE = '[[measures]]\nbetter = "増"\ncolumns = { target = "目標値", actual = "実績値" }\n'
EFFECT = '[[effects]]\nname = "効果"\nunit = "千円"\ncolumns = { planned = "見込", actual = "決算" }\n'
JUDGEMENT = '[[judgements]]\nname = "外部"\ncolumn = "委員会"\nstatuses = ["良", "可"]\n'


@pytest.fixture
def declared(city: City) -> Callable[[str], Plan]:
    """The small city's plan with more in its plan.toml."""
    return lambda more: load_plan(city({}, more=f"\n{more}") / "data" / "raw" / "machi")


def test_a_plan_that_declares_nothing_has_nothing(declared: Callable[[str], Plan]) -> None:
    plan = declared("")
    assert not plan.declared and plan.declared.columns == ()
    assert plan.files == ("plan.toml", "items.csv")


def test_every_declaration_is_read(declared: Callable[[str], Plan]) -> None:
    plan = declared(
        MEASURE.replace(
            'better = "増"',
            'better = "減"\nrate = "progress"\ngrades = [{ name = "良", from = 80.5 }, { name = "可" }]',
        )
        + EFFECT
        + JUDGEMENT
        + '[[fields]]\nname = "理由"\nrequired = true\nlongest = 40\n'
    )
    (measure,), (effect,), (judgement,), (text,) = (
        plan.declared.measures, plan.declared.effects, plan.declared.judgements, plan.declared.texts
    )  # fmt: skip
    assert (measure.name, measure.better, measure.rate, measure.unit) == ("目標", LESS, PROGRESS, "")
    assert [(grade.name, str(grade.least_pct)) for grade in measure.grades] == [
        ("良", "80.5"),
        ("可", "None"),
    ]
    assert (effect.unit, effect.printed_unit, effect.decimals) == ("千円", "千円", None)
    assert (judgement.words, dict(judgement.same_as)) == (("良", "可"), {})
    assert (text.name, text.is_required, text.longest) == ("理由", True, 40)
    assert [column.heading for column in plan.declared.columns] == [
        "理由",
        "目標値",
        "実績値",
        "見込",
        "決算",
        "委員会",
    ]


def test_words_that_are_statuses_mean_themselves(declared: Callable[[str], Plan]) -> None:
    plan = declared(JUDGEMENT.replace('["良", "可"]', '["完了", "未着手"]'))
    assert dict(plan.declared.judgements[0].same_as) == {"完了": "完了", "未着手": "未着手"}


def test_a_declared_heading_goes_before_a_built_in_name_of_another_column(
    declared: Callable[[str], Plan],
) -> None:
    plan = declared('[[fields]]\nname = "評価"\n')
    assert "評価" not in plan.column_aliases["実施状況"]
    assert plan.column_aliases["評価"] == ("評価",)


REFUSED = {
    "no direction": (MEASURE.replace('better = "増"\n', ""), ("plan.toml!measures[1].better:", "増か減か", "columns.better")),
    "another direction": (MEASURE.replace("増", "横"), ("plan.toml!measures[1].better:", "「横」", "増／減")),
    "a role that there is not": (MEASURE.replace("actual =", "actuel ="), ("plan.toml!measures[1].columns", "actual")),
    "an unknown rate": (MEASURE + 'rate = "share"\n', ("plan.toml!measures[1].rate:", "ratio／progress")),
    "grades that rise": (MEASURE + 'grades = [{ name = "a", from = 60 }, { name = "b", from = 80 }]\n',
        ("plan.toml!measures[1].grades[2].from:", "「80」", "高い順")),
    "a grade in the middle without a limit": (MEASURE + 'grades = [{ name = "a" }, { name = "b" }]\n',
        ("plan.toml!measures[1].grades[1].from:", "最後の区分だけ")),
    "a grade twice": (MEASURE + 'grades = [{ name = "a", from = 60 }, { name = "Ａ" }]\n',
        ("plan.toml!measures[1].grades[2].name:", "見分けられません")),
    "a limit that is no number": (MEASURE + 'grades = [{ name = "a", from = nan }]\n', ("plan.toml!measures[1].grades[1].from:",)),
    "a grade for a status that there is not": (MEASURE + 'status = "set"\ngrades = [{ name = "良" }]\n',
        ("plan.toml!measures[1].grades[1].status:", "「良」", "完了／進行中／未着手")),
    "statuses by grades without grades": (MEASURE + 'status = "check"\n', ("plan.toml!measures[1].grades:",)),
    "two measures without a name": (MEASURE + MEASURE.replace("目標値", "目標2").replace("実績値", "実績2"),
        ("plan.toml!measures[2].name:", "「目標」")),
    "an unknown unit of money": (EFFECT.replace("千円", "ドル"), ("plan.toml!effects[1].unit:", "百万円")),
    "another printed unit without decimals": (EFFECT + 'printed_unit = "百万円"\n', ("plan.toml!effects[1].decimals:", "decimals = 1")),
    "a judgement without words": (JUDGEMENT.replace('statuses = ["良", "可"]\n', ""), ("plan.toml!judgements[1].statuses:",)),
    "a word twice": (JUDGEMENT.replace("可", "良"), ("plan.toml!judgements[1].statuses[2]:", "同じです")),
    "a word of the tables": (JUDGEMENT.replace("可", "合計"), ("plan.toml!judgements[1].statuses:", "「合計」")),
    "a map from a word that there is not": (JUDGEMENT + 'map = { "優" = "完了" }\n', ("plan.toml!judgements[1].map.優:", "良／可")),
    "a map to a status that there is not": (JUDGEMENT + 'map = { "良" = "済" }\n', ("plan.toml!judgements[1].map.良:", "完了／進行中")),
    "a heading of the tables as a word": (JUDGEMENT.replace("可", "実施状況"), ("plan.toml!judgements[1].statuses:", "「実施状況」")),
    "a word in two spellings": (JUDGEMENT + JUDGEMENT.replace("外部", "議会").replace("委員会", "議会の評価").replace("可", "可 "),
        ("plan.toml!judgements[2].statuses:", "judgements[1].statuses の「可」と見分けられません")),
    "one heading for two columns": (EFFECT + '[[fields]]\nname = "決 算"\n', ("plan.toml!effects[1].columns.actual:", "fields[1].name")),
    "a heading of another column": ('[[fields]]\nname = "備考"\n', ("plan.toml!fields[1].name:", "「備考」")),
    "a heading that no sheet has room for": (f'[[fields]]\nname = "{"長" * 61}"\n', ("plan.toml!fields[1].name:", "60字まで")),
    "no room for a text": ('[[fields]]\nname = "理由"\nlongest = 0\n', ("plan.toml!fields[1].longest:", "「0」")),
    "cards that are no switch": ('[cards]\nshow = "yes"\n', ("plan.toml!cards.show:", "true か false")),
    "a setting that there is not": (EFFECT + 'untis = "千円"\n', ("plan.toml!effects[1].untis:", "近い名前: unit")),
    "no file of measures": ("[[measures]]\n", ("measures.csv:", "measures.csv がありません", "columns を書いて")),
}  # fmt: skip


@pytest.mark.parametrize(("more", "words"), REFUSED.values(), ids=REFUSED)
def test_a_declaration_that_cannot_be_meant_is_refused(
    refused_for: Callable[..., None], more: str, words: tuple[str, ...]
) -> None:
    refused_for(words, more=f"\n{more}")
