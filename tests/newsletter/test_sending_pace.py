"""At most so many letters a second, shared by whoever sends them."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from newsletter.pacing import Pace, reserve
from tests.newsletter.mail_factories import make_built_mailing

pytestmark = pytest.mark.django_db


def test_moments_are_given_out_once_and_as_many_as_a_second_allows():
    mailing = make_built_mailing(per_second=20)

    moments = [moment for _ in range(30) for moment in reserve(mailing.pk)]

    assert len(set(moments)) == len(moments) == 60
    span = moments[-1] - moments[0]
    assert span >= datetime.timedelta(seconds=59 / 20)


def test_two_workers_share_the_pace_of_a_mailing():
    mailing = make_built_mailing(per_second=5)
    waits = []

    with time_machine.travel(timezone.now(), tick=False):
        workers = [Pace(waits.append), Pace(waits.append)]
        for worker in workers * 5:
            worker.wait(mailing.pk)

    assert [round(each, 3) for each in waits] == [each / 5 for each in range(1, 10)]


def test_moments_that_passed_unused_are_not_made_up_for():
    mailing = make_built_mailing(per_second=50)
    waits = []
    pace = Pace(waits.append)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        pace.wait(mailing.pk)
        clock.shift(60)
        for _ in range(50):
            pace.wait(mailing.pk)

    assert len(waits) == 49  # the first of each begins at once
    assert max(waits) == pytest.approx(49 / 50)
