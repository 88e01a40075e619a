"""Taking pages down, bringing texts back, and what a changed fact asks."""

import pytest
import time_machine
from django.utils import timezone

from editorial.drafts import record_save
from editorial.models import Recheck
from editorial.problems import NotReadyError, WrongStateError
from editorial.rechecks import open_rechecks
from editorial.review import approve, submit
from editorial.status import status_of
from editorial.workflow import restore, schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    publish_document,
)
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import HOUR, approved, edit, live_titles

pytestmark = pytest.mark.django_db


def test_withdrawing_takes_the_page_and_its_schedule_down():
    comparison = make_comparison()
    publisher = make_publisher()
    publish_document(comparison, by=publisher)
    edit(comparison, thesis="Planned words.")
    approved(comparison, by=publisher)
    schedule(comparison, by=publisher, at=timezone.now() + HOUR)

    withdraw(comparison, by=publisher, note="The project ended.")

    assert status_of(comparison, timezone.now()).label == "retired"
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert live_titles() == []


def test_what_is_not_public_cannot_be_withdrawn():
    with pytest.raises(WrongStateError):
        withdraw(make_comparison(), by=make_publisher(), note="x")


def test_restoring_an_old_version_changes_the_draft_and_not_the_page():
    comparison = make_comparison(thesis="First words.")
    publisher = make_publisher()
    first = publish_document(comparison, by=publisher)
    edit(comparison, thesis="Second words.")
    second = publish_document(comparison, by=publisher)

    restore(comparison, by=publisher, body=first.body, note="The first was better.")

    assert comparison.thesis == "First words."
    assert comparison.working_digest == first.digest
    assert status_of(comparison, timezone.now()).live == second


def test_restoring_brings_back_a_deleted_child_with_its_uid():
    comparison = make_comparison()
    publisher = make_publisher()
    first = publish_document(comparison, by=publisher)
    uid = comparison.rules.first().uid
    comparison.rules.all().delete()
    record_save(comparison, by=None)

    restore(comparison, by=publisher, body=first.body, note="Rules are needed.")

    assert comparison.rules.first().uid == uid


def test_an_address_that_another_document_had_is_refused():
    make_published_comparison(names=["Alpha", "Beta"])
    engines = make_published_comparison(names=["Gamma", "Delta"]).sides.all()
    taken = make_comparison(names=["Alpha two", "Beta two"])
    first = type(taken).objects.exclude(pk=taken.pk).order_by("pk").first()
    for side, other in zip(taken.sides.all(), first.sides.all(), strict=True):
        side.engine = other.engine
        side.save()
    record_save(taken, by=None)
    submit(taken, by=make_writer())

    with pytest.raises(NotReadyError, match="belongs to another document"):
        approve(taken, by=make_publisher(), digest=taken.working_digest)
    assert engines.count() == 2


def test_a_changed_fact_opens_a_recheck_on_the_documents_that_use_it():
    comparison = make_published_comparison()
    make_published_comparison()
    uid = comparison.sides.first().engine.uid

    open_rechecks("engine", [uid], reason="The licence changed.")

    marks = Recheck.objects.open()
    assert [mark.document_uid for mark in marks] == [comparison.uid]
    assert status_of(comparison, timezone.now()).needs_recheck


def test_publishing_closes_the_rechecks_of_the_document():
    comparison = make_published_comparison()
    uid = comparison.sides.first().engine.uid
    open_rechecks("engine", [uid], reason="The licence changed.")
    edit(comparison, thesis="Looked at again.")

    publish_document(comparison)

    assert not Recheck.objects.open().exists()
