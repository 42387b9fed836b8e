"""What is stored and shown again never becomes markup. A module of its own: it builds a region of its own."""

import logging

import pytest
from django.urls import reverse

from tests.walk.audiences import Audience
from tests.walk.region import Region, build
from tests.walk.test_walk import ROWS, text_of, undone

OURS = Audience("own", "coordinator")
PAYLOAD = "<img src=x onerror=alert(1)>'\""


def test_nothing_that_is_stored_becomes_markup(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Region.secret
    monkeypatch.setattr(Region, "secret", lambda self, place, kind, who: secret(self, place, kind, who) + PAYLOAD)
    logging.disable(logging.CRITICAL)
    region = build()
    shown = 0
    for row in ROWS:
        for audience, method in ((OURS, "get"), (OURS, "post"), (Audience("upper", "coordinator"), "get")):
            with undone():
                data = (dict(row.query) or {"q": PAYLOAD}) if method == "get" else row.body(region)
                address = reverse(row.name, kwargs=row.args(region))
                text = text_of(getattr(region.clients[audience], method)(address, data))
            shown += "&lt;img src=x" in text
            assert "<img src=x" not in text, (row.name, method, str(audience))
    logging.disable(logging.NOTSET)
    assert shown > 100
