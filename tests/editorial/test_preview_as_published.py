"""A preview is the page that publishing would show, for those who may see it."""

import pytest
import time_machine
from django.utils import timezone

from tests.comparisons.factories import make_comparison, publish_document
from tests.editorial.factories import make_publisher

pytestmark = pytest.mark.django_db


def test_the_preview_is_what_publishing_shows(client):
    comparison = make_comparison(names=["Alpha", "Beta"])
    publisher = make_publisher()
    client.force_login(publisher)
    with time_machine.travel(timezone.now(), tick=False):
        preview = client.get(
            f"/admin/comparisons/comparison/{comparison.pk}/preview/frame/"
        )
        publish_document(comparison, by=publisher)
        client.logout()
        published = client.get("/compare/engines/alpha-vs-beta/")

    assert preview.content.decode() == published.content.decode()


def test_the_preview_is_closed_to_readers(client):
    comparison = make_comparison()

    response = client.get(
        f"/admin/comparisons/comparison/{comparison.pk}/preview/frame/"
    )

    assert response.status_code == 302
    assert "/login/" in response["Location"]
