"""Letters in the hands of a worker: given back, taken away, or in doubt."""

import uuid

import pytest
from django.utils import timezone

from newsletter import sending
from newsletter.claiming import LEASE, LOST, begin, claim_next, give_back, recover
from newsletter.models import Letter, LetterState
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_factories import (
    make_built_mailing,
    make_readers,
)

pytestmark = pytest.mark.django_db


def states():
    return sorted(Letter.objects.values_list("state", flat=True))


def claimed_letter():
    mark = uuid.uuid4()
    (letter,) = claim_next(mark)
    return letter, mark


def test_a_claim_whose_lease_ran_out_waits_again():
    make_subscriber()
    make_built_mailing()
    letter, mark = claimed_letter()

    recover(timezone.now())
    assert states() == ["claimed"]
    recover(timezone.now() + LEASE)

    assert states() == ["pending"]
    assert begin(letter, mark).name == "SKIP"  # the slow worker has lost it


def test_a_letter_in_the_hands_of_a_dead_worker_becomes_uncertain():
    make_subscriber()
    make_built_mailing()
    letter, mark = claimed_letter()
    assert begin(letter, mark).name == "GO"

    recover(timezone.now() + LEASE)
    recover(timezone.now() + 10 * LEASE)

    letter.refresh_from_db()
    assert (letter.state, letter.sentence) == (LetterState.UNCERTAIN, LOST)


def test_a_slow_worker_still_says_what_became_of_its_letter():
    make_subscriber()
    make_built_mailing()
    letter, mark = claimed_letter()
    begin(letter, mark)
    recover(timezone.now() + LEASE)

    sending.write_outcome(letter, mark, sending.Outcome(sending.Verdict.SENT))

    assert states() == ["sent"]


def test_what_a_worker_did_not_begin_is_given_back_untried():
    make_readers(3)
    make_built_mailing()
    mark = uuid.uuid4()
    first, *_ = claim_next(mark)
    begin(first, mark)

    assert give_back(mark) == 2

    assert states() == ["pending", "pending", "sending"]
    assert Letter.objects.pending().filter(attempts=0).count() == 2
