"""Fixtures of the plan tests."""

import pytest

from tests.roadmaps.chain import Chain, make_chain


@pytest.fixture
def chain(db: None) -> Chain:
    return make_chain()
