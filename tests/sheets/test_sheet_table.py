"""Every quirk that must read and every defect that must be found, each with the real file that shows it."""

import functools

import pytest
from make_fixtures import FIXTURES

from helpers.fiscal_year import FiscalYear
from helpers.sheets import inspect_sheet
from spreadsheets import members

YEAR = FiscalYear(2022)
STATUSES = {
    "minato": ["実施", "一部実施", "実施", "検討中", "実施", "未実施"],
    "kigou": ["◎", "○", "△", "×", "-"],
}

# Sheets of departments that are read: (file, its oddity). All give the figures above.
QUIRKS = [
    ("plain.xlsx", "an ordinary xlsx"),
    ("plain_xls.xls", "an ordinary xls"),
    ("plain_ods.ods", "an ordinary ods"),
    ("excel_95.xls", "an xls of Excel 5.0 or 95, in code page 932"),
    ("as_excel_writes.xlsx", "shared strings with furigana, rich text"),
    ("saved_by_libreoffice.xlsx", "an xlsx by LibreOffice"),
    ("utf8.csv", "UTF-8"),
    ("utf8_with_bom.csv", "UTF-8 with BOM"),
    ("utf16_little_endian.csv", "UTF-16 with BOM"),
    ("utf16_big_endian.csv", "UTF-16 with BOM, the other way round"),
    ("utf16_tabs_as_unicode_text.csv", "what Excel calls Unicode text, named csv"),
    ("cp932.csv", "CP932 with 髙 﨑 ① ㈱"),
    ("tabs.tsv", "tabs"),
    ("semicolons.csv", "semicolons"),
    ("text_under_the_name_of_excel.xls", "tabbed text named xls, as business systems export it"),
    ("mixed_line_ends.csv", "CRLF and LF mixed"),
    ("line_breaks_in_quotes.csv", "line breaks, commas and quotes inside quotes"),
    ("ragged_rows.csv", "rows of different lengths"),
    ("excel_text_formulas.csv", 'numbers as ="1"'),
    ("title_rows_and_empty_column.xlsx", "title rows above, an empty first column"),
    ("two_header_rows.xlsx", "two header rows, merged"),
    ("two_header_rows_unmerged.xlsx", "two header rows, not merged"),
    ("years_side_by_side.xlsx", "a status column for every year under one heading"),
    ("a_block_for_every_year.xlsx", "status and text of two years under a heading for each"),
    ("last_year_beside.xlsx", "last year's status beside this year's"),
    ("merged_policies.xlsx", "policies merged downwards"),
    ("merged_policies_ods.ods", "policies merged downwards, ods"),
    ("merged_policies_xls.xls", "policies merged downwards, xls"),
    ("policy_heading_rows.xlsx", "policies as heading rows"),
    ("policy_headings_in_two_cells.csv", "numeral and name of a policy heading in two cells"),
    ("repeated_header.xlsx", "title and header again after a page break"),
    ("blank_rows.xlsx", "blank rows inside, 179 below"),
    ("notes_and_totals.xlsx", "footnotes, subtotals, totals, tallies"),
    ("total_agrees.xlsx", "a total row that agrees, xlsx"),
    ("total_agrees.xls", "a total row that agrees, xls"),
    ("total_agrees.ods", "a total row that agrees, ods"),
    ("total_agrees.csv", "a total row that agrees, csv"),
    ("totals_under_every_policy.xlsx", "計 under every policy, 合計 at the end"),
    ("totals_named_for_policies.csv", "Ⅰ 計, 小計（Ⅱ）, 計"),
    ("notes_below.csv", "notes and a total below"),
    ("several_sheets.xlsx", "a cover and two examples beside the sheet"),
    ("a_sheet_for_every_year.xlsx", "a worksheet per year"),
    ("item_over_two_rows.xlsx", "an item over two rows, its number merged"),
    ("full_width_digits.xlsx", "full-width digits"),
    ("numbers_as_text.xlsx", "007 for 7"),
    ("numbers_with_decimals.csv", "1.0 for 1"),
    ("circled_numbers.xlsx", "①"),
    ("roman_numbers.csv", "Ⅰ for 1, though policies are numbered so too"),
    ("decorated_numbers.xlsx", "No.1, №２, （3）, 項目４, 第5号, #6"),
    ("spaces_everywhere.csv", "ideographic and trailing spaces, 検　討　中"),
    ("invisible_characters.xlsx", "zero-width characters"),
    ("line_breaks_in_names.xlsx", "line breaks inside names"),
    ("half_width_katakana.csv", "ｻｰﾋﾞｽ"),
    ("names_with_marks.xlsx", "names with their number or a note mark"),
    ("ditto_marks.xlsx", "〃, ″ and 同上 for policies and departments"),
    ("ditto_status.xlsx", "〃 for statuses, items in another order"),
    ("dashes_for_nothing.csv", "dashes for nothing"),
    ("formulas_with_results.ods", "formulas with results, ods"),
    ("formulas_with_results_xls.xls", "formulas with results, xls"),
    ("formulas_with_results_xlsx.xlsx", "formulas with results, xlsx"),
    ("locked_by_excel.xlsx", "encrypted with the password that Excel itself tries first"),
    ("locked_by_excel.xls", "the same, xls"),
    ("locked_by_excel_2003.xls", "the same, xls under the encryption of Excel 2003"),
    ("header_aliases.csv", "other names of the columns"),
    ("statuses_twice_over.csv", "the same statuses under two names of their column"),
    ("header_additions.xlsx", "column names with a year, remarks and note marks"),
    ("only_the_required_columns.csv", "nothing but 番号 and 実施状況"),
    ("items_in_another_order.csv", "items from last to first"),
    ("repeated_items.xlsx", "an item again as 再掲, counted once"),
    ("shown_by_formats.xlsx", "numbers, statuses and departments that number formats make"),
    ("shown_by_formats.xls", "the same, xls"),
    ("shown_by_formats.ods", "the same, ods"),
    ("zeros_not_shown.xlsx", "zeros that the worksheet does not show"),
    ("zeros_not_shown.xls", "the same, xls"),
    ("zeros_not_shown.ods", "the same, ods"),
    ("tables_of_links.ods", "the tables of links to other files beside the sheet"),
    ("namespaces_within.ods", "a namespace said at a cell"),
    ("workbook_in_the_root.xlsx", "a package without folders, its names in other letter case"),
    ("names_with_backslashes.xlsx", "a package whose names have backslashes"),
    ("parts_in_utf16.xlsx", "parts in UTF-16, places of cells in small letters"),
    ("symbols.csv", "codes 1-2-1, statuses ◎ ○ △ × -"),
    ("symbols_written_otherwise.xlsx", "１－２－１ with five dashes, 〇 ✕ －"),
    ("marks_under_a_head.xlsx", "a column a status under a merged head, ○ in one of them"),
    ("marks_under_a_head_unmerged.xlsx", "a column a status under a head that is not merged"),
    ("marks_without_a_head.csv", "a column a status without a head, marked ● レ ✓ 1 ■ ◎"),
    ("marks_and_crosses.csv", "a column a status, × where there is no mark"),
    ("marks_of_two_years.xlsx", "the columns of last year's statuses beside this year's"),
    ("marks_with_totals.xlsx", "a column a status, a total under each"),
    ("marks_with_policies_as_headings.csv", "a column a status, policies as heading rows, a subtotal"),
    ("cards_on_worksheets.xlsx", "a card an item, a worksheet a card"),
    ("cards_below_each_other.csv", "a card an item, one below the other"),
    (
        "cards_close_under_titles.csv",
        "cards without a row between them, each under a title, labels in both ways",
    ),
    ("cards_side_by_side.csv", "two cards side by side"),
    ("cards_with_labels_in_the_cells.csv", "label and value in one cell, beside labels of their own"),
    ("cards_in_pairs.csv", "two labels a line, other names, last year's status"),
    ("cards_with_labels_above.csv", "labels above their values"),
    ("cards_with_the_policy_before_the_number.csv", "cards that do not begin with the number"),
    ("cards_whose_text_goes_on_below.csv", "a text in two cells of a card, one below the other"),
    ("cards_with_years_below.csv", "cards with a row a year under the labels"),
    ("cards_with_years_beside.csv", "cards with the years beside the labels"),
    ("cards_with_years_over.csv", "cards with a column a year"),
    ("cards_with_years_under_statuses.csv", "cards with a row of marks a year"),
    ("a_sheet_for_every_policy.xlsx", "a worksheet a policy"),
    ("totals_beside_the_items.xlsx", "a worksheet with the totals"),
    ("boxes_in_one_cell.csv", "■ at one of the statuses in a cell, □ at the others"),
    ("boxes_in_lines.csv", "☑ and ☐ in the lines of a cell"),
    ("boxes_behind.csv", "（○） behind one of the statuses"),
    ("filled_circles.csv", "● at one of the statuses, ○ at the others"),
    ("circle_at_one.csv", "〇 at one of the statuses, nothing at the others"),
    ("boxes_over_cells.csv", "■ and □ before the statuses, each in a cell of its own"),
    ("boxes_beside_words.csv", "レ in a cell beside one of the statuses"),
    ("numbered_statuses.csv", "①実施, ②一部実施"),
    ("statuses_in_brackets.csv", "（実施）, 【一部実施】, 実施。, 4. 未実施"),
    ("marks_of_letters.csv", "a column a status, marked with the letter o"),
    ("marks_of_one_word.csv", "a column a status, marked 済 throughout"),
    ("marks_of_one_letter.csv", "a column a status, marked x throughout"),
    ("marks_v.csv", "a column a status, marked Ｖ, under headings with instructions"),
    ("numbers_in_names.csv", "（1）before the name in one cell"),
    ("numbers_and_names_under_one_heading.csv", "number and name in one cell under 番号・推進項目"),
    ("cards_with_numbers_in_names.csv", "cards whose number stands before the name"),
    ("cards_in_one_cell.csv", "a card in one cell, 番号：1　name"),
    ("cards_in_one_cell_with_brackets.csv", "a card in one cell, 【番号】1"),
    ("cards_with_marks_under_the_statuses.csv", "cards with a mark under one of the statuses"),
    ("names_with_marks_before.csv", "※, 【新規】 and （拡充）around names"),
    ("items_in_columns.csv", "a column an item, a title above and a note below"),
    ("items_in_columns_with_marks.csv", "a column an item, ○ in the row of its status"),
    ("marks_under_counts.csv", "a column a status, under headings with the number of items"),
    ("marks_yes_and_no.csv", "a column a status, はい in one of them and いいえ in the others"),
    ("filled_up_with_zeros.csv", "zero bytes at the end"),
    ("excels_total_of_a_table.csv", "集計, as Excel calls the total of a table"),
    ("excels_subtotals.csv", "Ⅰ … 集計 and 総計, as Excel puts subtotals in"),
    ("full_width_commas.csv", "full-width commas between the cells"),
    ("full_width_semicolons.csv", "full-width semicolons"),
    ("bars.csv", "bars"),
    ("utf32_little_endian.csv", "UTF-32 with BOM"),
    ("utf32_big_endian.csv", "UTF-32 with BOM, the other way round"),
    ("symbols_as_columns.csv", "a column for each of ◎ ○ △ × -, marked ○ and ●"),
    ("symbols_as_aliases.xlsx", "status aliases with ・ and 、, a total of the counted items"),
]

# Read, with a warning: (file, code, cell, words of the message).
WARNINGS = [
    ("hidden_rows_and_columns.xlsx", "hidden_row", "状況調査!A4", "4〜5行目"),
    ("hidden_rows_and_columns.xlsx", "hidden_row", "状況調査!A8", "8行目"),
    ("hidden_rows_and_columns.xlsx", "hidden_column", "状況調査!F2", "所管課"),
    ("hidden_rows_and_columns_ods.ods", "hidden_row", "状況調査!A4", "4〜5行目"),
    ("hidden_rows_and_columns_ods.ods", "hidden_column", "状況調査!F2", "所管課"),
    ("hidden_rows_and_columns_xls.xls", "hidden_row", "状況調査!A4", "4〜5行目"),
    ("hidden_rows_and_columns_xls.xls", "hidden_column", "状況調査!F2", "所管課"),
    ("items_in_columns_hidden.xlsx", "hidden_row", "状況調査!C2", "C列は非表示"),
    ("hidden_sheet.xlsx", "hidden_sheet", "旧", "非表示"),
    ("hidden_sheet_ods.ods", "hidden_sheet", "旧", "非表示"),
    ("hidden_sheet_xls.xls", "hidden_sheet", "旧", "非表示"),
    ("column_of_another_name.csv", "unread_column", "E2", "「今年度やったこと」は読んでいません。主な取組に当たる列なら"),
    ("column_that_nothing_reads.csv", "unread_column", "H2", "「予算額」は読んでいません。報告書に載せる列なら、plan.toml の fields などで"),
    ("items_in_columns_with_more.csv", "unread_column", "A2", "行「受付番号」は読んでいません"),
    ("items_in_columns_with_more.csv", "unread_column", "A9", "行「予算額」は読んでいません"),
    ("items_in_columns_with_more.csv", "unread_column", "A10", "行「決算額」は読んでいません"),
    ("variant_characters.xlsx", "variant_characters", "状況調査!C4", "2セルにあり（C4の「髙」（U+9AD9）など）、計画の文字（「高」など）"),
    ("names_out_of_a_pdf.xlsx", "variant_characters", "状況調査!B4", "4セルにあり（B4の「⺠」（U+2EA0）など）、計画の文字（「民」など）"),
    ("number_of_two_statuses.csv", "numbered_status", "D4", "同じ番号がD3では「実施」に付いています"),
    ("short_year_in_title.csv", "doubtful_year", "A1", "令和3年度のものかもしれません"),
    ("worksheet_of_another_year.xlsx", "doubtful_year", "R3", "「R3」は令和3年度ですが、令和4年度として"),
    ("prose_under_an_alias.csv", "unread_column", "E2", "「進捗状況」の列は読んでいません"),
    ("departments_that_look_equal.csv", "look_alike", "F4", "U+5DE5"),
    ("text_that_is_not_read.csv", "loose_text", "E4", "前の行の続き"),
    *(
        (f"struck_parts.{ending}", code, f"状況調査!{cell}", words)
        for ending in ("xlsx", "xls", "ods")
        for code, cell, words in (
            ("struck_part", "D4", "取り消し線の「未実施」を除いて、「一部実施」と読みました"),
            ("struck_part", "E3", "取り消し線の「三枚」を除いて、「案内板を二枚置いた。」"),
            ("struck_part", "C6", "取り消し線の「公民館」を除いて、「公共施設の集約化」"),
            ("struck_out", "F7", "所管課「税務課」は取り消し線で消されているため、読んでいません"),
        )
    ),
    *(
        (
            name,
            "conditional_format",
            f"状況調査!{cell}",
            f"表示が変わることのあるセルが{count}セルあります（{cell}など）",
        )
        for name, cell, count in (
            *((f"conditional_strike.{ending}", "D4", 3) for ending in ("xlsx", "xls", "ods")),
            ("conditional_strike_by_another_sheet.xlsx", "D3", 3),
            *((f"conditional_formats.{ending}", "B4", 3) for ending in ("xlsx", "ods")),
        )
    ),
    ("struck_heading_of_texts.xlsx", "struck_heading", "状況調査!E2", "「主な取組」の列見出しが取り消し線"),
    ("total_that_cannot_be_read.xlsx", "total_unread", "状況調査!D9", "前年から2増えて6"),
]  # fmt: skip

# Refused: (file, code, cell, words of the message). These are all the findings of their files.
DEFECTS = [
    ("unknown_status.xlsx", "unknown_status", "状況調査!D4", "近い値: 一部実施"),
    ("status_words_in_another_order.xlsx", "unknown_status", "状況調査!D4", "近い値: 一部実施"),
    ("status_with_line_breaks.xlsx", "unknown_status", "状況調査!D4", "「実施した。 実施した。"),
    ("control_characters_in_status.csv", "unknown_status", "D4", "「一部実施〔U+001B〕[2J」"),
    ("control_characters_in_status.csv", "unknown_status", "D5", "「〔U+202E〕実施」"),
    ("missing_status.xlsx", "missing_status", "状況調査!D4", "実施／一部実施／検討中／未実施"),
    ("missing_status.xlsx", "missing_status", "状況調査!D6", "「－」"),
    ("status_merged_across.xlsx", "missing_status", "状況調査!D4", "C4と結合"),
    ("look_alike_status.xlsx", "look_alike", "状況調査!D4", "U+30FC"),
    ("ditto_with_nothing_above.xlsx", "missing_status", "状況調査!D3", "〃"),
    ("missing_number.csv", "missing_number", "A5", "考えられる番号: 3"),
    ("unknown_item.csv", "unknown_item", "A9", "「61」"),
    ("code_turned_into_a_date.xlsx", "unknown_item", "状況調査!A4", "近い番号: 1-2-1。日付に"),
    ("item_not_alive.csv", "not_alive", "A9", "令和2年度から令和3年度まで"),
    ("item_missing.csv", "missing_item", "A8", "番号4「公共施設の集約化」"),
    ("item_twice.csv", "item_twice", "A9", "A4にも"),
    ("repeat_differs.csv", "repeat_differs", "D9", "A4の行の「一部実施」"),
    ("name_of_another_number.csv", "name_of_another", "C6", "番号5の名前"),
    ("unknown_name.csv", "unknown_name", "C6", "近い名前: 公共施設の集約化"),
    ("look_alike_name.csv", "look_alike", "C8", "「二」（U+4E8C）と「ニ」（U+30CB）"),
    ("policy_mismatch.csv", "policy_mismatch", "B6", "「Ⅱ 健全な財政運営」ですが、「Ⅰ」"),
    ("policy_heading_mismatch.xlsx", "policy_mismatch", "状況調査!A7", "見出しの下"),
    ("unknown_policy.csv", "unknown_policy", "B6", "近い値: Ⅱ 健全な財政運営"),
    ("two_statuses.xlsx", "two_statuses", "状況調査!D4", "「検討中」"),
    ("formula_without_a_result.xlsx", "no_cached_value", "状況調査!D4", "計算結果"),
    ("formula_with_an_error.ods", "error_value", "状況調査!D4", "#N/A"),
    ("formula_with_an_error_xls.xls", "error_value", "状況調査!D4", "#N/A"),
    ("formula_with_an_error_xlsx.xlsx", "error_value", "状況調査!D4", "#N/A"),
    *(
        (f"struck_out.{ending}", code, f"状況調査!{cell}", words)
        for ending in ("xlsx", "xls", "ods")
        for code, cell, words in (
            ("struck_out", "D3", "実施状況「実施」は取り消し線で消されている"),
            ("struck_out", "C4", "推進項目「高齢者の見守り支援」は取り消し線"),
            ("struck_out", "A5", "番号「3」は取り消し線"),
            ("struck_row", "A6", "「4」の行は取り消し線で消されている"),
            ("missing_item", "A9", "番号4「公共施設の集約化」の行がありません"),
        )
    ),
    ("struck_heading_of_statuses.xlsx", "missing_column", "状況調査!D2", "列見出しが取り消し線で"),
    ("picture_in_a_cell.xlsx", "picture", "状況調査!D4", "中身が画像です"),
    ("picture_by_formula.xlsx", "picture", "状況調査!D4", "中身が画像です"),
    ("picture_of_wps.xlsx", "picture", "状況調査!D4", "中身が画像です"),
    ("total_disagrees.xlsx", "total_disagrees", "状況調査!D9", "「一部実施」が2"),
    ("subtotal_disagrees.xlsx", "total_disagrees", "状況調査!D10", "小計が4"),
    ("total_under_a_policy_disagrees.csv", "total_disagrees", "D6", "計が4となっていますが、行を数えると3"),
    ("total_under_a_policy_disagrees.csv", "total_disagrees", "D10", "II計が4"),
    ("totals_do_not_add_up.csv", "total_disagrees", "B8", "足すと6"),
    ("totals_differ_from_the_plan.csv", "count_differs", "B7", "推進項目は6"),
    ("totals_without_a_number.csv", "missing_count", "B6", "「不明」"),
    ("totals_without_a_status.csv", "missing_count", "A8", "「未実施」"),
    ("totals_with_a_status_twice.csv", "status_twice", "B8", "B4にも"),
    ("totals_with_an_unknown_status.csv", "unknown_status", "A8", "近い値: 実施"),
    ("gaiji.csv", "character", "F4", "外字（U+E000）"),
    ("emoji.xlsx", "character", "状況調査!E3", "U+1F600"),
    ("control_character.csv", "character", "E3", "制御文字（U+000B）"),
    ("character_without_a_glyph.xlsx", "character", "状況調査!G8", "U+0E01"),
    ("wrong_year_in_title.csv", "wrong_year", "A1", "令和3年度のもの"),
    ("wrong_year_in_kanji.csv", "wrong_year", "A1", "令和3年度のもの"),
    ("wrong_year_in_header.csv", "wrong_year", "D1", "令和3年度実施状況"),
    ("wrong_year_above_header.xlsx", "wrong_year", "状況調査!C3", "令和3年度実施状況"),
    ("rows_of_two_years.xlsx", "wrong_year", "状況調査!C3", "令和3年度の行があります。令和4年度の行だけを残してください"),
    ("rows_of_two_years.xlsx", "two_statuses", "状況調査!D4", "「実施」"),
    ("unknown_status_in_columns.csv", "unknown_status", "E4", "近い値: 検討中"),
    ("cut_at_blanks.csv", "uncut_header", "A2", "「番号 推進項目 実施状況」が一つのセルに入っていて"),
    ("cut_at_typed_tabs.csv", "uncut_header", "A1", "列に分けて保存し直して"),
    ("pasted_into_one_column.xlsx", "uncut_header", "状況調査!A2", "「データ」→「区切り位置」"),
    ("no_header.csv", "no_header", "A1", "「番号」と「実施状況」"),
    ("only_the_example.xlsx", "example_only", "記入例!A2", "シート「記入例」は例とみて"),
    ("missing_column.csv", "missing_column", "D2", "近い見出し: 実施状態"),
    ("two_status_columns.csv", "two_columns", "E2", "二つ"),
    ("two_status_columns_by_alias.csv", "two_columns", "D3", "「実施状況」と「進捗状況」）、3行目から内容が違います（E3は「実施」、D3は「一部実施」）"),
    ("two_candidate_sheets.xlsx", "two_sheets", "財政部!A2", "「市民部」、「財政部」"),
    ("two_marks.csv", "two_marks", "F4", "2つの欄（「一部実施」、「検討中」）"),
    ("no_mark.csv", "no_mark", "D4", "どの欄（実施／一部実施／検討中／未実施）にもありません"),
    ("only_crosses.csv", "no_mark", "D4", "欄一つに○を付けて"),
    ("unknown_mark.csv", "unknown_mark", "E4", "「一部実施」の欄の「済」"),
    ("marks_merged_across.xlsx", "merged_mark", "状況調査!D3", "D3〜E3で結合"),
    ("marks_with_another_total.csv", "total_disagrees", "E9", "「一部実施」が2"),
    ("card_missing.xlsx", "missing_item", "", "番号4「公共施設の集約化」がどの個票にもありません"),
    ("card_twice.xlsx", "item_twice", "No2 (2)!B3", "card_twice.xlsx!No2!B3にも"),
    ("card_with_an_unknown_status.xlsx", "unknown_status", "No2!B6", "近い値: 一部実施"),
    ("card_without_a_status.xlsx", "missing_status", "No2!B6", "空です"),
    ("card_with_another_year_alone.csv", "missing_status", "C17", "空です"),
    ("card_with_two_statuses.xlsx", "two_columns", "No2!A10", "「実施状況」と「進捗状況」"),
    ("other_totals_beside_the_items.xlsx", "total_disagrees", "集計!B2", "「実施」が4"),
    ("other_totals_beside_the_items.xlsx", "total_disagrees", "集計!B5", "「未実施」が0"),
    ("statuses_to_circle.csv", "listed_statuses", "C7", "並んでいて（実施、一部実施、検討中、未実施）"),
    ("cards_with_statuses_to_circle.csv", "listed_statuses", "B6", "並んでいて（実施、一部実施、検討中、未実施）"),
    ("two_boxes.csv", "listed_statuses", "D4", "2つの区分（実施、一部実施）に印"),
    ("no_box.csv", "listed_statuses", "D4", "どれに当たるか分かりません"),
    ("box_of_one.csv", "listed_statuses", "D4", "「□実施」には印がありません"),
    ("number_before_another_name.csv", "unknown_name", "A5", "番号3は「サービス案内の充実（窓口～出張所）」ですが"),
    ("number_before_another_name.csv", "missing_item", "A9", "番号3「サービス案内の充実"),
    ("column_too_narrow.csv", "too_narrow", "G3", "列の幅が足りないまま"),
    ("rows_cut_otherwise.csv", "uncut_row", "A4", "「2，Ⅰ 市民サービスの向上，"),
    ("rows_cut_otherwise.csv", "uncut_row", "A5", "この行は列に分かれていません"),
    ("rows_cut_otherwise.csv", "missing_item", "A9", "番号2「高齢者の見守り支援」"),
    ("rows_cut_otherwise.csv", "missing_item", "A9", "番号3「サービス案内の充実"),
    ("utf32_without_bom.csv", "encoding", "", "BOMのないUTF-32"),
    ("two_layouts.csv", "two_layouts", "A2", "plan.toml の [layout]"),
    ("empty.csv", "empty_file", "", "空です"),
    ("empty_workbook.xlsx", "empty_file", "", "何も書かれていません"),
    ("pdf_under_another_name.xlsx", "not_spreadsheet", "", "PDF"),
    ("html_under_another_name.xls", "not_spreadsheet", "", "HTML"),
    ("document_under_another_name.xlsx", "not_spreadsheet", "", "別の文書"),
    ("not_text.csv", "not_spreadsheet", "", "文字ではない"),
    ("utf16_without_bom.csv", "encoding", "", "BOMのないUTF-16"),
    ("euc_jp.csv", "encoding", "", "UTF-8かShift_JIS"),
    ("iso_2022_jp.csv", "encoding", "", "ISO-2022-JP"),
    ("broken_utf8.csv", "encoding", "", "6行目"),
    ("mixed_encodings.csv", "encoding", "", "9行目"),
    ("unclosed_quote.csv", "corrupt", "", "3行目からの引用符"),
    ("truncated.xlsx", "corrupt", "", "目次"),
    ("damaged_member.xlsx", "corrupt", "", "xl/sharedStrings.xml"),
    ("member_twice.xlsx", "corrupt", "", "同じ名前の部品"),
    ("row_twice.xlsx", "corrupt", "", "7行目が二度"),
    ("rows_in_another_order.xlsx", "corrupt", "", "7行目の場所が正しくありません"),
    ("document_type_definition.xlsx", "corrupt", "", "DTD"),
    ("row_without_a_number.xlsx", "corrupt", "", "行の番号「eight」"),
    ("cell_far_away.xlsx", "too_large", "状況調査!ALM9", "遠く離れた"),
    ("long_cell.xlsx", "too_large", "状況調査!E9", "32,767字"),
    ("password.xlsx", "password", "", "パスワードを外して"),
    ("password_ods.ods", "password", "", "パスワードを外して"),
    ("password_xls.xls", "password", "", "パスワードを聞かれずに開ける"),
]  # fmt: skip

# Listed above in other ways, or in tests of their own below.
OTHERS = {
    ".gitattributes",
    "README.md",
    "everything_at_once.csv",
    "no_year_anywhere.csv",
    "status_over_two_items.xlsx",
    "totals_only.csv",
    "totals_only_written_otherwise.xlsx",
    "令和４年度_実施状況調査.csv",
}


@pytest.fixture(scope="module")
def read(sheets_folder, minato, kigou):
    """Read a file of the table, once for all tests."""

    @functools.cache
    def read_file(name: str, year: FiscalYear | None = YEAR):
        plan = kigou if name.startswith(("symbols", "code_turned")) else minato
        return inspect_sheet(sheets_folder / name, plan, year)

    return read_file


def codes_and_places(reading) -> list[tuple[str, str]]:
    return [(finding.code, finding.location.partition("!")[2]) for finding in reading.findings]


@pytest.mark.parametrize(("name", "quirk"), QUIRKS, ids=[name for name, _ in QUIRKS])
def test_quirk_reads_to_the_same_figures_without_a_finding(read, name, quirk):
    reading = read(name)
    assert [str(finding) for finding in reading.findings] == []
    frame = reading.status_sheet.statuses
    expected = STATUSES["kigou" if name.startswith("symbols") else "minato"]
    assert frame["status"].tolist() == expected, quirk
    assert frame["items"].tolist() == [1] * len(expected)


@pytest.mark.parametrize(("name", "code", "cell", "words"), WARNINGS)
def test_what_is_worth_knowing_is_said_and_the_sheet_is_read(read, name, code, cell, words):
    reading = read(name)
    findings = {(finding.code, finding.location): finding for finding in reading.findings}
    finding = findings[(code, f"{name}!{cell}")]
    assert words in finding.message
    assert not finding.is_error
    assert reading.status_sheet.statuses["status"].tolist() == STATUSES["minato"]
    assert reading.status_sheet.findings == reading.findings


@pytest.mark.parametrize(("name", "code", "cell", "words"), DEFECTS)
def test_defect_is_found_at_its_cell_and_nothing_is_read(read, name, code, cell, words):
    reading = read(name)
    expected = [(row[1], row[2]) for row in DEFECTS if row[0] == name]
    assert codes_and_places(reading) == expected
    messages = [
        finding.message for finding in reading.findings if finding.location in (f"{name}!{cell}", name)
    ]
    assert any(words in message for message in messages)
    assert reading.status_sheet is None
    assert reading.has_errors


def test_every_file_is_in_the_table(sheets_folder):
    listed = {row[0] for table in (QUIRKS, WARNINGS, DEFECTS) for row in table} | OTHERS
    assert listed == {path.name for path in sheets_folder.iterdir() if path.is_file()}


def undated(data: bytes) -> dict[str, bytes]:
    """The members of a workbook but for its properties, where the time stands."""
    return members(data) | {"docProps/core.xml": b""}


def test_the_makers_still_make_the_files(sheets_folder, monkeypatch):
    monkeypatch.setenv("PATH", "")  # Without LibreOffice: what it makes differs from version to version.
    same = []
    for name, make in FIXTURES.items():
        kept = (sheets_folder / name).read_bytes()
        try:
            made = make()
        except SystemExit:
            continue
        if name != "truncated.xlsx":  # cut off behind the time
            assert made == kept or undated(made) == undated(kept), name
            same.append(name)
    assert len(same) > 130


def test_all_findings_are_listed_at_once_in_order_of_position(read):
    assert codes_and_places(read("everything_at_once.csv")) == [
        ("wrong_year", "A1"),
        ("unknown_status", "D3"),
        ("unknown_item", "A5"),
        ("unknown_name", "C6"),
        ("character", "F7"),
        ("missing_status", "D8"),
    ]


def test_a_status_merged_over_two_items_is_read_for_both_and_said(read):
    reading = read("status_over_two_items.xlsx")
    assert codes_and_places(reading) == [("merged_status", "状況調査!D7")]
    assert reading.status_sheet.statuses["status"].tolist()[4:] == ["実施", "実施"]


@pytest.mark.parametrize("name", ["totals_only.csv", "totals_only_written_otherwise.xlsx"])
def test_totals_only_sheet_has_a_row_per_status(read, name):
    sheet = read(name).status_sheet
    assert not sheet.has_items
    assert sheet.notes == ("合計のみ: 広報から",)
    assert sheet.statuses["status"].tolist() == ["実施", "一部実施", "検討中", "未実施"]
    assert sheet.statuses["items"].tolist() == [3, 1, 1, 1]
    assert sheet.statuses["cell"].tolist() == ["B4", "B5", "B6", "B7"]
    assert set(sheet.statuses["number"]) == {""}


def test_the_year_is_taken_from_the_file_name_or_the_title(read, sheets_folder, minato):
    assert read("令和４年度_実施状況調査.csv", None).status_sheet.year == YEAR
    assert read("utf8.csv", None).status_sheet.year == YEAR
    assert codes_and_places(read("no_year_anywhere.csv", None)) == [("no_year", "")]


def test_rare_characters_survive_cp932(read):
    activities = read("cp932.csv").status_sheet.statuses["activities"]
    assert activities[0] == "髙島・﨑山の①総合窓口を㈱みなとに任せた。～"


def test_texts_of_an_item_are_read_whole(read):
    frame = read("line_breaks_in_quotes.csv").status_sheet.statuses
    assert frame["activities"].tolist() == ['総合窓口を開いた。\n「早い」と"好評"、混雑なし', *[""] * 5]
    assert frame["department"].tolist() == ["市民課", "福祉課", "市民課", "財政課", "税務課", "都市課"]
    assert frame["remarks"].tolist() == ["", "", "", "", "", "令和4年度から"]
    titled = read("cards_close_under_titles.csv").status_sheet.statuses
    assert titled["activities"].tolist() == ["総合窓口を開いた。", *[""] * 5]
    assert titled["remarks"].tolist() == [*[""] * 5, "令和4年度から"]
    assert read("item_over_two_rows.xlsx").status_sheet.statuses["activities"][0] == "総合窓口を\n開いた。"
    assert read("ditto_marks.xlsx").status_sheet.statuses["department"].tolist()[:3] == ["市民課"] * 3
    for where in ("below", "beside", "over", "under_statuses"):
        of_year = read(f"cards_with_years_{where}.csv").status_sheet.statuses
        assert of_year["activities"].tolist() == ["総合窓口を開いた。", *[""] * 5]
        assert of_year["department"].tolist() == ["市民課", "福祉課", "市民課", "財政課", "税務課", "都市課"]
    assert read("a_block_for_every_year.xlsx").status_sheet.statuses["activities"][0] == "総合窓口を開いた。"
    assert set(read("dashes_for_nothing.csv").status_sheet.statuses["remarks"]) == {""}


def test_notes_around_the_table_are_kept(read):
    assert read("notes_and_totals.xlsx").status_sheet.notes == ("調査の注", "令和5年3月31日現在")
    derived = read("notes_below.csv").status_sheet
    assert derived.is_derived
    assert derived.notes == ("導出: 令和5年度の資料から",)


def test_cells_and_sheets_are_named_as_in_the_file(read):
    sheet = read("title_rows_and_empty_column.xlsx").status_sheet
    assert sheet.statuses["cell"].tolist() == ["E6", "E7", "E8", "E9", "E10", "E11"]
    sheet = read("several_sheets.xlsx").status_sheet
    assert sheet.source.sheet == "状況調査"
    assert set(sheet.statuses["sheet"]) == {"状況調査"}


@pytest.mark.parametrize("name", sorted({row[0] for row in [*WARNINGS, *DEFECTS]}))
def test_every_message_is_japanese_and_says_what_to_do(read, name):
    for finding in read(name).findings:
        assert str(finding).startswith(name)
        assert finding.message.count("。") >= 1 or finding.code == "total_unread"
        assert not finding.message.endswith("。")
        assert str(finding).isprintable() and len(str(finding)) < 300
        assert any("ぁ" <= letter <= "ん" for letter in finding.message)
