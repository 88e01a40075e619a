"""A link shows one draft to somebody without an account, for a while."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from structlog.testing import capture_logs

from editorial.models import Comment, PreviewLink
from editorial.preview_comments import COMMENTS_AN_HOUR
from editorial.preview_forms import LEAST_SECONDS
from editorial.preview_links import hash_of, make_link, revoke_link
from editorial.problems import NotAllowedError
from editorial.registry import document_kind
from editorial.workflow import publish
from tests.comparisons.factories import make_comparison
from tests.desk.test_document_form import change_url
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import approved, edit

pytestmark = pytest.mark.django_db

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LATER = datetime.timedelta(seconds=LEAST_SECONDS + 1)


def share(comparison, *, by=None, days=7):
    """A link to the draft as it is now; answers the link and its address."""
    link, secret = make_link(
        comparison,
        by=by or make_publisher(),
        body=document_kind("comparison").freeze(comparison),
        text_label="Draft now",
        purpose="A test",
        days=days,
    )
    return link, f"/preview/{secret}/"


def filled(client, address, **values):
    """The form as a reader sends it, some seconds after the page was opened."""
    form = client.get(address).context["request"].shared_preview["form"]
    defaults = {"name": "Rita", "text": "I doubt the second row.", "place": ""}
    return defaults | {"opened": form["opened"].value(), "website": ""} | values


def say(client, address, *, after=LATER, **values):
    data = filled(client, address, **values)
    with time_machine.travel(timezone.now() + after):
        return client.post(address, data, **HERE)


def test_a_link_shows_exactly_the_text_it_was_made_for(client):
    comparison = make_comparison(thesis="The shared words.")
    _, address = share(comparison)
    edit(comparison, thesis="A later secret.", change_note="A later note.")

    page = client.get(address)

    words = page.content.decode()
    assert "The shared words." in words
    assert "A later" not in words
    assert "This is a draft, shown to you by a private link." in words
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies


def test_the_table_does_not_hold_the_secret(client):
    link, address = share(make_comparison())
    secret = address.split("/")[2]

    assert len(secret) >= 43
    assert link.secret_hash == hash_of(secret)
    row = PreviewLink.objects.filter(pk=link.pk).values().get()
    assert secret not in str(row)


def test_wrong_expired_and_revoked_links_answer_alike_and_tell_nothing(client):
    comparison = make_comparison(title="A secret title")
    publisher = make_publisher()
    _, expired = share(comparison, days=1)
    revoked_link, revoked = share(comparison)
    revoke_link(comparison, by=publisher, pk=revoked_link.pk)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1, seconds=1)):
        answers = [
            client.get(address)
            for address in (expired, revoked, "/preview/nothing-of-the-kind/")
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert "This link does not work" in answers[0].content.decode()
    assert "A secret title" not in answers[0].content.decode()
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}


def test_a_link_works_until_its_last_moment(client):
    link, address = share(make_comparison(), days=1)

    with time_machine.travel(link.expires_at - datetime.timedelta(seconds=1)):
        assert client.get(address).status_code == 200
    with time_machine.travel(link.expires_at, tick=False):
        assert client.get(address).status_code == 404


def test_only_somebody_with_the_right_makes_and_ends_links():
    comparison = make_comparison()

    with pytest.raises(NotAllowedError):
        share(comparison, by=make_writer())
    link, _ = share(comparison)
    with pytest.raises(NotAllowedError):
        revoke_link(comparison, by=make_writer(), pk=link.pk)


def test_looking_counts_nothing_and_the_script_of_the_page_counts_one(client):
    link, address = share(make_comparison())

    client.get(address)
    link.refresh_from_db()
    assert link.opened_count == 0
    client.post(f"{address}opened/", HTTP_SEC_FETCH_SITE="cross-site")
    client.post(f"{address}opened/", **HERE)

    link.refresh_from_db()
    assert link.opened_count == 1
    assert link.last_opened_at is not None


def test_a_reader_comments_by_name_on_a_part_of_the_text(client):
    comparison = make_comparison()
    _, address = share(comparison)
    rule = comparison.rules.first()

    answer = say(client, address, place=f"{rule.uid}.reason", name="Rita")

    assert answer.status_code == 302
    comment = Comment.objects.get()
    assert (comment.author, comment.author_name) == (None, "Rita (invited reader)")
    assert (comment.row_uid, comment.field) == (rule.uid, "reason")
    assert not comment.is_blocking
    assert "Your comment has arrived" in client.get(answer["Location"]).content.decode()
    assert "I doubt" not in client.get(address).content.decode()


def test_a_comment_bars_nothing_and_is_escaped_in_the_desk(client):
    comparison = make_comparison()
    publisher = make_publisher()
    _, address = share(comparison, by=publisher)
    say(client, address, text="<script>alert(1)</script>", name="<b>Rita</b>")

    approved(comparison, by=publisher)
    publish(comparison, by=publisher)
    client.force_login(publisher)
    page = client.get(f"{change_url(comparison)[:-7]}comments/").content.decode()

    assert "<script>alert(1)" not in page
    assert "<b>Rita" not in page
    assert "&lt;b&gt;Rita&lt;/b&gt; (invited reader)" in page
    assert all("<script>" not in message.subject for message in mail.outbox)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"text": ""}, "This field is required."),
        ({"text": "y" * 4001}, "at most 4000 characters"),
        ({"website": "https://spam.example"}, "Empty this field"),
        ({"place": "nowhere"}, "Select a valid choice"),
        ({"after": datetime.timedelta(0)}, "took less than 4 seconds"),
        ({"after": datetime.timedelta(days=2)}, "open for more than a day"),
    ],
)
def test_a_comment_that_is_refused_says_why_and_loses_nothing(client, values, sentence):
    _, address = share(make_comparison())

    page = say(client, address, **{"text": "Words to keep."} | values)

    words = page.content.decode()
    assert page.status_code == 200
    assert sentence in words
    assert values.get("text", "Words to keep.") in words
    assert not Comment.objects.exists()


def test_a_page_that_was_open_for_long_can_be_sent_again(client):
    _, address = share(make_comparison())

    page = say(client, address, after=datetime.timedelta(days=2))
    data = filled(client, address)
    data["opened"] = page.context["request"].shared_preview["form"]["opened"].value()
    moment = timezone.now() + datetime.timedelta(days=2) + 2 * LATER
    with time_machine.travel(moment):
        assert client.post(address, data, **HERE).status_code == 302


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, 302),
        ({"HTTP_ORIGIN": "http://testserver"}, 302),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_comment_comes_from_the_page_itself(client, headers, status):
    _, address = share(make_comparison())
    data = filled(client, address)

    with time_machine.travel(timezone.now() + LATER):
        answer = client.post(address, data, **headers)

    assert answer.status_code == status
    assert Comment.objects.count() == (1 if status == 302 else 0)
    if status != 302:
        assert "I doubt the second row." in answer.content.decode()


def test_the_time_of_one_link_is_not_good_for_another(client):
    comparison = make_comparison()
    _, first = share(comparison)
    _, second = share(comparison)
    data = filled(client, first)

    with time_machine.travel(timezone.now() + LATER):
        client.post(second, data, **HERE)

    assert not Comment.objects.exists()


def test_a_link_brings_a_few_comments_an_hour_and_more_in_the_next(client):
    _, address = share(make_comparison())
    for _ in range(COMMENTS_AN_HOUR):
        assert say(client, address).status_code == 302

    refused = say(client, address, text="One too many.")

    words = refused.content.decode()
    assert "Keep your text and send it later" in words
    assert "One too many." in words
    assert Comment.objects.count() == COMMENTS_AN_HOUR
    hour = datetime.timedelta(hours=1)
    assert say(client, address, after=hour + LATER).status_code == 302


def test_the_desk_lists_links_shows_a_new_one_once_and_revokes(client):
    comparison = make_comparison()
    client.force_login(make_publisher("paula"))
    links = f"{change_url(comparison)[:-7]}links/"

    page = client.post(links, {"text": "draft", "purpose": "Rita", "days": 7})

    address = page.context["address"]
    assert address in page.content.decode()
    assert client.get(address).status_code == 200
    again = client.get(links).content.decode()
    assert "Rita" in again
    assert "by paula" in again
    assert address not in again
    client.post(f"{links}{PreviewLink.objects.get().pk}/revoke/")
    assert client.get(address).status_code == 404


def test_writers_get_no_links_page(client):
    client.force_login(make_writer())

    page = client.get(f"{change_url(make_comparison())[:-7]}links/")

    assert page.status_code == 403


def test_the_log_of_requests_does_not_hold_the_secret(client):
    _, address = share(make_comparison())

    with capture_logs() as lines:
        client.get(address)
        client.get("/methodology/")

    assert [line["path"] for line in lines] == ["/preview/…/", "/methodology/"]
