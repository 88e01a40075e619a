"""Who may do what to a bundle, and what the log says of it."""

import pytest
import time_machine
from django.contrib.auth.models import Permission

from editorial.bundles import (
    BundleRefusedError,
    add_to_bundle,
    cancel_bundle,
    create_bundle,
    release_bundle,
    remove_from_bundle,
)
from editorial.models import EditorialEvent, Publication
from editorial.problems import NotAllowedError
from tests.comparisons.factories import make_comparison
from tests.editorial.bundle_steps import make_ready_bundle
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return make_publisher("pat")


def test_each_document_keeps_its_own_rights(publisher):
    bundle, _ = make_ready_bundle(publisher)
    half = make_person("half")
    for name in ("change_bundle", "publish_comparison", "schedule_comparison"):
        half.user_permissions.add(permission(name))

    with pytest.raises(BundleRefusedError) as refused:
        release_bundle(bundle, by=half)
    assert [str(problem).split(": ")[1] for problem in refused.value.problems] == [
        "Your account may not publish this verdict."
    ]

    release_bundle(bundle, by=publisher, at=NOON + HOUR)
    with pytest.raises(BundleRefusedError, match="may not cancel"):
        cancel_bundle(bundle, by=half)
    assert Publication.objects.upcoming(NOON).count() == 2


def permission(codename):
    return Permission.objects.get(codename=codename)


def test_a_writer_changes_no_bundle(publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    writer = make_writer()

    with pytest.raises(NotAllowedError):
        create_bundle(name="Mine", by=writer)
    with pytest.raises(NotAllowedError):
        add_to_bundle(bundle, make_comparison(), by=writer)
    with pytest.raises(NotAllowedError):
        remove_from_bundle(bundle, comparison.uid, by=writer)
    with pytest.raises(NotAllowedError):
        release_bundle(bundle, by=writer)


def test_every_document_logs_the_name_of_its_bundle(publisher):
    bundle, documents = make_ready_bundle(publisher)
    release_bundle(bundle, by=publisher, at=NOON + HOUR, note="The launch.")
    cancel_bundle(bundle, by=publisher, note="Too early.")

    for document in documents:
        events = EditorialEvent.objects.of_document(document.uid)
        assert events.of_action("schedule").get().note == (
            "With the bundle “Launch”. The launch."
        )
        assert events.of_action("cancel").get().note == (
            "The bundle “Launch” was cancelled. Too early."
        )
    notes = set(Publication.objects.values_list("change_note", flat=True))
    assert notes == {"The launch."}
