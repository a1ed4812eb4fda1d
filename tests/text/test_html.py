"""A drawing travels through a notebook as an image and comes out as the drawing that it was."""

import pytest

from helpers.text.html import picture, with_drawings

SVG = '<svg aria-label="進み具合"><text>81.0% &amp; "実施"</text></svg>'


def test_a_drawing_comes_out_as_it_went_in() -> None:
    page = "<figure>" + str(picture(SVG, '進み具合 <1> "実施"')) + "</figure>"
    assert "<svg" not in page
    assert "進み具合 &lt;1&gt;" in page
    assert with_drawings(page) == f"<figure>{SVG}</figure>"


@pytest.mark.parametrize(
    "image",
    [
        '<img alt="" src="data:image/png;base64,AAAA">',
        '<img alt="" src="data:image/svg+xml;base64,AAA">',
        '<img alt="" src="data:image/svg+xml;base64,gICA">',
        '<img alt="" src="picture.svg">',
    ],
)
def test_other_images_stay_as_they_are(image: str) -> None:
    assert with_drawings(image) == image
