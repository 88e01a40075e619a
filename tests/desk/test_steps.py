"""The workflow's steps as the desk offers them."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.desk.steps import STEPS
from editorial.models import Publication
from editorial.review import approve, submit
from editorial.status import status_of
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
)
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import edit

pytestmark = pytest.mark.django_db


def desk_url(document, view, *args):
    name = f"admin:{document._meta.app_label}_{document._meta.model_name}_{view}"
    return reverse(name, args=[document.pk, *args])


def step_url(document, verb):
    return desk_url(document, "step", verb.replace("_", "-"))


def take(client, document, verb, **data):
    document.refresh_from_db()
    data = {"digest": document.working_digest, "note": "So it is.", **data}
    return client.post(step_url(document, verb), data)


def test_a_text_goes_from_draft_to_published_by_two_people(client):
    comparison = make_comparison()
    client.force_login(make_writer())
    take(client, comparison, "submit")
    client.force_login(make_publisher("pat"))
    take(client, comparison, "approve")

    response = take(client, comparison, "publish", note="The first version.")

    assert response.status_code == 302
    publication = Publication.objects.get()
    assert publication.published_by_name == "pat"
    assert publication.change_note == "The first version."


def test_a_text_is_sent_to_a_reviewer_who_can_be_changed_later(client):
    wilma, pat, rita = make_writer("wilma"), make_publisher("pat"), make_publisher()
    comparison = make_comparison(by=wilma)
    client.force_login(wilma)
    page = client.get(step_url(comparison, "submit")).context["form"]
    assert set(page.fields["assignee"].queryset) == {pat, rita}

    data = {"assignee": pat.pk, "due_on": "2999-12-03", "note": "Mind the prices."}
    take(client, comparison, "submit", **data)
    panel = client.get(desk_url(comparison, "change")).content.decode()
    assert "With <strong>pat</strong>, until 3 Dec 2999" in panel
    assert "Mind the prices." in panel

    form = client.get(step_url(comparison, "assign")).context["form"]
    assert form.initial["assignee"] == pat
    take(client, comparison, "assign", assignee=rita.pk)
    comparison.refresh_from_db()
    assert (comparison.assigned_to, comparison.assigned_due_on) == (rita, None)


def test_a_reviewer_who_wrote_the_text_and_a_day_that_has_passed_are_refused(client):
    author = make_publisher()
    make_publisher()
    comparison = make_comparison(by=author)
    client.force_login(author)
    data = {"assignee": author.pk, "due_on": "2020-01-01", "note": "Words to keep."}

    page = take(client, comparison, "submit", **data).content.decode()

    assert "This day has passed. Choose today or later." in page
    assert "Select a valid choice" in page
    assert "Words to keep." in page
    comparison.refresh_from_db()
    assert comparison.review_state == "draft"


def test_a_review_that_is_overdue_is_marked_in_the_panel(client):
    comparison = make_comparison()
    pat = make_publisher("pat")
    day = timezone.now().date() - datetime.timedelta(days=2)
    submit(comparison, by=make_writer(), assignee=pat, due_on=day)
    client.force_login(pat)

    panel = client.get(desk_url(comparison, "change")).content.decode()

    assert "Overdue by 2 days" in panel


def test_a_schedule_is_set_and_cancelled(client):
    comparison = make_comparison()
    publisher = make_publisher()
    submit(comparison, by=publisher)
    approve(comparison, by=publisher, digest=comparison.working_digest)
    client.force_login(publisher)

    take(client, comparison, "schedule", at_0="2999-01-01", at_1="12:00")
    comparison.refresh_from_db()
    assert status_of(comparison, timezone.now()).label == "scheduled"

    take(client, comparison, "cancel")
    assert status_of(comparison, timezone.now()).label == "draft"


def test_a_step_that_cannot_be_taken_says_why_and_changes_nothing(client):
    comparison = make_comparison()
    client.force_login(make_publisher())

    response = take(client, comparison, "publish")

    assert response.status_code == 200
    assert "Nobody has approved this text yet" in response.content.decode()
    assert not Publication.objects.exists()


@pytest.mark.parametrize("verb", STEPS)
def test_looking_at_a_step_changes_nothing(client, verb):
    comparison = make_published_comparison()
    before = (comparison.lock_version, Publication.objects.count())
    client.force_login(make_publisher())

    assert client.get(step_url(comparison, verb)).status_code == 200

    comparison.refresh_from_db()
    assert (comparison.lock_version, Publication.objects.count()) == before
    assert Publication.objects.live().count() == 1


@pytest.mark.parametrize(
    "verb", ["approve", "request_changes", "publish", "schedule", "cancel", "withdraw"]
)
def test_a_writer_is_refused_every_step_of_a_publisher(client, verb):
    comparison = make_published_comparison()
    client.force_login(make_writer())

    assert take(client, comparison, verb).status_code == 403


def test_a_person_without_a_group_sees_nothing_of_a_document(client):
    comparison = make_comparison()
    client.force_login(make_person())

    for view in ("versions", "preview", "preview_frame", "diff"):
        assert client.get(desk_url(comparison, view)).status_code == 403


def test_the_panel_says_what_is_owed_and_jumps_to_it(client):
    comparison = make_comparison(thesis="")
    client.force_login(make_writer())

    page = client.get(desk_url(comparison, "change")).content.decode()

    assert "“Thesis” is empty." in page
    assert 'href="#id_thesis"' in page


def test_the_panel_jumps_to_the_row_that_owes_something(client):
    comparison = make_comparison()
    rule = comparison.rules.last()
    rule.reason = "It is 3 times as fast."
    rule.save()
    client.force_login(make_writer())

    page = client.get(desk_url(comparison, "change")).content.decode()

    assert 'href="#rules-1"' in page


def test_the_author_is_told_why_they_may_not_approve(client):
    author, _other = make_publisher(), make_publisher()
    comparison = make_comparison(by=author)
    submit(comparison, by=author)
    client.force_login(author)

    page = client.get(desk_url(comparison, "change")).content.decode()

    assert "somebody else has to approve it" in page


def test_the_confirmation_shows_what_readers_will_see_differently(client):
    comparison = make_published_comparison(thesis="Old words here.")
    comparison.thesis = "New words here."
    comparison.save()
    client.force_login(make_publisher())

    page = client.get(step_url(comparison, "publish")).content.decode()

    assert "<del>Old </del><ins>New </ins>" in page


def test_the_differences_are_grouped_by_part_and_row_and_the_rest_is_folded(client):
    comparison = make_published_comparison(names=["Alpha", "Beta", "Gamma"])
    first, second, _third = comparison.rules.all()
    first.position, first.situation = 9, "You want both"
    first.save()
    comparison.thesis = "New words here."
    comparison.save()
    client.force_login(make_writer())

    url = desk_url(comparison, "diff")
    page = client.get(url, {"old": "live", "new": "draft"}).content.decode()

    headings = re.findall(r'<h[34] class="changes__[^"]*">([^<]*)<', page)
    assert headings == ["Thesis", "Rules", "“You want both”"]
    assert "moved from place 1 to place 3" in page
    assert "What reads as it did" in page
    folded = page[page.index("<details") :]
    assert second.situation in folded
    assert comparison.title in folded


def test_every_text_can_be_compared_with_every_other(client):
    comparison = make_published_comparison()
    client.force_login(make_writer())
    page = client.get(desk_url(comparison, "versions"))
    keys = [text.key for text in page.context["texts"]]

    for key in ["draft", "live", *keys]:
        url = desk_url(comparison, "diff")
        assert client.get(url, {"old": key, "new": "draft"}).status_code == 200


def test_an_unknown_text_leads_back_to_the_list(client):
    comparison = make_comparison()
    client.force_login(make_writer())

    url = desk_url(comparison, "diff")
    response = client.get(url, {"old": "version-x", "new": "'"})

    assert response["Location"] == desk_url(comparison, "versions")


def test_restoring_needs_a_post(client):
    comparison = make_comparison()
    client.force_login(make_writer())

    assert client.get(desk_url(comparison, "restore")).status_code == 405


def test_a_verdict_has_the_same_desk(client):
    verdict = make_verdict()
    client.force_login(make_publisher())

    for view in ("change", "versions", "preview", "preview_frame"):
        assert client.get(desk_url(verdict, view)).status_code == 200


def test_a_text_whose_slug_somebody_took_is_not_brought_back(client):
    comparison = make_published_comparison(slug="first-slug")
    comparison.slug = "second-slug"
    comparison.save()
    make_comparison(slug="first-slug")
    client.force_login(make_publisher())

    url = desk_url(comparison, "restore")
    page = client.post(url, {"text": "version-1"}, follow=True)

    assert page.status_code == 200
    assert "has taken this text&#x27;s slug" in page.content.decode()
    comparison.refresh_from_db()
    assert comparison.slug == "second-slug"


def test_only_what_readers_will_see_begins_with_the_change_note(client):
    comparison = make_published_comparison()
    comparison.refresh_from_db()
    edit(comparison, change_note="Numbers renewed.")
    client.force_login(make_publisher())

    def offered(verb):
        form = client.get(step_url(comparison, verb)).context["form"]
        return form["note"].value()

    assert offered("publish") == offered("schedule") == "Numbers renewed."
    assert not any(map(offered, ("approve", "request_changes", "withdraw", "recheck")))
