from hypothesis import given
from hypothesis import strategies as st

from helpers.text.forms import natural_key


def test_codes_sort_as_people_sort_them() -> None:
    in_order = ["1", "1-2", "1-2-1", "1-10", "2", "③", "10", "１２", "A2", "A10"]
    assert sorted({*in_order}, key=natural_key) == in_order


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_numbers_sort_by_their_value(numbers: list[int]) -> None:
    assert sorted(map(str, numbers), key=natural_key) == [str(number) for number in sorted(numbers)]


@given(st.lists(st.text(max_size=8)))
def test_any_texts_can_be_sorted(codes: list[str]) -> None:
    assert sorted(sorted(codes, key=natural_key)) == sorted(codes)
