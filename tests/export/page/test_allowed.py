"""The allow-list: what a cell output may bring into a page."""

import re

import lxml.html
import pytest

from helpers.errors import ExportError
from helpers.export.page.allowed import ATTRIBUTES, ELEMENTS, demand_known, is_safe_link, sanitize

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)><rect width='1' height='1'/></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='https://evil.example/a.svg#x'/></svg>",
    "<svg><use xlink:href='data:image/svg+xml;base64,AA#x'/></svg>",
    "<svg><animate attributeName=href to=javascript:alert(1) /></svg>",
    "<svg><set attributeName=onclick to=alert(1) /></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><style>*{background:url(https://evil.example)}</style></svg>",
    "<svg><image href='https://evil.example/x.png'/></svg>",
    "<svg><path d='M0 0' style='fill: url(https://evil.example/#a)'/></svg>",
    "<svg><path d='M0 0' fill='url(https://evil.example/#a)'/></svg>",
    "<svg><rect style='fill: u\\72l(https://evil.example)'/></svg>",
    "<svg><rect style='fill: red/*;*/; behavior: url(x.htc); -moz-binding: url(x)'/></svg>",
    "<svg><rect style='fill: expression(alert(1))'/></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    "<svg><p><style><img src=x onerror=alert(1)></style></p></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<p onclick=alert(1) onmouseover='alert(1)' style='position:fixed;inset:0'>文</p>",
    "<a href='javascript:alert(1)'>文</a>",
    "<a href=' java\tscript:alert(1)'>文</a>",
    "<a href='&#106;avascript:alert(1)'>文</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>文</a>",
    "<a href='vbscript:msgbox(1)'>文</a>",
    "<a href='//evil.example/'>文</a>",
    "<a href='/\\evil.example/'>文</a>",
    "<a href='../../secret'>文</a>",
    "<a href='http://plain.example/'>文</a>",
    "<a href='file:///etc/passwd'>文</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=https://evil.example><input name=x><button formaction=javascript:alert(1)>押す</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<img src=x onerror=alert(1)>",
    "<table background=https://evil.example/x.png><tr><td>1</td></tr></table>",
    "<div class='table' tabindex='99' role='alert' contenteditable autofocus onfocus=alert(1)>文</div>",
    "<details open ontoggle=alert(1)><summary>概要</summary></details>",
    "<p class='skip cover'>隠す</p>",
    "<td colspan=99999999>広い</td>",
    "<!--[if IE]><script>alert(1)</script><![endif]--><p>文</p>",
    "<p>文<!-- 秘密 --></p>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_leaves_only_what_is_listed(attack: str) -> None:
    safe = sanitize(attack)
    root = lxml.html.fragment_fromstring(safe, create_parent="div")
    names = {tag.lower(): tag for tag in ELEMENTS}
    for element in root.iterdescendants():
        tag = names[element.tag]
        assert {key.lower() for key in element.attrib} <= {name.lower() for name in ATTRIBUTES[tag]}
        for href in (element.get("href"), element.get("xlink:href")):
            assert href is None or is_safe_link(href)
    assert not re.search(
        r"evil|javascript|alert|<!--|onerror|expression|behavior|binding|skip", re.sub(r">[^<]*", ">", safe)
    )
    assert sanitize(safe) == safe


@pytest.mark.parametrize(
    "kept",
    [
        '<p class="note">割合は<strong>四捨五入</strong>。<br>出典: <a href="https://www.example.jp/a?b=1&amp;c=2">市</a></p>',
        '<a href="#overall">表へ</a>',
        '<a href="tables/overall.csv">表</a>',
        '<td class="status" data-status="under_way">一部実施</td>',
        '<td class="status" data-status="done" data-look="done-2">概ね達成</td>',
        '<section class="glance" aria-label="概況"><dl></dl></section>',
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        '<svg viewBox="0 0 1 1" role="img" aria-label="a &lt; b"><clipPath id="c"></clipPath></svg>',
    ],
)
def test_what_reports_are_made_of_passes_unchanged(kept: str) -> None:
    in_place = f"<table><tbody><tr>{kept}</tr></tbody></table>" if kept.startswith("<td") else kept
    assert sanitize(in_place) == in_place


def test_long_paths_of_charts_pass() -> None:
    path = "M 0 0 " + "L 1.25 -3.5e-2 " * 5000 + "z"
    assert path in sanitize(f'<svg viewBox="0 0 1 1"><path d="{path}"/></svg>')


@pytest.mark.parametrize(
    "tag", ["img", "video", "iframe", "object", "form", "input", "canvas", "math", "pre", "ol"]
)
def test_unknown_element_is_refused_by_name(tag: str) -> None:
    with pytest.raises(ExportError, match=f"<{tag}>"):
        demand_known(f"<p>前</p><{tag}>中</{tag}>")


def test_unseen_elements_need_no_refusal() -> None:
    pandas_table = "<div><style scoped>td{color:red}</style><table border='1' class='dataframe'><tr><td>1</td></tr></table></div>"
    demand_known(pandas_table)
    assert sanitize(pandas_table) == "<div><table><tbody><tr><td>1</td></tr></tbody></table></div>"
