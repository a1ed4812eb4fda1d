"""How often the tests try what is random: as usual, a third of it (``make quick``), or the long counts (``make test-long``)."""

import os

LENGTH = os.environ.get("GYOKAKU_TESTS", "usual")


def tries(usual: int, long: int = 0) -> int:
    """The number of tries or examples; ``long``: in the long run, where it is not as usual."""
    return {"quick": max(1, usual // 3), "usual": usual, "long": long or usual}[LENGTH]
