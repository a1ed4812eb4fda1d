"""The small city with settings that are refused."""

from collections.abc import Callable

import pytest


@pytest.fixture
def refused_for(refusal: Callable[..., str]) -> Callable[..., None]:
    """Demand that the plan is refused with a message that begins with the first of some words and holds the others."""

    def demand(words: tuple[str, ...], **parts: str) -> None:
        message = refusal(**parts)
        assert message.startswith(words[0])
        assert [part for part in words if part not in message] == []

    return demand
