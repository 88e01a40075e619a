"""What opens something stands in no log and no sum."""

import logging

import pytest
from django.conf import settings

from editorial.reads.log_lines import is_page
from newsletter.tokens import LEAVE, PREFERENCES, make_token
from tests.newsletter.factories import make_subscriber

PAGES = ["newsletter/confirm", "newsletter/leave", "newsletter/preferences"]
PAGES += ["newsletter/my-data/open", "preview", "mail/mute"]


@pytest.mark.once
@pytest.mark.parametrize("page", PAGES)
def test_no_secret_address_is_counted_as_read(page):
    assert not is_page(f"/{page}/secret/")
    assert is_page("/newsletter/") and is_page("/newsletter/my-data/")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "purpose", "status"),
    [("leave", LEAVE, 200), ("preferences", PREFERENCES, 410), ("confirm", LEAVE, 404)],
)
def test_no_line_of_the_log_holds_the_secret(client, name, purpose, status):
    token = make_token(purpose, make_subscriber(state="left"))
    lines = []
    handler = logging.Handler()
    shape = settings.LOGGING["formatters"]["json"]
    handler.emit = lambda record: lines.append(formatter.format(record))
    formatter = shape["()"](
        processors=shape["processors"], foreign_pre_chain=shape["foreign_pre_chain"]
    )
    loggers = [logging.getLogger(each) for each in ("django.request", "request")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel("INFO")
    try:
        assert client.get(f"/newsletter/{name}/{token}/").status_code == status
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)

    assert lines and f"/newsletter/{name}/…/" in "".join(lines).replace("\\u2026", "…")
    assert token[:30] not in "".join(lines)
