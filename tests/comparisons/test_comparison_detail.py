"""The compare page as readers, caches and other sites get it."""

import csv
import datetime
import io

import pytest
from django.utils import timezone

from comparisons.models import Comparison
from editorial.drafts import record_save
from editorial.workflow import withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    publish_document,
)
from tests.editorial.factories import make_publisher

pytestmark = pytest.mark.django_db

URL = "/compare/engines/alpha-vs-beta/"


@pytest.fixture
def comparison():
    return make_published_comparison(names=["Beta", "Alpha"], title="Beta vs Alpha")


def test_the_page_gives_answer_sides_rules_matrix_failures_verdict_and_sources(
    client, comparison
):
    page = client.get(URL).content.decode()

    for text in (
        "Start with the first.",
        "Choose Beta if",
        "You want Alpha",
        "So the page says.",
        "It stops",
        "Take the first unless",
        "A simpler way to install",
        "Change log",
        'id="source-1"',
    ):
        assert text in page


def test_sides_in_another_order_lead_to_the_canonical_address(client, comparison):
    response = client.get("/compare/engines/beta-vs-alpha/?rows=differences")

    assert response.status_code == 301
    assert response["Location"] == f"{URL}?rows=differences"
    assert "max-age=60" in response["Cache-Control"]


def test_an_unknown_pair_offers_the_nearest_comparisons(client, comparison):
    response = client.get("/compare/engines/alpha-vs-gamma/")

    assert response.status_code == 404
    assert [offer.path for offer in response.context["nearest"]] == [URL]


def test_a_draft_is_not_to_be_seen(client):
    draft = make_comparison(names=["Alpha", "Beta"])

    page = client.get(URL)

    assert draft.thesis not in page.content.decode()
    assert "Generated from the catalogue" in page.content.decode()


def test_a_withdrawn_page_says_so(client, comparison):
    withdraw(comparison, by=make_publisher(), note="The project ended.")

    response = client.get(URL)

    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()


def test_only_rows_that_differ_are_shown_when_asked(client, comparison):
    dimension = comparison.dimensions.first()
    dimension.ratings.update(value="strong")
    record_save(comparison, by=None)
    publish_document(comparison)

    rows = client.get(f"{URL}?rows=differences").context["rows"]

    assert dimension.label not in [row.label for row in rows]
    assert len(rows) == 2


def test_ticked_situations_add_up_without_a_script(client, comparison):
    uid = comparison.rules.first().uid

    tally = client.get(URL, {"situation": [uid, "nonsense"]}).context["tally"]

    assert tally.sentence == "1 of your 1 situation speaks for Beta."


def test_an_unknown_option_is_ignored(client, comparison):
    assert client.get(f"{URL}?rows=%00&situation=;drop").status_code == 200


def test_the_matrix_can_be_had_as_csv(client, comparison):
    response = client.get(f"{URL}matrix.csv")

    lines = list(csv.reader(io.StringIO(response.content.decode())))
    assert lines[0][:2] == ["dimension", "gloss"]
    assert lines[1][0] == "Speed"
    assert "Strong" in lines[1]


def test_a_cell_that_looks_like_a_formula_is_made_harmless(client, comparison):
    rating = comparison.dimensions.first().ratings.first()
    rating.reason = "=cmd()"
    rating.save()
    record_save(comparison, by=None)
    publish_document(comparison)

    assert "'=cmd()" in client.get(f"{URL}matrix.csv").content.decode()


def test_the_matrix_can_be_had_as_json(client, comparison):
    data = client.get(f"{URL}matrix.json").json()

    assert [side["name"] for side in data["sides"]] == ["Beta", "Alpha"]
    assert data["rows"][0]["ratings"]["beta"]["rating"] == "strong"
    assert data["rows"][0]["leads"] == "beta"


def test_the_embed_may_be_framed_and_the_page_may_not(client, comparison):
    page, frame = client.get(URL), client.get(f"{URL}embed/")

    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame


def chosen(response):
    """The versions that the form offers to compare."""
    return {field.name: int(field.value()) for field in response.context["form"]}


def test_versions_can_be_compared_in_public(client, comparison):
    comparison.thesis = "Other words than before."
    comparison.save()
    record_save(comparison, by=None)
    publish_document(comparison)

    response = client.get(f"{URL}history/", {"old": 1, "new": 2})

    assert [change.where for change in response.context["changes"]] == ["Thesis"]
    same = client.get(f"{URL}history/", {"old": 2, "new": 2})
    assert chosen(same) == {"old": 2, "new": 2}
    assert chosen(client.get(f"{URL}history/?from=mail")) == {"old": 1, "new": 2}


def test_a_number_that_no_version_has_breaks_nothing(client, comparison):
    response = client.get(f"{URL}history/", {"old": 1, "new": 10**30})

    assert response.status_code == 200
    assert response.context["changes"] is None


def test_a_version_that_does_not_exist_gets_a_sentence(client, comparison):
    response = client.get(f"{URL}history/", {"old": 1, "new": 9})

    assert response.status_code == 200
    assert "does not exist" in response.content.decode()


def test_a_reader_who_has_the_page_gets_304(client, comparison):
    etag = client.get(URL)["ETag"]

    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 304


def test_a_changed_fact_changes_the_etag(client, comparison):
    etag = client.get(URL)["ETag"]
    engine = comparison.sides.first().engine
    engine.license = "Apache-2.0"
    engine.save()

    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_a_public_page_sets_no_cookie(client, comparison):
    assert not client.get(URL).cookies


def test_the_page_takes_at_most_six_statements(
    client, comparison, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        client.get(URL)


def test_a_side_added_does_not_add_statements(client, django_assert_max_num_queries):
    make_published_comparison(names=["Alpha", "Beta", "Gamma", "Delta"])

    with django_assert_max_num_queries(6):
        response = client.get("/compare/engines/alpha-vs-beta-vs-delta-vs-gamma/")
    assert len(response.context["sides"]) == 4


def test_an_overdue_page_stays_public_and_says_so(client):
    make_published_comparison(
        names=["Alpha", "Beta"],
        verified_on=timezone.now().date() - datetime.timedelta(days=120),
    )

    assert "Due for re-check" in client.get(URL).content.decode()


def test_user_text_is_escaped(client):
    make_published_comparison(
        names=["Alpha", "Beta"], thesis="<script>alert(1)</script>"
    )

    page = client.get(URL).content.decode()

    assert "<script>alert" not in page
    assert Comparison.objects.get().thesis in page.replace("&lt;", "<").replace(
        "&gt;", ">"
    )
