from helpers.text import display
from helpers.text.html import lines, tag


def test_what_is_shown_is_escaped_in_the_page_and_plain_on_a_console() -> None:
    shown = display.sentences(["<b>一</b>", "二 & 三"])
    assert shown._repr_html_() == (
        '<ul class="sentences"><li>&lt;b&gt;一&lt;/b&gt;</li><li>二 &amp; 三</li></ul>'
    )
    assert repr(shown) == "<b>一</b>\n二 & 三"


def test_paragraphs_and_headings_carry_their_kind() -> None:
    assert display.paragraph("あ")._repr_html_() == "<p>あ</p>"
    assert display.missing("あ")._repr_html_() == '<p class="missing">あ</p>'
    assert display.heading(3, "い", "anchor")._repr_html_() == '<h3 id="anchor">い</h3>'


def test_the_cover_has_the_only_h1() -> None:
    page = display.cover("市", "題\n二行", "副題")._repr_html_()
    assert page == (
        '<header class="cover"><p class="municipality">市</p><h1>題<br>二行</h1><p class="subtitle">副題</p></header>'
    )


def test_attributes_are_escaped_and_left_out_where_they_are_none() -> None:
    page = str(tag("p", "x", class_='"<', aria_label=None, data_status="done"))
    assert page == '<p class="&#34;&lt;" data-status="done">x</p>'
    assert str(lines("a\n<b>")) == "a<br>&lt;b&gt;"
