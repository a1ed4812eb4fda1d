"""Names and marks that cannot be told apart, years that fit nothing: refused where they are written."""

import pytest

from helpers.plan.reading.plan_file import load_plan
from small_city import ITEMS_HEADER, SMALL_PLAN, SMALL_STATUSES, City, Refusal, two_plans

DISTINCT = "どちらかを消すか、読む人が区別できる名前にしてください"


def statuses(first: str, second: str) -> str:
    return SMALL_STATUSES.replace("完了", first).replace("進行中", second)


def aliases(first: str, second: str) -> str:
    return SMALL_STATUSES.replace('"完了"', f'"完了"\naliases = {first}').replace(
        '"進行中"', f'"進行中"\naliases = {second}'
    )


def policy(lines: str) -> str:
    old = 'numeral = "2"\nname = "くらし"'
    assert old in SMALL_PLAN
    return SMALL_PLAN.replace(old, lines)


# The name of a second status, and that of the first.
ALIKE_STATUSES = [
    ("完了", "完了", "同じです"), ("完了", "完　了", "見分けられません"), ("○", "〇", "見分けられません"),
    ("○", "◯", "見分けられません"), ("A", "a", "見分けられません"), ("A", "Ａ", "見分けられません"),
    ("A", "А", "見分けられません"), ("O", "0", "見分けられません"), ("1", "l", "見分けられません"),
    ("〜済", "～済", "見分けられません"), ("サービス", "サ‐ビス", "見分けられません"), ("一部", "ー部", "見分けられません"),
    ("実行", "実⾏", "見分けられません"), ("市民", "市⺠", "見分けられません"), ("着手", "着\u200b手", "見分けられません"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "how"), ALIKE_STATUSES)
def test_two_statuses_that_look_alike_are_refused_at_the_second(
    refusal: Refusal, first: str, second: str, how: str
) -> None:
    assert refusal(statuses=statuses(first, second)) == (
        f"plan.toml!statuses[2].name: 「{second}」が statuses[1].name の「{first}」と{how}。{DISTINCT}"
    )


@pytest.mark.parametrize(
    ("first", "second"), [("○", "◎"), ("○", "●"), ("I", "L"), ("実施", "実施済"), ("△", "▲"), ("-", "=")]
)
def test_statuses_that_differ_to_the_eye_are_read(city: City, first: str, second: str) -> None:
    folder = city({}, statuses=statuses(first, second)) / "data/raw/machi"
    assert load_plan(folder).status_names == (first, second, "未着手")


def test_a_status_may_have_two_aliases_that_look_alike(city: City) -> None:
    folder = city({}, statuses=aliases('["〇", "○", "完 了"]', "[]")) / "data/raw/machi"
    assert load_plan(folder).statuses[0].aliases == ("〇", "○", "完 了")


APART = "増、減、増減なしを区別できる記号にしてください"
USE = {"increase": "+", "decrease": "△", "no_change": "-", "no_share": "-"}
# The lines under [printing], the key in the message, and the problem.
MARKS = [
    ('decrease = "1"', "decrease", "「1」は、表の数字と区別できません"),
    ('decrease = "減２"', "decrease", "「減２」は、表の数字と区別できません"),
    ('decrease = "."', "decrease", "「.」は、表の数字と区別できません"),
    ('increase = "①"', "increase", "「①」は、表の数字と区別できません"),
    ('increase = "二"', "increase", "「二」は、表の数字と区別できません"),
    ('no_change = "±1"', "no_change", "「±1」は、表の数字と区別できません"),
    ('no_share = "0"', "no_share", "「0」は、表の数字と区別できません"),
    ('no_change = "資料なし"', "no_change", "「資料なし」は、表がほかの意味で使う語「資料なし」と見分けられません"),
    ('no_change = "進行 中"', "no_change", "「進行 中」は、表がほかの意味で使う語「進行中」と見分けられません"),
    ('no_share = "合計"', "no_share", "「合計」は、表がほかの意味で使う語「合計」と見分けられません"),
    ('decrease = ""', "decrease", "空です"),
    ('decrease = "Ⅳ"', "decrease", "「Ⅳ」は、表の数字と区別できません"),
    ('decrease = "("', "decrease", "「(」は、表の数字と区別できません"),
    ('decrease = "\\u200b"', "decrease", "空です"),
    ('no_change = " "', "no_change", "空です"),
]  # fmt: skip
ALIKE_MARKS = [
    ('increase = "△"', "increase", "「△」が decrease の「△」", "↑"),
    ('decrease = "＋"', "decrease", "「＋」が increase の「+」", "▲"),
    ('decrease = "－"', "decrease", "「－」が no_change の「-」", "▲"),
    ('no_change = "▵"', "no_change", "「▵」が decrease の「△」", "±0"),
    ('increase = "▲"\ndecrease = "▲"', "decrease", "「▲」が increase の「▲」", "▲"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "key", "problem"), MARKS)
def test_a_mark_that_reads_as_something_else_is_refused(
    refusal: Refusal, line: str, key: str, problem: str
) -> None:
    assert refusal(more=f"\n[printing]\n{line}\n") == (
        f"plan.toml!printing.{key}: {problem}。"
        f'「{USE[key]}」などの記号か言葉を書いてください（例: {key} = "{USE[key]}"）'
    )


@pytest.mark.parametrize(("line", "key", "problem", "example"), ALIKE_MARKS)
def test_marks_that_look_alike_are_refused_at_one_that_is_written(
    refusal: Refusal, line: str, key: str, problem: str, example: str
) -> None:
    assert refusal(more=f"\n[printing]\n{line}\n") == (
        f'plan.toml!printing.{key}: {problem}と見分けられません。{APART}（例: {key} = "{example}"）'
    )


@pytest.mark.parametrize(
    "lines",
    ['decrease = "-"\nno_change = "0"', 'no_change = "±0"', 'no_change = "増減なし"', 'increase = ""', 'decrease = "▲"',
     'no_share = "…"', 'increase = "↑"\ndecrease = "↓"'],
)  # fmt: skip
def test_marks_that_cities_use_are_read(city: City, lines: str) -> None:
    city({}, more=f"\n[printing]\n{lines}\n")


PLANNED = "どの推進計画の期間にもありません（令和2年度～令和6年度（5年間））"
MEND = "plan.toml の implementation.plans と合わせてください"
FIRST = "計画の最初の年度で、変わる前の年度がありません"


def item_change(year: object) -> dict[str, str]:
    return {"more": f'\n[[item_changes]]\nyear = {year}\nkind = "renumbered"\nfrom = ["1"]\nto = ["9"]\n'}


def status_change(year: object) -> dict[str, str]:
    return {"more": f'\n[[status_changes]]\nyear = {year}\nreason = "基準"\n'}


def status_years(line: str) -> dict[str, str]:
    return {"statuses": SMALL_STATUSES.replace('"完了"', f'"完了"\n{line}')}


REFUSED = {
    "an alias that is a status": ({"statuses": aliases('["未着手"]', "[]")}, f"plan.toml!statuses[3].name: 「未着手」が statuses[1].aliases の「未着手」と同じです。{DISTINCT}"),
    "two aliases that sheets are read alike by": ({"statuses": aliases('["まる", "〇"]', '["○"]')},
        f"plan.toml!statuses[2].aliases: 「○」が statuses[1].aliases の「〇」と見分けられません。{DISTINCT}"),
    "a policy named twice": ({"plan": policy('numeral = "2"\nname = "つながり"')},
        f"plan.toml!policies[2].name: 「つながり」が policies[1].name の「つながり」と同じです。{DISTINCT}"),
    "a policy named twice but for a blank": ({"plan": policy('numeral = "2"\nname = "つな　がり"')},
        f"plan.toml!policies[2].name: 「つな　がり」が policies[1].name の「つながり」と見分けられません。{DISTINCT}"),
    "a numeral twice": ({"plan": policy('numeral = "１"\nname = "くらし"')}, f"plan.toml!policies[2].numeral: 「１」が policies[1].numeral の「1」と見分けられません。{DISTINCT}"),
    "a numeral that is another's name": ({"plan": policy('numeral = "つながり"\nname = "くらし"')},
        f"plan.toml!policies[2].numeral: 「つながり」が policies[1].name の「つながり」と同じです。{DISTINCT}"),
    "a label twice": ({"plan": policy('numeral = "2"\nname = "くらし"\nlabel = "1つながり"')},
        f"plan.toml!policies[2].label: 「1つながり」が policies[1].label の「1 つながり」と見分けられません。{DISTINCT}"),
    "a policy of the outline twice": ({"plan": SMALL_PLAN.replace('["つながり", "くらし"]', '["くらし", "くらし "]')},
        f"plan.toml!outline.policies[2]: 「くらし 」が outline.policies[1] の「くらし」と見分けられません。{DISTINCT}"),
    "a phase twice": ({"plan": two_plans(2021).replace("後期", "前 期")},
        "plan.toml!implementation.plans[2].phase: 「架空町実施計画【前 期】」が implementation.plans[1].phase の"
        f"「架空町実施計画【前期】」と見分けられません。{DISTINCT}"),
    "an item before the plan": ({"items": f"{ITEMS_HEADER}1,1,窓口,2019,\n"}, f"items.csv!2行目 開始年度: 「2019」は{PLANNED}。{MEND}（近い年度: 2020）"),
    "an item beyond the plan": ({"items": f"{ITEMS_HEADER}1,1,窓口,2020,R12\n"}, f"items.csv!2行目 終了年度: 「R12」は{PLANNED}。{MEND}（近い年度: 2024）"),
    "an item that ends before it begins": ({"items": f"{ITEMS_HEADER}1,1,窓口,2022,2021\n"}, "items.csv!2行目 終了年度: 「2021」は開始の令和4年度より前です。年度を直してください"),
    "a change of items beyond the plan": (item_change(2031), f"plan.toml!item_changes[1].year: 「2031」は{PLANNED}。{MEND}（近い年度: 2024）"),
    "a change of items in the first year": (item_change(2020), f"plan.toml!item_changes[1].year: 「2020」は{FIRST}。{MEND}（近い年度: 2021）"),
    "a change of statuses before the plan": (status_change('"H30"'), f"plan.toml!status_changes[1].year: 「H30」は{PLANNED}。{MEND}（近い年度: 2020）"),
    "a change of statuses in the first year": (status_change(2020), f"plan.toml!status_changes[1].year: 「2020」は{FIRST}。{MEND}（近い年度: 2021）"),
    "a status that begins beyond the plan": (status_years("first_year = 2025"), f"plan.toml!statuses[1].first_year: 「2025」は{PLANNED}。{MEND}（近い年度: 2024）"),
    "a status that ends before the plan": (status_years("last_year = 2019"), f"plan.toml!statuses[1].last_year: 「2019」は{PLANNED}。{MEND}（近い年度: 2020）"),
    "a plan that its outline does not know": (
        {"plan": SMALL_PLAN.replace("2020\nlast_year = 2024\n\n[impl", "2010\nlast_year = 2019\n\n[impl")},
        "plan.toml!implementation.plans[1].first_year: 「2020」は大綱の期間（平成22年度～令和元年度（10年間））にありません。"
        "この年度か、outline の first_year と last_year を直してください"),
    "numbers that differ by their dash": ({"items": f"{ITEMS_HEADER}1-1,1,窓口,2020,\n1‐1,1,会議,2020,\n"},
        "items.csv!3行目 番号: 「1‐1」が「窓口」と「会議」の二つにあります。番号か年度を直してください"),
    "one 重点項目 in two spellings": ({"items": f"{ITEMS_HEADER.rstrip()},重点項目\n1,1,窓口,2020,,つながる\n2,1,会議,2020,,つながる\n3,1,歩道,2020,,つな がる\n"},
        "items.csv!4行目 重点項目: 「つな がる」が前の行の「つながる」と見分けられません。同じ重点項目なら、同じ文字で書いてください"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_told_apart_or_fits_no_year_is_refused_where_it_is_written(
    refusal: Refusal, parts: dict[str, str], message: str
) -> None:
    assert refusal(**parts) == message


NAMES = (
    "{year}（令和4年度）、{era}（令和4）、{short}（R4）、{western}（2022）、"
    "{march_era}（令和5）、{march_short}（R5）、{march_western}（2023）"
)
LABELS = {
    '"{yaer}末"': f"「{{yaer}}」という名前はありません。近い名前: {{year}}。使える名前: {NAMES}",
    '"{year!r}"': f"「{{year!r}}」という名前はありません。近い名前: {{year}}。使える名前: {NAMES}",
    '"{year末"': f"「{{year末」の {{ と }} が対になっていません。使える名前: {NAMES}",
    '"年度末"': f"「年度末」では、どの年度か分かりません。次のどれかを入れてください: {NAMES}",
    '"{march_era}年度末"': "「{march_era}年度末」は令和2年度を「令和3年度末」とし、令和3年度と読めます。"
    '年度を表す名前を使ってください（例: year = "{year}末"）',
}


@pytest.mark.parametrize("label", LABELS)
def test_a_label_that_is_misspelt_or_tells_no_year_or_another_is_refused(
    refusal: Refusal, label: str
) -> None:
    assert refusal(more=f"\n[wording]\nyear = {label}\n") == f"plan.toml!wording.year: {LABELS[label]}"


WORDS = {
    'item = "3件"': 'item: 「3件」は使えません。数字や記号のない20字までの言葉を書いてください（例: item = "項目"）',
    'item = "年"': 'item: 「年」は、報告書の表がほかの意味で使う語です。別の言葉にしてください（例: item = "項目"）',
    'item_title = "番号"': "item_title: 「番号」は、報告書の表がほかの意味で使う語です。"
    '別の言葉にしてください（例: item_title = "推進項目"）',
    'last_year = "昨年 度"': 'last_year: 「昨年 度」は使えません。数字や記号のない20字までの言葉を書いてください（例: last_year = "前年度"）',
    'itme = "事業"': "itme: 「itme」という設定はありません。近い名前: item",
}  # fmt: skip


@pytest.mark.parametrize("line", WORDS)
def test_a_word_that_tables_use_or_that_is_no_word_is_refused(refusal: Refusal, line: str) -> None:
    assert refusal(more=f"\n[wording]\n{line}\n") == f"plan.toml!wording.{WORDS[line]}"


def bracket(name: str, statuses: str) -> str:
    return f'\n[[brackets]]\nname = "{name}"\nstatuses = {statuses}\n'


PRINTED_OTHERWISE = {
    "an unknown status in a bracket": (bracket("進展", '["完了", "進行"]'), "brackets[1].statuses: 「進行」は区分にありません。近い名前: 進行中"),
    "a bracket over one status": (bracket("進展", '["完了"]'), "brackets[1].statuses: 「完了」は、statuses の順に並んだ二つ以上の区分ではありません。この順で続く区分を書いてください: 完了、進行中、未着手"),
    "a bracket over statuses that are no neighbours": (bracket("進展", '["完了", "未着手"]'),
        "brackets[1].statuses: 「完了、未着手」は、statuses の順に並んだ二つ以上の区分ではありません。"
        "この順で続く区分を書いてください: 完了、進行中、未着手"),
    "a status in two brackets": (bracket("進展", '["完了", "進行中"]') + bracket("残り", '["進行中", "未着手"]'), "brackets[2].statuses: 「進行中」はほかの括りにもあります。一つの括りに入れてください"),
    "a bracket called as a total": (bracket("合計", '["完了", "進行中"]'), "brackets[1].name: 「合計」は、報告書の表がほかの意味で使う語です。別の名前にしてください"),
    "a bracket called as a status": (bracket("進行中", '["完了", "進行中"]'), f"brackets[1].name: 「進行中」が statuses[2].name の「進行中」と同じです。{DISTINCT}"),
    "points where no shares are printed": ('\n[printing]\nshares = false\nchange = "points"\n',
        "printing.change: 「points」は、割合を印刷しない設定（shares = false）と合いません。"
        'change = "items" にするか、この行を消してください'),
    "a word for a group without statuses": ('\n[groups]\nunder_way = "着手"\n',
        'groups.under_way: group = "under_way" で割合の分母に入る区分がありません。この行を消すか、区分の group を直してください'),
    "a word for a group with a figure": ('\n[groups]\ndone = "達成２"\n', 'groups.done: 「達成２」は、項目の数と見分けられません。数字のない言葉を書いてください（例: done = "計画どおり実施"）'),
    "a change of printing without a rule": ("\n[[printing_changes]]\nyear = 2022\n",
        "printing_changes[1]: 変わる設定がありません。[printing] と同じ設定を書いてください（例: decimals = 0）"),
    "changes of printing that are not oldest first": (
        "".join(f"\n[[printing_changes]]\nyear = {year}\ndecimals = 0\n" for year in (2022, 2021)),
        "printing_changes[2].year: 「2021」が、前の変更の令和4年度より後ではありません。古い順に書いてください"),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED_OTHERWISE)
def test_what_cannot_be_printed_so_is_refused(refusal: Refusal, name: str) -> None:
    more, message = PRINTED_OTHERWISE[name]
    without_group = (
        SMALL_STATUSES.replace('group = "under_way"', "") if "under_way" in more else SMALL_STATUSES
    )
    assert refusal(more=more, statuses=without_group) == f"plan.toml!{message}"
