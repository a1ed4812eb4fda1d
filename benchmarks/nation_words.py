"""The words of synthetic municipalities: enough of them that no two municipalities say the same."""

from __future__ import annotations

from itertools import product
from random import Random

LABEL = "架空"  # stands in every name that a report shows
PURPOSE = "性能測定用の架空の計画"

POLICIES = (
    ("協働の推進", "開かれた市政の推進", "地域との連携の強化"),
    ("組織と人材の強化", "デジタル化の推進", "行政サービスの向上"),
    ("財政運営の健全化", "公共施設の適正な管理", "歳入の確保と歳出の見直し"),
)
_SUBJECTS = (
    "窓口", "広報紙", "公共施設", "補助金", "使用料", "公用車", "図書館", "公民館", "上下水道", "職員研修",
    "電子申請", "統計情報", "防災訓練", "市有地", "学校給食", "健康診査", "税の収納", "入札契約", "公園", "道路台帳",
    "人事評価", "審議会", "証明書交付", "相談業務", "会議資料", "庁内照会", "文書管理", "指定管理", "債権管理", "市民活動",
)  # fmt: skip
_MEASURES = (
    "の見直し", "の電子化", "の集約", "の共同化", "の予約制の導入", "の利用の促進", "の評価の導入", "の委託の推進",
    "の負担の適正化", "の手順の標準化", "の公開の拡大", "の時間の短縮", "の長寿命化", "の広域連携",
)  # fmt: skip
_PLACE_BEGINNINGS = (
    "青", "朝", "泉", "梅", "大", "岡", "柏", "霧", "桜", "白", "杉", "高", "月", "長", "西", "花", "東", "藤", "松", "南",
)  # fmt: skip
_PLACE_ENDINGS = (
    "浜", "原", "川", "沢", "谷", "野", "里", "台", "塚", "丘", "坂", "島", "瀬", "田", "津", "橋", "宮", "森", "山", "和",
)  # fmt: skip
_SECTIONS = ("改革", "財政", "総務", "広報", "市民", "税務", "施設", "人事", "情報", "福祉", "学校教育", "都市整備")  # fmt: skip
_DEEDS = (
    "{place}地区で{subject}の試行を始め、{count:,}件を扱った。",
    "{subject}の手引を改め、{place}地区の{count:,}人に配った。",
    "{place}支所で{subject}の説明会を{few}回開き、{count:,}人が参加した。",
    "{subject}の調査を行い、{place}地区から{count:,}件の回答を得た。",
    "{subject}に掛かる時間を{place}支所で測り、年間{count:,}時間の減を見込んだ。",
    "{place}地区の{subject}を委託し、{count:,}千円の費用を抑えた。",
)
_REMARKS = ("{place}地区は翌年度に行う。", "{few}月に要綱を改めた。", "{place}支所と協議中である。")


def item_names(random: Random, wanted: int) -> list[str]:
    """Different names of items."""
    pairs = list(product(_SUBJECTS, _MEASURES))
    chosen = random.sample(range(len(pairs) * -(-wanted // len(pairs))), wanted)
    parts = [("".join(pairs[number % len(pairs)]), number // len(pairs)) for number in chosen]
    return [
        f"{LABEL}の{place_name(random)}{text}{f'（その{again + 1}）' if again else ''}"
        for text, again in parts
    ]


def policy_names(random: Random) -> list[str]:
    """A name for each policy."""
    return [f"{LABEL}の{random.choice(names)}" for names in POLICIES]


def department_name(random: Random) -> str:
    """'架空財政課'."""
    return f"{LABEL}{random.choice(_SECTIONS)}課"


def activities(random: Random) -> str:
    """One to three sentences on what was done in a year, begun with the label."""
    deeds = random.sample(_DEEDS, random.choice((1, 1, 2, 2, 3)))
    return f"（{LABEL}）" + "".join(_filled(random, deed) for deed in deeds)


def remark(random: Random) -> str:
    """A remark, begun with the label."""
    return f"（{LABEL}）{_filled(random, random.choice(_REMARKS))}"


def place_name(random: Random) -> str:
    """'青浜'."""
    return random.choice(_PLACE_BEGINNINGS) + random.choice(_PLACE_ENDINGS)


def _filled(random: Random, text: str) -> str:
    return text.format(
        place=place_name(random),
        subject=random.choice(_SUBJECTS),
        count=random.randrange(20, 9_000),
        few=random.randrange(2, 13),
    )
