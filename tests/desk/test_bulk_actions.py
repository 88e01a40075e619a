"""Actions on ticked rows: what would happen, the job, and how far it is."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from editorial.bulk import LEASE, start_job, sweep
from editorial.models import BulkJob, EditorialEvent, Publication
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import NOON, approved

pytestmark = pytest.mark.django_db

LIST = "/admin/comparisons/comparison/"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher(client):
    person = make_publisher("pat")
    client.force_login(person)
    return person


def choose(client, verb, *documents):
    keys = [document.pk for document in documents]
    return client.post(LIST, {"action": verb, "_selected_action": keys})


def confirm(client, verb, *documents, **data):
    url = reverse("admin:comparisons_comparison_bulk", args=[verb])
    keys = [document.pk for document in documents]
    return client.post(url, {"document": keys, "note": "So it is.", **data})


def job_url(job):
    return reverse("admin:editorial_bulkjob_change", args=[job.pk])


def test_the_confirmation_tells_what_would_happen_to_each_and_does_nothing(
    client, publisher
):
    ready, bare = make_comparison(title="Ready"), make_comparison(title="Bare")
    approved(ready, by=publisher)
    before = EditorialEvent.objects.count()

    response = choose(client, "publish", ready, bare)

    told = {
        prospect.document.title: prospect.objections
        for prospect in response.context["prospects"]
    }
    assert told["Ready"] == []
    assert "Nobody has approved" in told["Bare"][0]
    assert "1 of 2" in response.content.decode()
    assert EditorialEvent.objects.count() == before
    assert not BulkJob.objects.exists()


def test_what_is_confirmed_becomes_a_job_with_a_result_per_document(client, publisher):
    ready, bare = make_comparison(title="Ready"), make_comparison(title="Bare")
    approved(ready, by=publisher)

    response = confirm(client, "publish", ready, bare)
    job = BulkJob.objects.get()
    assert response["Location"] == job_url(job)
    waiting = client.get(job_url(job)).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert ">Refresh</a>" in waiting
    sweep()

    page = client.get(job_url(job)).content.decode()
    assert "Finished: 1 done, 1 refused, 0 failed." in page
    assert "Nobody has approved this text yet" in page
    assert "hx-trigger" not in page
    assert Publication.objects.get().change_note == "So it is."


def test_a_reason_is_asked_for_and_a_moment_must_lie_ahead(client, publisher):
    comparison = make_comparison()

    lacking = confirm(client, "request-changes", comparison, note="")
    assert lacking.context["form"].errors["note"]
    past = confirm(
        client, "schedule", comparison, at_0=f"{NOON:%Y-%m-%d}", at_1="11:59"
    )
    assert "moment in the future" in past.content.decode()
    assert not BulkJob.objects.exists()

    confirm(client, "schedule", comparison, at_0="2027-01-01", at_1="09:00")
    assert BulkJob.objects.get().at == datetime.datetime(
        2027, 1, 1, 9, tzinfo=datetime.UTC
    )


def test_only_actions_that_one_may_take_are_offered(client, publisher):
    make_comparison()

    def offered():
        form = client.get(LIST).context["action_form"]
        return [name for name, _ in form.fields["action"].choices if name]

    everything = ["submit", "request_changes", "publish", "schedule", "cancel"]
    assert offered() == [*everything, "recheck", "withdraw"]
    client.force_login(make_writer())
    assert offered() == ["submit"]


@pytest.mark.parametrize("verb", ["approve", "verify", "delete", "edit"])
def test_nothing_else_is_done_in_bulk(client, publisher, verb):
    comparison = make_comparison()

    assert confirm(client, verb, comparison).status_code == 404
    choose(client, verb, comparison)
    assert not BulkJob.objects.exists()


def test_a_writer_is_refused_the_actions_of_a_publisher(client):
    comparison = make_comparison()
    client.force_login(make_writer())

    assert confirm(client, "withdraw", comparison).status_code == 403
    assert confirm(client, "submit", comparison).status_code == 302
    job = BulkJob.objects.get()
    assert client.get(job_url(job)).status_code == 200
    client.force_login(make_person())
    assert client.get(job_url(job)).status_code == 403
    assert confirm(client, "submit", comparison).status_code == 403


def test_a_job_needs_a_post(client, publisher):
    url = reverse("admin:comparisons_comparison_bulk", args=["submit"])

    assert client.get(url).status_code == 405


def test_nothing_chosen_makes_no_job(client, publisher):
    assert confirm(client, "submit").status_code == 200
    assert not BulkJob.objects.exists()


def test_the_page_says_when_no_worker_comes_and_when_one_has_stopped(
    client, publisher, clock
):
    job = start_job("submit", [make_comparison()], by=publisher)
    lacking, stopped = "No worker has picked", "The worker stopped"

    def page():
        return client.get(job_url(job)).content.decode()

    clock.shift(19 * SECOND)
    assert lacking not in page()
    clock.shift(SECOND)
    assert lacking in page()
    assert "run_jobs" in page()

    BulkJob.objects.update(started_at=NOON, leased_until=NOON + 20 * SECOND + LEASE)
    assert lacking not in page()
    clock.shift(LEASE)
    assert stopped in page()
    sweep()
    assert stopped not in page()


def test_more_documents_ask_no_more_statements(
    client, publisher, django_assert_max_num_queries
):
    job = start_job("submit", [make_comparison() for _ in range(15)], by=publisher)

    with django_assert_max_num_queries(8):
        client.get(job_url(job))


def test_the_list_of_jobs_tells_how_far_each_is(client, publisher):
    start_job("submit", [make_comparison()], by=publisher)

    page = client.get(reverse("admin:editorial_bulkjob_changelist")).content.decode()

    assert "0 of 1, 0 refused" in page
