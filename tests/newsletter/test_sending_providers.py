"""A provider's programming interface in the place of a mail server."""

import json

import pytest
import requests
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError

from config.mail import mail_settings
from newsletter import sending
from newsletter.models import Letter, LetterState
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_factories import make_built_mailing

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "reader@example.org"
TAKEN = {"ErrorCode": 0, "Message": "OK", "To": ADDRESS, "MessageID": "their-id"}
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to recipient(s) that have been marked as inactive. "
    f"Found inactive addresses: {ADDRESS}. Inactive recipients are ones that bounced.",
}
NOT_AN_ADDRESS = {"ErrorCode": 300, "Message": "Invalid 'From' address: 'x'."}


@pytest.fixture
def provider(settings, monkeypatch):
    """A list of answers, or errors, to the requests that come; and the requests."""
    for name, value in mail_settings("anymail+postmark://a-token").items():
        setattr(settings, name, value)
    answers, asked = [], []

    def request(self, **options):
        asked.append(options)
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        response = requests.Response()
        response.status_code, response.reason = status, "A reason"
        response._content = json.dumps(body).encode()
        return response

    monkeypatch.setattr(requests.Session, "request", request)
    return answers, asked


def letter_after(answers, *given):
    make_subscriber(ADDRESS)
    make_built_mailing()
    answers.extend(given)
    sending.sweep(seconds=30)
    return Letter.objects.get()


def never_connected():
    pool = HTTPConnectionPool("api.example.org")
    reason = NewConnectionError(pool, "refused")
    return requests.ConnectionError(MaxRetryError(pool, "/", reason))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((200, TAKEN), LetterState.SENT),
        ((422, NOT_AN_ADDRESS), LetterState.FAILED),
        ((422, INACTIVE), LetterState.FAILED),
        ((401, {}), LetterState.PENDING),
        ((429, {}), LetterState.PENDING),
        ((503, {}), LetterState.PENDING),
        (requests.ConnectTimeout(), LetterState.PENDING),
        (never_connected(), LetterState.PENDING),
        ((500, {}), LetterState.UNCERTAIN),
        ((200, {"not": "what was expected"}), LetterState.UNCERTAIN),
        (requests.ReadTimeout(), LetterState.UNCERTAIN),
        (requests.ConnectionError("reset by peer"), LetterState.UNCERTAIN),
    ],
    ids=str,
)
def test_an_answer_that_leaves_doubt_is_never_taken_for_a_refusal(
    provider, answer, state
):
    answers, asked = provider

    letter = letter_after(answers, answer)

    assert letter.state == state
    assert bool(letter.sentence) is (state != LetterState.SENT)
    assert len(asked) == 1


def test_the_provider_gets_our_headers_and_may_not_track(provider):
    answers, asked = provider

    letter = letter_after(answers, (200, TAKEN))

    sent = json.loads(asked[0]["data"])
    headers = {header["Name"]: header["Value"] for header in sent["Headers"]}
    assert headers["Message-ID"] == letter.message_id
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http")
    assert sent["To"] == ADDRESS
    assert sent["TrackOpens"] is False
    assert sent["TrackLinks"] == "None"
