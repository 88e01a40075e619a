"""Mail about comments: to those concerned, once each, and easily stopped."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail, signing
from django.test import Client

from editorial.comment_mail import link_to_mute
from editorial.comments import add_comment, reply_to, set_muted
from editorial.models import MutedDocument
from editorial.review import submit
from tests.comparisons.factories import make_comparison, publish_document
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import edit

pytestmark = pytest.mark.django_db


def with_mail(person):
    person.email = f"{person.username}@example.org"
    person.save()
    return person


@pytest.fixture
def wilma():
    return with_mail(make_writer("wilma"))


@pytest.fixture
def pat():
    return with_mail(make_publisher("pat"))


@pytest.fixture
def comparison(wilma):
    return make_comparison(by=wilma, title="Alpha vs Beta")


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    def run(write, *arguments, **options):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            run.result = write(*arguments, **options)
        return {message.to[0].split("@")[0]: message for message in mail.outbox}

    return run


def path_of(link):
    return urlsplit(link).path


def test_writer_and_assignee_are_told_and_the_author_is_not(comparison, sent, pat):
    rita = with_mail(make_publisher("rita"))
    submit(comparison, by=pat, assignee=rita)

    told = sent(add_comment, comparison, by=pat, place="thesis", text="Too bold.")

    assert set(told) == {"wilma", "rita"}
    assert all(len(message.to) == 1 for message in told.values())
    text = told["wilma"].body
    assert "pat commented on “Alpha vs Beta”." in text
    assert "Place: Thesis" in text
    assert "    Too bold." in text
    assert f"/comments/#comment-{sent.result.pk}" in text
    assert "you wrote on this text" in text
    assert "you have this text" in told["rita"].body


def test_a_blocking_comment_says_so_in_its_mail(comparison, sent, pat):
    told = sent(add_comment, comparison, by=pat, text="Wrong.", is_blocking=True)

    assert told["wilma"].subject == "Blocking comment on “Alpha vs Beta”"
    assert "cannot be approved or published" in told["wilma"].body


def test_earlier_participants_of_a_thread_are_told_of_an_answer(comparison, sent, pat):
    other = with_mail(make_writer("olga"))
    stranger = with_mail(make_writer("stan"))
    add_comment(comparison, by=stranger, text="Another thread.")
    comment = add_comment(comparison, by=other, text="Hm.")

    told = sent(reply_to, comment, by=pat, text="Yes.")

    assert set(told) == {"wilma", "olga"}
    assert "you took part in this thread" in told["olga"].body


def test_who_wrote_before_the_last_version_is_left_alone(sent, wilma, pat):
    comparison = make_comparison(by=wilma)
    publish_document(comparison)
    later = with_mail(make_writer("later"))
    comparison.refresh_from_db()
    edit(comparison, by=later, thesis="Other words.")

    assert set(sent(add_comment, comparison, by=pat, text="Hm.")) == {"later"}


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}])
def test_who_cannot_be_reached_is_not_written_to(comparison, sent, wilma, pat, values):
    for name, value in values.items():
        setattr(wilma, name, value)
    wilma.save()

    assert sent(add_comment, comparison, by=pat, text="Hm.") == {}


def test_who_may_not_see_the_text_any_more_is_not_told_of_it(
    comparison, sent, wilma, pat
):
    wilma.groups.clear()

    assert sent(add_comment, comparison, by=pat, text="Hm.") == {}


def test_a_guests_comment_is_marked_as_one(comparison, sent):
    told = sent(add_comment, comparison, by=None, author_name="Jo", text="A slip.")

    assert "Jo (a guest without an account) commented" in told["wilma"].body


def test_a_title_with_a_line_break_does_not_forge_a_header(comparison, sent, pat):
    comparison.title = "Alpha\nBcc: all@example.org"
    comparison.save()

    told = sent(add_comment, comparison, by=pat, text="Hm.")

    assert told["wilma"].subject == "Comment on “Alpha Bcc: all@example.org”"


def test_a_mail_server_that_is_down_does_not_lose_the_comment(
    comparison, sent, pat, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert sent(add_comment, comparison, by=pat, text="Hm.") == {}

    assert sent.result.pk


def test_one_click_in_the_mail_program_mutes_without_a_login(
    comparison, sent, wilma, pat
):
    told = sent(add_comment, comparison, by=pat, text="Hm.")
    headers = told["wilma"].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<(http\S+)>", headers["List-Unsubscribe"])[1]
    assert link in told["wilma"].body

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path_of(link), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert "no more mail" in answer.content.decode()
    assert sent(add_comment, comparison, by=pat, text="Again.") == {}


def test_looking_at_the_link_changes_nothing_and_sets_no_cookie(
    client, comparison, wilma
):
    answer = client.get(path_of(link_to_mute(comparison, wilma)))

    assert "Send me no more mail about this text" in answer.content.decode()
    assert not MutedDocument.objects.exists()
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_muting_one_text_leaves_the_others(comparison, sent, wilma, pat):
    other = make_comparison(by=wilma)
    set_muted(comparison, by=wilma, is_muted=True)
    set_muted(comparison, by=wilma, is_muted=True)

    assert sent(add_comment, comparison, by=pat, text="Hm.") == {}
    assert set(sent(add_comment, other, by=pat, text="Hm.")) == {"wilma"}

    set_muted(comparison, by=wilma, is_muted=False)
    assert set(sent(add_comment, comparison, by=pat, text="Hm.")) == {"wilma"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_cut_short_or_made_up_does_nothing(
    client, comparison, wilma, method
):
    path = path_of(link_to_mute(comparison, wilma))
    forged = signing.dumps([wilma.pk, str(comparison.uid)], salt="another")
    for bad in (f"{path[:-4]}/", f"/mail/mute/{forged}/", "/mail/mute/x/"):
        assert getattr(client, method)(bad).status_code == 404

    assert not MutedDocument.objects.exists()


def test_a_link_to_a_text_that_was_deleted_says_so(client, comparison, wilma):
    path = path_of(link_to_mute(comparison, wilma))
    comparison.delete()

    answer = client.post(path)

    assert answer.status_code == 404
    assert "There is nothing to stop" in answer.content.decode()


def test_a_person_without_rights_gets_no_mail_even_as_assignee(comparison, sent, pat):
    nobody = with_mail(make_person("nobody"))
    comparison.assigned_to = nobody
    comparison.save()

    assert set(sent(add_comment, comparison, by=pat, text="Hm.")) == {"wilma"}
