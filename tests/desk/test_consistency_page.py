"""The desk's page of findings: who may open it, and where its links lead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparisons.models import RelatedPage
from editorial.consistency.checking import check_consistency
from editorial.drafts import record_save
from editorial.models import Publication
from tests.catalog.factories import make_price
from tests.comparisons.factories import make_comparison, publish_document
from tests.editorial.factories import make_person, make_writer

pytestmark = pytest.mark.django_db

URL = "/admin/editorial/publication/consistency/"


def test_each_finding_links_to_the_place_where_it_is_mended(client):
    comparison = make_comparison(names=["Alpha", "Beta"])
    RelatedPage.objects.create(comparison=comparison, label="x", path="/nothing/")
    record_save(comparison, by=None)
    publish_document(comparison)
    card = make_price(kind="street_new", condition="used").hardware
    client.force_login(make_writer())

    page = client.get(URL).content.decode()

    form = reverse("admin:comparisons_comparison_change", args=[comparison.pk])
    assert f'href="{form}#related-0"' in page
    assert reverse("admin:catalog_hardware_change", args=[card.pk]) in page
    assert "2 findings." in page


def test_the_first_page_leads_there_and_only_those_who_may_read_get_in(client):
    client.force_login(make_writer())
    assert URL in client.get("/admin/").content.decode()

    client.force_login(make_person())
    assert URL not in client.get("/admin/").content.decode()
    assert client.get(URL).status_code == 403


def test_all_checkers_together_read_the_published_texts_once():
    for names in (["Alpha", "Beta"], ["Gamma", "Delta"]):
        publish_document(make_comparison(names=names))
    table = Publication._meta.db_table

    with CaptureQueriesContext(connection) as captured:
        check_consistency()

    bodies = [
        row for row in captured.captured_queries if f'"{table}"."body"' in row["sql"]
    ]
    assert len(bodies) == 1
