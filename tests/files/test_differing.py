from helpers.files.differing import ADDED, CHANGED, GONE, differing


def test_names_are_sorted_and_equal_contents_left_out():
    then, now = {"b": 1, "a": 1, "same": 1}, {"c": 1, "b": 2, "same": 1}
    assert list(differing(then, now).items()) == [("a", GONE), ("b", CHANGED), ("c", ADDED)]
