"""Japanese text as it comes from many hands: one folded form to compare it by."""

from __future__ import annotations

import re
import unicodedata


def folded(text: str) -> str:
    """Fold width, spacing and compatibility variants away, for comparison only.

    >>> folded("完　了") == folded("完了"), folded("Ⅰ ＩＣＴ") == "IICT"
    (True, True)
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
