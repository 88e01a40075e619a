"""What a page of the desk offers leads nowhere that its reader may not go."""

import re

import pytest
import time_machine
from django.template.response import TemplateResponse
from django.urls import reverse

from catalog.models import Alias
from editorial.bundles import release_bundle
from editorial.review import submit
from tests.catalog.factories import make_engine
from tests.comparisons.factories import make_comparison
from tests.desk.test_steps import desk_url
from tests.editorial.bundle_steps import make_ready_bundle
from tests.editorial.factories import (
    make_fact_editor,
    make_moderator,
    make_publisher,
    make_reviewer,
    make_writer,
)
from tests.editorial.steps import HOUR, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HREF = re.compile(r'href="(/admin/[^"#]*)')


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def in_review(noon):
    publisher = make_publisher()
    bundle, _ = make_ready_bundle(publisher)
    release_bundle(bundle, by=publisher, at=NOON + 2 * HOUR)
    comparison = make_comparison()
    submit(comparison, by=make_writer())
    return comparison


@pytest.mark.parametrize(
    "make", [make_writer, make_reviewer, make_fact_editor, make_moderator]
)
def test_no_link_of_the_first_page_calendar_or_form_is_refused(
    client, in_review, make, monkeypatch
):
    client.force_login(make())
    pages = [
        reverse("admin:index"),
        reverse("admin:calendar"),
        desk_url(in_review, "change"),
    ]

    links = {
        link
        for page in pages
        for link in HREF.findall(client.get(page).content.decode())
    }

    # Who is let in is decided before a page is drawn.
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
    refused = [link for link in links if client.get(link).status_code == 403]
    assert len(links) > 20
    assert refused == []


def test_steps_of_another_role_are_not_offered(client, in_review):
    client.force_login(make_writer())

    page = client.get(desk_url(in_review, "change"))

    assert [offer.step.verb for offer in page.context["panel"].steps] == ["assign"]


def test_the_list_of_aliases_says_what_each_stands_for(client):
    engine = make_engine(slug="fast-one")
    Alias.objects.create(fact_type="engine", alias="old", target_uid=engine.uid)
    client.force_login(make_fact_editor())

    page = client.get(reverse("admin:catalog_alias_changelist")).content.decode()

    assert "fast-one" in page
    assert str(engine.uid) not in page
