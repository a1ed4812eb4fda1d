"""One process for all tests of clusters, from which theirs are forked."""

from collections.abc import Iterator

import pytest
from cluster_processes import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.server.stop()
