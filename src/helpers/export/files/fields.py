"""The columns of the tables' records: Japanese title, meaning, type and unit of each.

The same quantity has the same name in every table, so each name is described once.
"""

from __future__ import annotations

__all__ = [
    "AMOUNT", "CHANGE", "COUNT", "FIELDS", "FLAG", "POLICY", "RATE", "SHARE",
    "SHARE_CHANGE", "STATUS", "TEXT", "WHOLE", "YEAR", "Field", "Kind", "field_of",
]  # fmt: skip

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.errors import ExportError
from helpers.plan.printing import PrintingRules
from helpers.text.amounts import MOST_DECIMALS


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of values.

    Attributes:
        type: their type in a data package: string, integer or number.
        limits: their least and their greatest in a data package.
        is_share: whether they are fractions, shown in percent.
        is_grouped: whether they are shown with commas between thousands.
        is_change: whether they are shown with the plan's marks for increase, decrease and no change.
        is_as_typed: whether they are shown with as many decimals as they have.
    """

    name: str
    type: str = "integer"
    limits: Mapping[str, int] = field(default_factory=dict)
    is_share: bool = False
    is_grouped: bool = False
    is_change: bool = False
    is_as_typed: bool = False

    def shown(self, printing: PrintingRules, decimals: int = 0) -> str:
        """The format of the numbers as Excel writes it: '0.0%', '#,##0', '"+"0.0%;"△"0.0%;"-"'.

        ``decimals``: of a number that is shown as typed.
        """
        if decimals > MOST_DECIMALS:  # as a binary number was computed
            return "General"
        digits = "#,##0" if self.is_grouped else "0"
        if self.is_as_typed:
            digits += f".{'0' * decimals}".rstrip(".")
        if self.is_share:
            digits += f".{'0' * printing.decimals}".rstrip(".") + "%"
        if not self.is_change:
            return digits
        marks = (printing.increase, printing.decrease, printing.no_change)
        more, less, none = (f'"{plain}"' if (plain := mark.replace('"', "")) else "" for mark in marks)
        return f"{more}{digits};{less}{digits};{none}"


TEXT, STATUS, POLICY = (Kind(name, "string") for name in ("text", "status", "policy"))
YEAR = Kind("year", limits={"minimum": 1926, "maximum": 2099})
COUNT = Kind("count", limits={"minimum": 0}, is_grouped=True)
CHANGE = Kind("change", is_grouped=True, is_change=True)  # of a count
SHARE = Kind("share", "number", {"minimum": 0, "maximum": 1}, is_share=True)
SHARE_CHANGE = Kind("share_change", "number", {"minimum": -1, "maximum": 1}, is_share=True, is_change=True)
FLAG = Kind("flag")  # 0 or 1
AMOUNT = Kind("amount", "number", is_grouped=True, is_as_typed=True)  # with the digits that it has
RATE = Kind("rate", "number", is_share=True)  # may be above 1
WHOLE = Kind("whole", is_grouped=True)  # a whole number of an analyst's table, below 0 as well


@dataclass(frozen=True)
class Field:
    """One column: ``name`` in the csv, ``title`` in the workbooks.

    Attributes:
        description: what it means, in Japanese.
        unit: of the numbers.
        words: what the workbooks say in place of each value of the csv.
        pattern: what every text matches.
    """

    name: str
    title: str
    kind: Kind
    description: str
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""

    @property
    def side(self) -> str:
        """Where the cells of the column are set: 'left', 'center' or 'right'."""
        is_text = self.kind.type == "string" or self.words
        return "center" if self.kind is YEAR else "left" if is_text else "right"


_YEAR, _ITEMS, _ONE = "年度（西暦）", "項目", "1（1＝100%）"
_NO_YES = {"0": "いいえ", "1": "はい"}
_TARGETS = "指標"
_PERIODS = {"year": "年度", "so_far": "累計"}
_BETTER = {"more": "増", "less": "減"}
_KNOWN = {"item": "項目別", "totals_only": "合計のみ", "missing": "資料なし", "not_in_plan": "計画にない"}

_FIELDS = (
    Field("fiscal_year", "年度", YEAR, "会計年度。その年の4月から翌年3月まで", _YEAR),
    Field("previous_fiscal_year", "前の年度", YEAR, "比べる前の会計年度", _YEAR),
    Field("first_fiscal_year", "開始年度", YEAR, "計画期間の最初の会計年度", _YEAR),
    Field("last_fiscal_year", "終了年度", YEAR, "計画期間の最後の会計年度", _YEAR),
    Field("plan", "計画", TEXT, "大綱または推進計画の名称"),
    Field("phase", "期", TEXT, "推進計画の期（前期・後期など）。大綱では空"),
    Field("policy", "基本方針", POLICY, "基本方針の番号。空は計画全体"),
    Field("focus", "重点項目", TEXT, "推進項目が属する重点項目"),
    Field("number", "番号", TEXT, "推進項目の番号。数ではなく文字列"),
    Field("item", "推進項目", TEXT, "推進項目の名称"),
    Field("status", "実施状況", STATUS, "その年度末の実施状況"),
    Field(
        "previous_status", "前年度の実施状況", STATUS, "前の年度末の実施状況。空は前の年度に計画にない項目"
    ),
    Field("items", "項目数", COUNT, "推進項目の数。空は資料なし", _ITEMS),
    Field("share", "割合", SHARE, "対象の項目数に占める割合（印字した桁まで）。空は対象なし", _ONE),
    Field("previous_items", "前年項目数", COUNT, "前の年度の項目数。空は資料なし", _ITEMS),
    Field("previous_share", "前年割合", SHARE, "前の年度の割合（印字した桁まで）。空は資料なし", _ONE),
    Field("change_items", "前年比（項目数）", CHANGE, "項目数の前年度からの増減。空は資料なし", _ITEMS),
    Field(
        "change_share",
        "前年比（割合）",
        SHARE_CHANGE,
        "印字した割合どうしの差。空は資料なし",
        "1（0.01＝1ポイント）",
    ),
    Field("added", "追加", COUNT, "前の年度に計画になく、入った項目の数", _ITEMS),
    Field("came_in", "ほかの状況から", COUNT, "ほかの実施状況や基本方針から入った項目の数", _ITEMS),
    Field("went_out", "ほかの状況へ", COUNT, "ほかの実施状況や基本方針へ出た項目の数", _ITEMS),
    Field("ended", "終了", COUNT, "計画から外れた項目の数", _ITEMS),
    Field("targets_set", "設定", COUNT, "目標値のある指標の数", _TARGETS),
    Field("targets_judged", "判定", COUNT, "目標値があり、実績値の分かる指標の数", _TARGETS),
    Field("targets_met", "達成", COUNT, "実績値が目標値以上に良い指標の数", _TARGETS),
    Field("met_share", "達成の割合", SHARE, "判定した指標に占める、達成した指標の割合。空は判定なし", _ONE),
    Field("previous_targets_set", "前年設定", COUNT, "前の年度の設定の数。空は資料なし", _TARGETS),
    Field("previous_targets_judged", "前年判定", COUNT, "前の年度の判定の数。空は資料なし", _TARGETS),
    Field("previous_targets_met", "前年達成", COUNT, "前の年度の達成の数。空は資料なし", _TARGETS),
    Field(
        "previous_met_share", "前年達成の割合", SHARE, "前の年度の達成の割合。空は判定なしか資料なし", _ONE
    ),
    Field(
        "change_targets_met", "前年比（達成）", CHANGE, "達成の数の前年度からの増減。空は資料なし", _TARGETS
    ),
    Field(
        "change_met_share",
        "前年比（達成の割合）",
        SHARE_CHANGE,
        "印字した割合どうしの差。空は資料なし",
        "1（0.01＝1ポイント）",
    ),
    Field("indicator", "指標", TEXT, "指標の名称"),
    Field("unit", "単位", TEXT, "数値の単位"),
    Field("better", "方向", TEXT, "どちらが良いか", words=_BETTER),
    Field("baseline", "基準値", AMOUNT, "計画の初めなどの値。空は記載なし"),
    Field("target", "目標値", AMOUNT, "その年度の目標値。空は記載なし"),
    Field("target_before", "変更前の目標値", AMOUNT, "途中で変更された目標値の、変更前の値。空は変更なし"),
    Field("actual", "実績値", AMOUNT, "その年度の実績値。空は記載なしか未集計"),
    Field("unknown", "値のない理由", TEXT, "目標値または実績値がまだない理由（未集計など）"),
    Field("rate", "達成率", RATE, "達成率（印字した桁まで）。空は達成率のないもの", _ONE),
    Field(
        "is_met", "達成の判定", FLAG, "1は、実績値が目標値以上に良いもの。空は判定できないもの", words=_NO_YES
    ),
    Field("grade", "達成率の評価", TEXT, "達成率による評価の区分。空は評価のないもの"),
    Field("measure", "指標の種類", TEXT, "指標のまとまりの名称"),
    Field("graded", "評価の数", COUNT, "その評価の目標の数。評価の空は、達成率のない目標", _TARGETS),
    Field("previous_graded", "前年評価の数", COUNT, "前の年度の、その評価の目標の数。空は資料なし", _TARGETS),
    Field("effect", "効果", TEXT, "効果額の名称"),
    Field("period", "期間", TEXT, "その年度か、計画の初めからの累計か", words=_PERIODS),
    Field("planned", "見込", AMOUNT, "見込んだ額（単位の列の単位で、端数処理の前）。空は資料なし"),
    Field("achieved", "実績", AMOUNT, "実績の額（単位の列の単位で、端数処理の前）。空は資料なし"),
    Field("difference", "差", AMOUNT, "実績から見込を引いた額。空は、金額のそろわないもの"),
    Field("amounts_missing", "金額のない数", COUNT, "片方の金額だけがあるとき、まだない見込と実績の数", "個"),
    Field("judgement", "評価の種類", TEXT, "実施状況のほかの評価の名称"),
    Field("word", "評価", TEXT, "その評価の区分。「判定なし」は評価のない項目"),
    Field(
        "status_items",
        "実施状況の項目数",
        COUNT,
        "実施状況がその区分の項目の数。空は実施状況にない区分",
        _ITEMS,
    ),
    Field("judged_items", "評価の項目数", COUNT, "評価がその区分の項目の数。空は評価にない区分", _ITEMS),
    Field(
        "differs",
        "実施状況より",
        TEXT,
        "評価が実施状況より低いか高いか",
        words={"lower": "低い", "higher": "高い"},
    ),
    Field("vote", "票の種類", TEXT, "票の種類"),
    Field("votes", "票数", COUNT, "票の数の合計", "票"),
    Field("content", "内容", TEXT, "個票の欄、指標、効果、評価、または状況調査の列の名前"),
    Field("text", "記載", TEXT, "個票の欄の記載、または状況調査の文"),
    Field("cells", "読み取ったセル", TEXT, "読み取ったセル。ほかのファイルのものはその名前を付ける"),
    Field("activities", "主な取組", TEXT, "その年度の主な取組"),
    Field("department", "所管課", TEXT, "推進項目を所管する課"),
    Field("remark", "備考", TEXT, "分割・統合・番号の変更など"),
    Field("known", "資料", TEXT, "その年度の資料の有無", words=_KNOWN),
    Field("years", "年数", COUNT, "今の実施状況にあると分かっている年数", "年"),
    Field(
        "is_at_least",
        "それ以上の見込み",
        FLAG,
        "1は、資料のない年度から続いていて、年数がさらに長い可能性があるもの",
        words=_NO_YES,
    ),
    Field("is_derived", "導出", FLAG, "1は、ほかの資料から導いた年度", words=_NO_YES),
    Field("code", "符号", TEXT, "報告書の表で項目数に付けた符号"),
    Field("numbers", "項目の番号", TEXT, "数えた推進項目の番号（空白区切り）。空は合計のみの資料"),
    Field("file", "ファイル", TEXT, "状況調査のファイル名"),
    Field("sheet", "シート", TEXT, "状況調査のシート名。空はテキスト形式のファイル"),
    Field("cell", "セル", TEXT, "実施状況または項目数を読み取ったセル"),
    Field("sha256", "SHA-256", TEXT, "読み取ったファイルの SHA-256", pattern="[0-9a-f]{64}"),
    Field("table", "表のID", TEXT, "照合した表のID"),
    Field("caption", "表", TEXT, "照合した表の名称"),
    Field("matches", "一致", COUNT, "公表値と一致した欄の数", "欄"),
    Field("errata", "記録済みの相違", COUNT, "公表資料の正誤として記録した欄の数", "欄"),
    Field("differences", "その他の相違", COUNT, "説明のつかない相違の数", "件"),
    Field("compared", "照合した欄", COUNT, "照合した欄の数", "欄"),
    Field("section", "公表資料の節", TEXT, "公表資料でその値がある節"),
    Field("row", "行", TEXT, "相違のある行"),
    Field("column", "列", TEXT, "相違のある列"),
    Field("published", "公表値", TEXT, "公表資料に印字された値"),
    Field("ours", "本書", TEXT, "この報告書の値"),
    Field("corrected_on", "訂正日", TEXT, "公表した報告書を訂正した日"),
    Field("reason", "理由", TEXT, "相違の理由。空は説明のつかない相違"),
)
FIELDS: Mapping[str, Field] = {described.name: described for described in _FIELDS}


def field_of(name: str, table_id: str) -> Field:
    """The description of a column.

    Raises:
        ExportError: no field describes it.
    """
    if name not in FIELDS:
        raise ExportError(
            f"表 {table_id} の列 {name} の説明がありません。helpers.export.files.fields に加えてください"
        )
    return FIELDS[name]
