"""Comments in the desk: their page, the panel, and the marks on the form."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.comments import add_comment, reply_to, resolve
from editorial.models import MAX_COMMENT_LENGTH, Comment, MutedDocument
from tests.comparisons.factories import make_comparison, make_verdict
from tests.desk.test_steps import desk_url
from tests.editorial.factories import make_person, make_publisher, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def comparison():
    return make_comparison(names=["Alpha", "Beta"])


@pytest.fixture
def writer(client):
    writer = make_writer("wilma")
    client.force_login(writer)
    return writer


def page(client, document, **query):
    return client.get(desk_url(document, "comments"), query).content.decode()


def form_page(client, document):
    return client.get(desk_url(document, "change")).content.decode()


def test_a_comment_is_written_about_a_row_and_shown_with_its_place(
    client, writer, comparison
):
    rule = comparison.rules.first()
    data = {"place": str(rule.uid), "text": "Says who?\nWhere?", "is_blocking": "on"}

    response = client.post(desk_url(comparison, "comments"), data)

    comment = Comment.objects.get()
    url = desk_url(comparison, "comments")
    assert response["Location"] == f"{url}#comment-{comment.pk}"
    text = page(client, comparison)
    assert f"Rules › “{rule.situation}”" in text
    assert "Says who?<br>Where?" in text
    assert f"{desk_url(comparison, 'change')}#rules-0" in text


def test_what_people_write_is_shown_as_they_wrote_it(client, writer, comparison):
    nasty = "<script>alert(1)</script> & <b>bold</b>"
    comment = add_comment(comparison, by=writer, text=nasty, is_blocking=True)
    reply_to(comment, by=None, author_name="<i>Jo</i>", text=nasty)
    comparison.rules.filter(position=1).update(situation=nasty)
    add_comment(
        comparison, by=writer, place=str(comparison.rules.first().uid), text="Hm."
    )

    for text in (page(client, comparison), form_page(client, comparison)):
        assert "<script>alert" not in text
        assert "<b>bold" not in text
        assert "<i>Jo" not in text
        assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("to", ["comments", "reply"])
def test_a_text_that_is_too_long_is_refused_and_stays_on_the_page(
    client, writer, comparison, to
):
    comment = add_comment(comparison, by=writer, text="Hm.")
    long = "word " * (MAX_COMMENT_LENGTH // 5) + "end"
    arguments = [comment.pk] if to == "reply" else []

    response = client.post(desk_url(comparison, to, *arguments), {"text": long})

    text = response.content.decode()
    assert "A comment has at most 4000 characters; this one has 4003" in text
    assert long in text
    assert "maxlength" not in re.search(r"<textarea[^>]*>", text)[0]
    assert Comment.objects.count() == 1


def test_a_place_that_is_not_in_the_text_is_refused_and_the_words_are_kept(
    client, writer, comparison
):
    data = {"place": "lock_version", "text": "Words to keep."}

    text = client.post(desk_url(comparison, "comments"), data).content.decode()

    assert "That place is not in the text any more. Choose another." in text
    assert "Words to keep." in text
    assert not Comment.objects.exists()


def test_open_and_resolved_comments_are_told_apart(client, writer, comparison):
    add_comment(comparison, by=writer, text="Still open.")
    done = add_comment(comparison, by=writer, place="title", text="Long done.")
    resolve(done, by=writer)

    assert "Long done." not in page(client, comparison)
    resolved = page(client, comparison, show="resolved")
    assert "Long done." in resolved
    assert "Resolved by wilma" in resolved
    assert "Still open." not in resolved
    assert "Still open." in page(client, comparison, show="all")
    assert "Still open." not in page(client, comparison, show="all", place="title")
    assert "Still open." in page(client, comparison, show="';--")


def test_a_comment_is_resolved_and_opened_again_by_post_only(
    client, writer, comparison
):
    comment = add_comment(comparison, by=writer, text="Hm.")
    url = desk_url(comparison, "settle", comment.pk)
    assert client.get(url).status_code == 405

    client.post(url, {"to": "resolved"})
    comment.refresh_from_db()
    assert comment.resolved_by == writer

    client.post(url, {"to": "open"})
    comment.refresh_from_db()
    assert comment.is_open


def test_who_may_not_settle_sees_no_button_and_is_refused(client, writer, comparison):
    comment = add_comment(comparison, by=make_publisher("pat"), text="Hm.")
    url = desk_url(comparison, "settle", comment.pk)
    assert url not in page(client, comparison)

    answer = client.post(url, {"to": "resolved"}, follow=True).content.decode()

    assert "Only pat, or somebody who may approve the text, resolves this" in answer
    assert Comment.objects.open().exists()


def test_an_answer_stands_under_its_comment(client, writer, comparison):
    comment = add_comment(comparison, by=make_publisher("pat"), text="Hm.")

    client.post(desk_url(comparison, "reply", comment.pk), {"text": "Because."})

    text = page(client, comparison)
    assert text.index("Hm.") < text.index("Because.")
    assert comment.replies.get().author == writer


def test_a_comment_of_another_document_is_not_answered_here(client, writer, comparison):
    other = add_comment(make_comparison(), by=writer, text="Hm.")

    for view in ("reply", "settle"):
        url = desk_url(comparison, view, other.pk)
        assert client.post(url, {"text": "x"}).status_code == 404


def test_a_row_that_is_gone_and_a_passage_that_changed_are_named(
    client, writer, comparison
):
    rule = comparison.rules.last()
    add_comment(comparison, by=writer, place=str(rule.uid), text="No.")
    add_comment(comparison, by=writer, place="thesis", text="Yes.")
    rule.delete()
    comparison.thesis = "Other words."
    comparison.save()

    text = page(client, comparison)

    assert "This is not in the text any more." in text
    assert "What it speaks of has changed since." in text


def test_the_panel_counts_what_is_open_and_leads_to_it(client, writer, comparison):
    comment = add_comment(
        comparison, by=writer, place="thesis", text="Too bold.", is_blocking=True
    )
    add_comment(comparison, by=writer, text="Nice.")

    text = form_page(client, comparison)

    assert "Comments: 2 open, 1 blocking" in text
    assert f"{desk_url(comparison, 'comments')}#comment-{comment.pk}" in text
    owed = re.search(r'<a href="#id_thesis">([^<]*)</a>', text)[1]
    assert "wilma asks for a change (Thesis): “Too bold.”" in owed


def remarks(text):
    """What the links beside fields and rows say, by the place they lead to."""
    found = re.findall(
        r'<a class="desk-remark[^"]*" href="[^"?]*\?place=([^"#]*)[^"]*"[^>]*>([^<]*)',
        text,
    )
    return dict(found)


def test_each_field_of_the_head_and_each_row_leads_to_the_comment_form(
    client, writer, comparison
):
    said = remarks(form_page(client, comparison))

    rule, dimension = comparison.rules.first(), comparison.dimensions.first()
    rating = dimension.ratings.first()
    for place in ("thesis", "verdict_sources", rule.uid, dimension.uid, rating.uid):
        assert said[str(place)] == "Comment"
    assert f"{rule.uid}.reason" not in said
    assert not {"change_note", "seen_lock_version"} & set(said)


def test_a_field_with_open_comments_is_marked_wherever_it_stands(
    client, writer, comparison
):
    rule = comparison.rules.first()
    rating = comparison.dimensions.last().ratings.last()
    places = ["thesis", f"{rule.uid}.reason", f"{rating.uid}.reason", str(rating.uid)]
    for place in places:
        add_comment(comparison, by=writer, place=place, text="Hm.")
    add_comment(comparison, by=writer, place="thesis", text="And.")
    resolve(add_comment(comparison, by=writer, place="title", text="Done."), by=writer)

    said = remarks(form_page(client, comparison))

    assert said["thesis"] == "2 open comments"
    assert [said[place] for place in places[1:]] == ["1 open comment"] * 3
    assert said["title"] == "Comment"


def test_the_link_presets_the_place(client, writer, comparison):
    rule = comparison.rules.first()

    text = page(client, comparison, place=str(rule.uid))

    assert f'<option value="{rule.uid}" selected>' in text


def test_a_verdicts_form_has_the_same_links(client, writer):
    verdict = make_verdict()

    said = remarks(form_page(client, verdict))

    assert {"summary", "subject", str(verdict.points.first().uid)} <= set(said)


def test_the_mute_button_turns_round(client, writer, comparison):
    url = desk_url(comparison, "comment_mute")
    assert "Send me no mail about these" in form_page(client, comparison)
    assert client.get(url).status_code == 405

    client.post(url, {"mute": "yes"})
    assert MutedDocument.objects.get().user == writer
    assert "Send me mail again" in form_page(client, comparison)

    client.post(url, {"mute": "no"})
    assert not MutedDocument.objects.exists()


def test_a_person_without_a_group_neither_reads_nor_writes_comments(client, comparison):
    comment = add_comment(comparison, by=make_writer(), text="Hm.")
    client.force_login(make_person())

    assert client.get(desk_url(comparison, "comments")).status_code == 403
    for url in (
        desk_url(comparison, "comments"),
        desk_url(comparison, "comment_mute"),
        desk_url(comparison, "reply", comment.pk),
        desk_url(comparison, "settle", comment.pk),
    ):
        assert client.post(url, {"text": "x"}).status_code == 403
    assert Comment.objects.count() == 1


def test_the_page_and_the_form_cost_no_more_for_more_comments(
    client, writer, comparison
):
    def statements(view):
        with CaptureQueriesContext(connection) as captured:
            client.get(desk_url(comparison, view))
        return len(captured)

    def say(number):
        for _ in range(number):
            comment = add_comment(comparison, by=writer, place="title", text="Hm.")
            reply_to(comment, by=writer, text="Yes.")

    say(1)
    few = [statements("comments"), statements("change")]
    say(12)

    assert [statements("comments"), statements("change")] == few
    assert mail.outbox == []
