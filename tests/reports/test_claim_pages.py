"""What a report is about: the claim, row or section that the link names."""

import re

import pytest

from editorial.models import Report
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_engine, make_hardware, make_price
from tests.comparisons.factories import (
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.page_words import words_of
from tests.reports.factories import BROWSER, COMPARE, filled_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def comparison():
    return make_published_comparison(names=["Alpha", "Beta"])


def test_nothing_of_the_address_is_repeated(client):
    for page in (
        "/compare/engines/buy-pills/",
        "//evil.example/",
        "/x" * 400,
        "\x00",
        "a",
    ):
        response = client.get("/report/", {"page": page, "place": "buy-now"})
        assert response.status_code == 200
        text = response.content.decode()
        assert "buy-now" not in text and "pills" not in text and "evil" not in text
        assert "The site as a whole" in text


def test_a_link_to_a_row_offers_its_cells_and_a_section_its_claims(client, comparison):
    row = f"row-{str(comparison.dimensions.first().uid)[:8]}"
    form = client.get("/report/", {"page": COMPARE, "place": row}).context["form"]
    labels = [label for _, label in form.fields["place"].choices]
    assert [label.partition(":")[0] for label in labels] == [
        "The whole row",
        "Speed, Alpha",
        "Speed, Beta",
        "The page in general",
    ]

    sent = filled_in(client, place=row) | {"place": row}
    assert client.post("/report/", sent, headers=BROWSER).status_code == 302
    report = Report.objects.get()
    assert report.place_label == "Speed"
    assert "Speed, Alpha: Strong" in report.quote and "Speed, Beta" in report.quote


def test_a_choice_from_the_list_is_the_claim_that_is_kept(client, comparison):
    row = f"row-{str(comparison.dimensions.first().uid)[:8]}"
    sent = filled_in(client, place=row) | {"place": f"{row}-beta"}

    assert client.post("/report/", sent, headers=BROWSER).status_code == 302

    report = Report.objects.get()
    assert report.place_label == "Speed, Beta"
    assert report.quote.startswith("Limited")


def test_a_claim_that_is_gone_is_not_invented(client):
    response = client.get("/report/", {"page": COMPARE, "place": "rule-00000000"})
    assert response.context["form"].spot is None

    sent = filled_in(client, place="") | {"place": "rule-00000000"}
    refused = client.post("/report/", sent, headers=BROWSER)
    assert "does not say that any more" in words_of(refused)


def hrefs(response):
    return set(re.findall(r'href="(/report/\?[^"]+)"', response.content.decode()))


def test_every_link_of_a_page_leads_to_a_claim_that_is_there(client, comparison):
    engine = comparison.sides.first().engine
    publish_document(make_verdict(engine=engine))
    card = make_hardware("Card")
    make_price(card)
    row = make_benchmark(engine=engine, hardware=card)
    pages = [COMPARE, "/tools/alpha/", "/hardware/card/", row.get_absolute_url()]
    for page in [*pages, "/", "/hardware/", "/compare/engines/"]:
        links = hrefs(client.get(page))
        assert links, page
        for link in links:
            form = client.get(link.replace("&amp;", "&")).context["form"]
            assert form.target.path, link
            asked = "place=" in link
            assert not asked or form.spot or form.asked_again, link


def test_every_claim_of_the_compare_page_has_a_link(client, comparison):
    links = " ".join(hrefs(client.get(COMPARE)))

    for place in ("answer", "verdict"):
        assert f"place={place}" in links
    for stem, rows in (
        ("rule", comparison.rules),
        ("row", comparison.dimensions),
        ("failure", comparison.failure_modes),
    ):
        for child in rows.all():
            assert f"place={stem}-{str(child.uid)[:8]}" in links


def test_a_report_on_a_fact_names_the_fact_and_its_value(client):
    card = make_hardware("Card", memory_bandwidth_gb_s=960)

    send(client, page="/hardware/card/", place="fact-memory-bandwidth")

    report = Report.objects.get()
    assert (report.kind, report.subject_uid) == ("hardware", card.uid)
    assert report.quote == "960 GB/s" and report.version is None


def test_a_report_on_a_verdict_is_about_the_verdict(client):
    verdict = make_verdict(engine=make_engine("Gamma"))
    publish_document(verdict)

    send(client, page="/tools/gamma/", place="verdict")

    report = Report.objects.get()
    assert (report.kind, report.subject_uid) == ("verdict", verdict.uid)
    assert report.page_title == "Gamma"
