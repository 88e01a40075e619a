"""The page of a mailing keeps up with it by itself, and lets a person decide."""

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.claiming import LOST
from newsletter.models import Letter, LetterState, Mailing
from tests.browser.harness import violations
from tests.browser.test_pages import login_cookie
from tests.editorial.factories import make_publisher
from tests.newsletter.mail_factories import make_built_mailing, make_readers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_numbers_move_and_what_needs_a_word_appears_without_a_reload_by_hand(
    open_page, live_server
):
    make_readers(3)
    mailing = make_built_mailing(per_second=1)
    first, second, third = mailing.letters.order_by("pk")
    url = reverse("admin:newsletter_mailing_change", args=[mailing.pk])
    cookie = login_cookie(make_publisher(), live_server)
    page = open_page(url, width=1280, scheme="dark", cookies=[cookie])
    words = page.locator("#mailing-words")
    assert "0 of 3 letters" in words.inner_text()

    Letter.objects.filter(pk=first.pk).update(
        state=LetterState.SENT, finished_at=timezone.now()
    )
    words.filter(has_text="1 of 3 letters").wait_for()
    Letter.objects.filter(pk=second.pk).update(
        state=LetterState.UNCERTAIN, sentence=LOST
    )
    row = page.get_by_role("row").filter(has_text=second.address)
    row.get_by_role("button", name="Leave it").click()

    page.get_by_text("left as it is.").wait_for()
    assert Letter.objects.get(pk=second.pk).state == LetterState.SETTLED
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("is paused.").wait_for()
    assert Mailing.objects.get().state == "paused"
    assert violations(page) == []
    assert Letter.objects.get(pk=third.pk).state == LetterState.PENDING
