"""Reports of mail providers: signed, counted once, acted on."""

import base64
import datetime
import hashlib
import hmac
import json

import pytest
import time_machine
from django.utils import timezone

from newsletter import sending
from newsletter.bounces import EVENTS_KEPT_DAYS, SOFT_DAYS, forget_events
from newsletter.models import (
    MailEvent,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from newsletter.spelling import address_hash
from newsletter.webhook import VIEWS
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_factories import make_built_mailing

pytestmark = pytest.mark.django_db

POSTMARK = "/mail/events/postmark/"
MAILGUN = "/mail/events/mailgun/"
PASSWORD = "hooks:a-long-password"
KEY = "a-signing-key"
ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def _secrets(settings):
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": PASSWORD,
        "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
    }


@pytest.fixture
def reader():
    return make_subscriber(ADDRESS)


def postmark(client, *, password=PASSWORD, number=1, **fields):
    event = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": number,
        "MessageID": f"message-{number}",
        "Email": ADDRESS,
        "BouncedAt": "2026-11-26T10:00:00Z",
        "Details": "smtp;550 5.1.1 unknown",
    } | fields
    header = "Basic " + base64.b64encode(password.encode()).decode()
    return client.post(
        POSTMARK,
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": header},
    )


def mailgun(client, *, key=KEY, nonce="one", **fields):
    stamp = "1795687200"
    told = f"{stamp}{nonce}".encode()
    signature = hmac.new(key.encode(), told, hashlib.sha256).hexdigest()
    data = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "recipient": ADDRESS,
        "timestamp": 1795687200.5,
        "message": {"headers": {"message-id": "one@example.org"}},
        "delivery-status": {"code": 550, "message": "5.1.1 unknown"},
    } | fields
    sealed = {"token": nonce, "timestamp": stamp, "signature": signature}
    return client.post(
        MAILGUN,
        json.dumps({"signature": sealed, "event-data": data}),
        content_type="application/json",
    )


def suppressed_as():
    row = Suppression.objects.filter(address_hash=address_hash(ADDRESS)).first()
    return row.reason if row else None


@pytest.mark.parametrize("report", [postmark, mailgun])
def test_a_hard_bounce_counts_at_once(client, reader, report):
    assert report(client).status_code == 200

    reader.refresh_from_db()
    assert suppressed_as() == SuppressionReason.HARD_BOUNCE
    assert reader.state == SubscriberState.LEFT
    assert reader.left_at is not None


def test_a_complaint_counts_at_once(client, reader):
    postmark(client, RecordType="SpamComplaint", Type="SpamComplaint")

    reader.refresh_from_db()
    assert suppressed_as() == SuppressionReason.COMPLAINT
    assert reader.state == SubscriberState.LEFT


def test_soft_bounces_count_from_the_third_in_30_days(client, reader):
    for number in (1, 2):
        postmark(client, Type="SoftBounce", number=number)
    assert suppressed_as() is None

    postmark(client, Type="SoftBounce", number=3)

    reader.refresh_from_db()
    assert suppressed_as() == SuppressionReason.SOFT_BOUNCES
    assert reader.state == SubscriberState.LEFT


def test_soft_bounces_of_long_ago_are_forgiven(client, reader):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=SOFT_DAYS)):
        for number in (1, 2):
            postmark(client, Type="SoftBounce", number=number)

    postmark(client, Type="SoftBounce", number=3)

    assert suppressed_as() is None


def test_a_report_that_comes_again_counts_once(client, reader):
    for _ in range(3):
        assert postmark(client, Type="SoftBounce").status_code == 200

    assert MailEvent.objects.count() == 1
    assert suppressed_as() is None


def test_mailgun_may_sign_the_same_report_anew(client, reader):
    mailgun(client, nonce="one")
    mailgun(client, nonce="two")

    assert MailEvent.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"RecordType": "Delivery"},
        {"RecordType": "Open"},
        {"RecordType": "Click"},
        {"Type": "Transient"},
        {"Type": "AutoResponder"},
    ],
    ids=lambda fields: "-".join(fields.values()),
)
def test_what_says_nothing_of_the_address_is_not_kept(client, reader, fields):
    assert postmark(client, **fields).status_code == 200

    assert not MailEvent.objects.exists()
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE


def test_a_delay_that_mailgun_reports_is_no_bounce(client, reader):
    mailgun(client, severity="temporary")

    assert not MailEvent.objects.exists()


def test_who_leaves_by_the_providers_button_has_left_and_may_come_back(client, reader):
    mailgun(client, event="unsubscribed")

    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
    assert suppressed_as() is None


@pytest.mark.parametrize("password", ["", "hooks:wrong", "a-long-password"])
def test_a_report_without_the_password_is_refused(client, reader, password):
    assert postmark(client, password=password).status_code == 400

    assert not MailEvent.objects.exists()
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE


def test_a_report_with_a_wrong_signature_is_refused(client, reader):
    assert mailgun(client, key="another-key").status_code == 400

    assert not MailEvent.objects.exists()


@pytest.fixture
def no_password(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "", "MAILGUN_WEBHOOK_SIGNING_KEY": ""}


@pytest.mark.usefixtures("no_password", "reader")
def test_without_a_secret_there_is_no_such_page(client):
    assert postmark(client, password=":").status_code == 404
    assert mailgun(client, key="").status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_posts_are_taken(client, method):
    assert getattr(client, method)(POSTMARK).status_code == 405


def test_an_unknown_provider_has_no_page(client):
    assert client.post("/mail/events/somebody/").status_code == 404


def test_another_spelling_of_the_address_is_the_same(client):
    reader = make_subscriber("Reader@bücher.example")

    postmark(client, Email="READER@xn--bcher-kva.example")

    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT


def test_who_bounced_between_build_and_sending_gets_nothing(client, reader, recorder):
    make_built_mailing()
    postmark(client)

    sending.sweep(seconds=30)

    assert recorder.taken == []


def test_an_erased_address_that_bounces_is_barred_for_that(client):
    Suppression.objects.create(
        address_hash=address_hash(ADDRESS), reason=SuppressionReason.ERASED
    )

    postmark(client)

    assert suppressed_as() == SuppressionReason.HARD_BOUNCE


def test_no_report_holds_an_address_and_old_ones_go(client, reader):
    postmark(client)
    event = MailEvent.objects.get()
    assert ADDRESS not in f"{event.key} {event.address_hash} {event}"

    forget_events(timezone.now() + datetime.timedelta(days=EVENTS_KEPT_DAYS + 1))

    assert not MailEvent.objects.exists()
    assert suppressed_as() == SuppressionReason.HARD_BOUNCE


def posted(client, provider, data, **headers):
    path = f"/mail/events/{provider}/"
    text = data if isinstance(data, str) else json.dumps(data)
    return client.post(path, text, content_type="application/json", headers=headers)


def with_password():
    return {"Authorization": "Basic " + base64.b64encode(PASSWORD.encode()).decode()}


@pytest.mark.parametrize(
    ("sort", "is_hard"), [("hard_bounced", True), ("soft_bounced", False)]
)
def test_mailersend_signs_and_says_it_by_a_word(
    client, reader, settings, sort, is_hard
):
    settings.ANYMAIL["MAILERSEND_SIGNING_SECRET"] = KEY
    email = {"message": {"id": "one"}, "recipient": {"email": ADDRESS}}
    text = json.dumps(
        {"type": f"activity.{sort}", "data": {"type": sort, "id": "1", "email": email}}
    )
    signature = hmac.new(KEY.encode(), text.encode(), hashlib.sha256).hexdigest()

    assert posted(client, "mailersend", text, Signature="of another").status_code == 400
    assert suppressed_as() is None
    assert posted(client, "mailersend", text, Signature=signature).status_code == 200

    assert (suppressed_as() == SuppressionReason.HARD_BOUNCE) is is_hard


def test_a_soft_bounce_of_mailtrap_is_no_mere_delay(client, reader):
    for number in (1, 2, 3):
        event = {"event": "soft bounce", "email": ADDRESS, "event_id": str(number)}
        event |= {"message_id": str(number), "timestamp": 1795687200 + number}
        posted(client, "mailtrap", {"events": [event]}, **with_password())

    assert suppressed_as() == SuppressionReason.SOFT_BOUNCES


@pytest.mark.parametrize("provider", sorted(VIEWS))
def test_a_provider_that_is_not_set_up_has_no_address(client, settings, provider):
    settings.ANYMAIL = {}

    assert posted(client, provider, {}).status_code == 404
