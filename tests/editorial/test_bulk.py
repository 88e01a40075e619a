"""One action on many documents: each by itself, by the rules of the single step."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comparisons.models import Comparison
from editorial import bulk
from editorial.bulk import LEASE, do_item, rehearse, start_job, sweep, work_on_jobs
from editorial.models import BulkJob, EditorialEvent, ItemResult, Publication, Recheck
from editorial.problems import WrongStateError
from editorial.review import submit
from editorial.workflow import schedule
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
)
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import HOUR, NOON, approved, edit, live_titles

pytestmark = pytest.mark.django_db

SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return make_publisher("pat")


def results(job):
    return list(job.items.values_list("result", "sentence"))


DONE = (ItemResult.DONE, "")


def test_each_document_is_done_or_refused_by_itself(publisher):
    ready, bare, verdict = make_comparison(), make_comparison(), make_verdict()
    for document in (ready, verdict):
        approved(document, by=publisher)

    job = start_job("publish", [ready, bare, verdict], by=publisher, note="All new.")
    assert not Publication.objects.exists()
    sweep()

    unread = "Nobody has approved this text yet. Send it to review."
    assert results(job) == [DONE, (ItemResult.REFUSED, unread), DONE]
    assert sorted(live_titles()) == sorted([ready.title, verdict.title])
    assert set(Publication.objects.values_list("change_note", flat=True)) == {
        "All new."
    }
    job.refresh_from_db()
    assert job.finished_at == NOON


@pytest.mark.parametrize("verb", bulk.STEPS)
def test_every_verb_does_what_its_single_step_does(verb, publisher):
    comparison = make_comparison()
    if verb in {"publish", "schedule", "request_changes"}:
        approved(comparison, by=publisher)
    if verb in {"cancel"}:
        approved(comparison, by=publisher)
        schedule(comparison, by=publisher, at=NOON + HOUR)
    if verb in {"withdraw", "recheck"}:
        comparison = make_published_comparison()
    at = NOON + HOUR if verb == "schedule" else None

    job = start_job(verb, [comparison], by=publisher, note="For a reason.", at=at)
    sweep()

    assert results(job) == [DONE]
    event = EditorialEvent.objects.of_document(comparison.uid).first()
    assert (event.action, event.actor, event.note) == (verb, publisher, "For a reason.")


def test_a_page_that_others_use_is_withdrawn_alone_and_not_in_bulk(publisher):
    used = make_published_comparison()
    path = Publication.objects.of_document(used.uid).get().path
    make_comparison().related.create(label="The other", path=path)

    [sentence] = rehearse("withdraw", used, by=publisher)

    assert sentence == "Other pages use it. Withdraw it alone, where you see which."


@pytest.mark.parametrize(
    ("verb", "what"),
    [("submit", "review"), ("publish", "publish"), ("schedule", "schedule")],
)
def test_what_is_live_as_it_is_is_no_news(verb, what, publisher):
    comparison = make_published_comparison()

    job = start_job(verb, [comparison], by=publisher, at=NOON + HOUR)
    sweep()

    sentence = f"There is nothing to {what}: readers see exactly this text already."
    assert results(job) == [(ItemResult.REFUSED, sentence)]
    assert Publication.objects.count() == 1


def test_what_was_edited_since_it_went_live_is_news(publisher):
    comparison = make_published_comparison()
    edit(comparison, by=publisher, thesis="They differ in another way.")

    job = start_job("submit", [comparison], by=publisher)
    sweep()

    assert results(job) == [DONE]


def test_nobody_approves_verifies_or_deletes_in_bulk(publisher):
    for verb in ("approve", "verify", "delete", "edit"):
        with pytest.raises(KeyError):
            start_job(verb, [make_comparison()], by=publisher)


def test_a_job_has_one_to_two_hundred_documents(publisher, monkeypatch):
    with pytest.raises(WrongStateError):
        start_job("submit", [], by=publisher)
    monkeypatch.setattr(bulk, "MAX_ITEMS", 1)
    with pytest.raises(WrongStateError):
        start_job("submit", [make_comparison(), make_comparison()], by=publisher)


def test_rights_are_those_of_the_moment_in_which_an_item_is_done(publisher):
    documents = [make_comparison(), make_comparison()]
    job = start_job("submit", documents, by=publisher)
    first, second = job.items.all()
    do_item(first.pk)

    publisher.groups.clear()
    do_item(second.pk)

    refusal = "Your account may not submit this comparison."
    assert results(job) == [DONE, (ItemResult.REFUSED, refusal)]


def test_a_rehearsal_says_what_would_happen_and_changes_nothing(publisher):
    comparison = make_comparison()
    before = EditorialEvent.objects.count()

    assert rehearse("submit", comparison, by=publisher) == []
    assert "Nobody has approved" in rehearse("schedule", comparison, by=publisher)[0]
    assert "may not publish" in rehearse("publish", comparison, by=make_writer())[0]

    assert EditorialEvent.objects.count() == before
    assert Comparison.objects.get().review_state == "draft"


def test_an_item_that_breaks_is_told_and_the_others_are_done(publisher, monkeypatch):
    broken, sound = make_comparison(title="Broken"), make_comparison()

    def break_some(document, **options):
        submit(document, **options)
        if document.title == "Broken":
            raise ZeroDivisionError

    monkeypatch.setitem(bulk.STEPS, "submit", break_some)
    job = start_job("submit", [broken, sound], by=publisher)
    sweep()

    assert [result for result, _ in results(job)] == [
        ItemResult.FAILED,
        ItemResult.DONE,
    ]
    broken.refresh_from_db()
    assert broken.review_state == "draft"


def test_a_document_deleted_meanwhile_is_told(publisher):
    comparison = make_comparison()
    job = start_job("submit", [comparison], by=publisher)
    comparison.delete()

    sweep()

    assert results(job) == [(ItemResult.REFUSED, "The document was deleted.")]


def test_no_item_is_done_twice(publisher):
    job = start_job("submit", [make_comparison()], by=publisher)
    item = job.items.get()

    assert [do_item(item.pk), do_item(item.pk)] == [True, False]
    assert sweep() == 0
    assert EditorialEvent.objects.of_action("submit").count() == 1


def test_a_job_left_half_done_waits_for_its_lease_and_is_finished(publisher, clock):
    job = start_job("submit", [make_comparison(), make_comparison()], by=publisher)
    taken = bulk._claim()
    do_item(taken.items.first().pk)

    clock.shift(LEASE - SECOND)
    assert sweep() == 0
    clock.shift(SECOND)
    assert sweep() == 1

    assert results(job) == [DONE, DONE]
    job.refresh_from_db()
    assert job.finished_at == timezone.now()


def test_a_worker_whose_lease_ran_out_stops(publisher, clock):
    start_job("submit", [make_comparison()], by=publisher)
    slow = bulk._claim()
    clock.shift(LEASE)
    assert sweep() == 1

    assert bulk._work(slow) == 0
    assert BulkJob.objects.unfinished().count() == 0


def test_the_task_leaves_a_successor_for_when_it_is_killed(publisher, clock):
    start_job("submit", [make_comparison()], by=publisher)
    assert DBTaskResult.objects.ready().count() == 1

    work_on_jobs.call()

    later = DBTaskResult.objects.exclude(run_after__gt=NOON + HOUR)
    assert later.get().run_after == NOON + LEASE
    assert work_on_jobs.call() == 0
    assert DBTaskResult.objects.count() == 2


def test_a_job_that_is_rolled_back_leaves_no_task(publisher):
    with pytest.raises(WrongStateError):
        start_job("submit", [], by=publisher)

    assert not DBTaskResult.objects.exists()


def test_the_command_does_what_waits(publisher, capsys):
    start_job("submit", [make_comparison()], by=publisher)

    call_command("run_jobs")
    call_command("run_jobs")

    assert capsys.readouterr().out == "1 item done\n0 items done\n"


def test_a_re_check_is_asked_for_once_and_closed_by_a_new_version(publisher):
    comparison = make_published_comparison()
    for _ in range(2):
        start_job("recheck", [comparison], by=publisher, note="A reader wrote.")
    draft = make_comparison()
    job = start_job("recheck", [draft], by=publisher, note="A reader wrote.")
    sweep()

    assert Recheck.objects.get().reason == "A reader wrote."
    assert "not public" in results(job)[0][1]
    edit(comparison, thesis="Other words.")
    approved(comparison, by=publisher)
    start_job("publish", [comparison], by=publisher)
    sweep()
    assert not Recheck.objects.open().exists()
