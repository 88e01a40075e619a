"""The public log of corrections, and that it is all that readers see of reports."""

import datetime
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from editorial.registry import public_tables
from editorial.reports import views
from editorial.reports.handling import Fix, fix
from tests.catalog.factories import make_hardware
from tests.editorial.factories import make_publisher
from tests.editorial.test_public_pages import ADDRESSES, make_small_site
from tests.page_words import words_of
from tests.reports.factories import COMPARE, make_correction, make_report

pytestmark = pytest.mark.django_db
LOG = "/corrections/"


def test_an_empty_log_says_so(client):
    assert "No correction has been logged yet" in words_of(client.get(LOG))


def test_the_log_shows_what_was_wrong_what_it_says_now_and_how_long_it_took(client):
    make_correction()

    words = words_of(client.get(LOG))

    for text in ("Alpha vs Beta", "The port was given as 8000.", "It is 8080."):
        assert text in words
    assert "within 2 days" in words and "Version 2" in words


def test_median_and_share_are_worked_out_from_the_rows(client):
    for days in (1, 2, 7, 8):
        make_correction(days_taken=days)

    figures = client.get(LOG).context["figures"]

    assert (figures.count, figures.median_days, figures.share_in_time) == (4, 4.5, 75)
    assert "4.5" in words_of(client.get(LOG))


def test_the_newest_stands_first_and_pages_hold_fifty(client, monkeypatch):
    monkeypatch.setattr(views, "CORRECTIONS_PER_PAGE", 2)
    now = timezone.now()
    for days in (3, 1, 2):
        at = now - datetime.timedelta(days=days)
        make_correction(says_now=f"Now {days}.", corrected_at=at, reported_at=at)

    first, second = client.get(LOG), client.get(LOG, {"page": 2})

    said = [row.says_now for row in first.context["page"]]
    assert said == ["Now 1.", "Now 2."]
    assert [row.says_now for row in second.context["page"]] == ["Now 3."]


def test_the_log_costs_the_same_however_long_it_is(client, django_assert_num_queries):
    for _ in range(5):
        make_correction()

    with django_assert_num_queries(3):  # one page, their number, their days
        client.get(LOG)


def test_the_form_costs_the_same_whatever_the_page_says(
    client, django_assert_max_num_queries
):
    make_small_site()
    for page, most in ((COMPARE, 8), ("/hardware/card/", 8), ("/tools/alpha/", 14)):
        with django_assert_max_num_queries(most):
            client.get("/report/", {"page": page})


def test_the_feed_has_each_correction_once(client):
    row = make_correction(was_wrong="A < B & C.")

    text = client.get("/corrections.atom").content.decode()

    assert f"urn:uuid:{row.uid}" in text and f"/corrections/#{row.anchor}" in text
    assert text.count("<entry>") == 1 and "A &amp;lt; B" in text


def test_a_correction_stands_in_the_history_of_its_page(client):
    make_small_site()
    card = make_hardware("Card three")
    make_correction()
    make_correction(page_path="/hardware/old/", subject_uid=card.uid, version=None)

    for page in (f"{COMPARE}history/", "/hardware/card-three/changes/"):
        assert "The port was given as 8000." in words_of(client.get(page))
    assert "given as 8000" not in words_of(client.get("/hardware/card/changes/"))


def test_the_log_is_on_the_map_in_the_foot_and_in_the_methodology(client):
    assert b"/corrections/" in client.get("/sitemap.xml").content
    page = client.get("/methodology/").content.decode()
    assert page.count('href="/corrections/"') >= 2
    assert "Disallow: /report/" in client.get("/robots.txt").content.decode()


SECRETS = ("secret-reader@example.org", "the-secret-words", "secret-proof.example")


def make_secret_report():
    mail_address, words, host = SECRETS
    return make_report(
        mail_address=mail_address, message=words, proof_url=f"https://{host}/"
    )


def test_no_public_page_shows_anything_of_a_reader(client):
    make_small_site()
    report = make_secret_report()
    words = {"was_wrong": "The port.", "says_now": "It is 8080."}
    fix(report, by=make_publisher(), fix=Fix(1), is_public=True, **words)

    links = re.findall(r'href="(/[^"#]*)"', client.get(COMPARE).content.decode())
    pages = {
        *ADDRESSES,
        *links,
        "/corrections/",
        "/corrections.atom",
        "/report/thanks/",
    }
    for page in pages - {"/static/"}:
        if not page.startswith("/static/"):
            text = client.get(page.replace("&amp;", "&")).getvalue().decode()
            assert not any(secret in text for secret in SECRETS), page


def test_no_export_holds_anything_of_a_reader(tmp_path):
    make_small_site()
    make_secret_report()

    call_command("export_catalog", str(tmp_path), verbosity=0)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert not any(secret in path.read_text() for secret in SECRETS), path


def test_the_login_of_public_pages_reads_corrections_and_no_reports():
    tables = public_tables()

    assert apps.get_model("editorial.Correction")._meta.db_table in tables
    assert apps.get_model("editorial.Report")._meta.db_table not in tables
    assert apps.get_model("editorial.AttemptCount")._meta.db_table not in tables
