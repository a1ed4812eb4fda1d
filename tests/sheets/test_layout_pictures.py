"""The pictures of the layouts in the documentation are of the fixtures that the tests read."""

import pytest

from draw_layouts import IMAGES, PICTURES, ROOT, picture
from helpers.plan.model import BY_THE_SHEET, LAYOUTS
from helpers.sheets.rows import layouts


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_of_the_fixture_and_stands_in_the_documentation(name: str) -> None:
    assert (IMAGES / name).read_text(encoding="utf-8") == picture(name), "make pictures draws it anew"
    assert f"images/{name}" in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def test_the_setting_has_every_layout() -> None:
    assert (BY_THE_SHEET, *layouts.LAYOUTS) == LAYOUTS
