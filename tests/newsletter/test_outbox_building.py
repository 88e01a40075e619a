"""The rows of a mailing: one for each who wants it, whatever happens in between."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter import building
from newsletter.building import build, build_lot
from newsletter.models import (
    Letter,
    Mailing,
    MailingKind,
    MailingState,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from newsletter.spelling import address_hash
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_factories import (
    make_built_mailing,
    make_mailing,
    make_readers,
    watch,
)

pytestmark = pytest.mark.django_db


def addresses_of(mailing):
    return sorted(mailing.letters.values_list("address", flat=True))


def suppress(address, reason):
    return Suppression.objects.create(address_hash=address_hash(address), reason=reason)


def test_a_digest_goes_to_everybody_who_wants_it_today():
    today = timezone.now().date()
    day = datetime.timedelta(days=1)
    make_subscriber("wants@example.org")
    make_subscriber("was-paused@example.org", paused_until=today)
    make_subscriber("pauses@example.org", paused_until=today + day)
    make_subscriber("only-notices@example.org", wants_digest=False)
    make_subscriber("left@example.org", state=SubscriberState.LEFT)
    make_subscriber("unconfirmed@example.org", state=SubscriberState.PENDING)

    mailing = make_built_mailing()

    assert addresses_of(mailing) == ["wants@example.org", "was-paused@example.org"]
    assert mailing.state == MailingState.SENDING


def test_a_notice_goes_once_to_whoever_watches_one_of_its_targets():
    one, other = uuid.uuid4(), uuid.uuid4()
    both = make_subscriber("both@example.org", wants_digest=False)
    watch(both, one)
    watch(both, other)
    watch(make_subscriber("else@example.org"), uuid.uuid4())
    watch(make_subscriber("left@example.org", state=SubscriberState.LEFT), one)

    mailing = make_built_mailing(
        kind=MailingKind.NOTICE, targets=(str(one), str(other))
    )

    assert addresses_of(mailing) == ["both@example.org"]


def test_whom_mail_does_not_reach_gets_no_row_and_who_came_back_does():
    make_subscriber("bounced@example.org")
    make_subscriber("came-back@example.org")
    suppress("bounced@example.org", SuppressionReason.HARD_BOUNCE)
    suppress("came-back@example.org", SuppressionReason.ERASED)

    assert addresses_of(make_built_mailing()) == ["came-back@example.org"]


def test_a_build_that_was_stopped_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(building, "LOT", 4)
    make_readers(10)
    mailing = make_mailing()

    assert build_lot(mailing.pk)
    assert mailing.letters.count() == 4
    build(mailing)

    assert mailing.letters.count() == 10
    assert mailing.letters.values("subscriber").distinct().count() == 10


def test_a_lot_that_is_built_twice_makes_no_second_rows(monkeypatch):
    monkeypatch.setattr(building, "LOT", 4)
    make_readers(6)
    mailing = make_built_mailing()
    Mailing.objects.update(built_to=0, state=MailingState.BUILDING)

    build(mailing)

    assert mailing.letters.count() == 6


def test_the_table_itself_refuses_a_second_row():
    reader = make_subscriber()
    mailing = make_built_mailing()

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(mailing=mailing, subscriber=reader, address="x@y.org")


@pytest.mark.parametrize("state", [MailingState.PAUSED, MailingState.CANCELLED])
def test_a_build_ends_where_its_mailing_is_stopped(monkeypatch, state):
    monkeypatch.setattr(building, "LOT", 4)
    make_readers(10)
    mailing = make_mailing()
    build_lot(mailing.pk)
    Mailing.objects.update(state=state)

    build(mailing)

    assert mailing.letters.count() == 4
    assert Mailing.objects.get().state == state


def test_the_statements_of_a_lot_do_not_grow_with_it(django_assert_num_queries):
    make_readers(50)
    mailing = make_mailing()

    with django_assert_num_queries(7):  # two of them savepoints
        build_lot(mailing.pk)
