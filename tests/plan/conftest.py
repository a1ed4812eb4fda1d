"""The small city with settings that are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers.errors import PlanFileError
from small_city import City

Refusal = Callable[..., str]


@pytest.fixture
def refusal(city: City) -> Refusal:
    """The message with which the small city's plan is refused; arguments as for ``small_city.lay_out``."""

    def message(**parts: str) -> str:
        with pytest.raises(PlanFileError) as caught:
            city({}, **parts)
        return str(caught.value)

    return message


@pytest.fixture
def refused_for(refusal: Refusal) -> Callable[..., None]:
    """Demand that the plan is refused with a message that begins with the first of some words and holds the others."""

    def demand(words: tuple[str, ...], **parts: str) -> None:
        message = refusal(**parts)
        assert message.startswith(words[0])
        assert [part for part in words if part not in message] == []

    return demand
