"""Planning in a real browser: a bundle up to its release, a job to its end."""

import csv
import io

import pytest
from playwright.sync_api import expect

from comparisons.models import Comparison
from editorial.bulk import sweep
from editorial.models import Bundle, Publication
from tests.browser.harness import violations, violations_in_every_sight
from tests.browser.test_pages import login_cookie
from tests.catalog.factories import make_hardware
from tests.comparisons.factories import make_comparison
from tests.editorial.bundle_steps import make_ready_bundle
from tests.editorial.factories import make_fact_editor, make_publisher
from tests.editorial.steps import approved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def publisher():
    return make_publisher("pat")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_bundle_is_filled_and_released(open_page, live_server, publisher, scripts):
    approved(make_comparison(title="Alpha vs Beta"), by=publisher)
    approved(make_comparison(title="Gamma vs Delta"), by=publisher)
    make_comparison(title="Not ready")
    cookies = [login_cookie(publisher, live_server)]
    page = open_page("/admin/editorial/bundle/add/", cookies=cookies, scripts=scripts)

    page.get_by_label("Name").fill("Launch")
    page.get_by_role("button", name="Save", exact=True).click()
    for title in ("Alpha vs Beta", "Gamma vs Delta", "Not ready"):
        page.get_by_label("Add a document").fill(title)
        page.get_by_role("button", name="Add to the bundle").click()
    expect(page.get_by_text("1 of 3 is not ready yet")).to_be_visible()
    page.get_by_role("button", name="Take Not ready out").click()
    page.get_by_role("link", name="Release now").click()
    page.get_by_label("What these versions change").fill("The launch.")
    page.get_by_role("button", name="Release now").click()

    expect(page.get_by_text("Went live")).to_be_visible()
    assert Publication.objects.live().count() == 2
    starts = Publication.objects.values_list("visible_from", flat=True)
    assert set(starts) == {Bundle.objects.get().live_from}


def test_ticked_rows_become_a_job_whose_page_follows_the_worker(
    open_page, live_server, publisher
):
    for title in ("Alpha vs Beta", "Gamma vs Delta"):
        make_comparison(title=title)
    approved(Comparison.objects.get(title="Alpha vs Beta"), by=publisher)
    cookies = [login_cookie(publisher, live_server)]
    page = open_page("/admin/comparisons/comparison/", cookies=cookies)

    page.get_by_label("Select all objects on this page for an action").check()
    page.get_by_label("Action:").select_option("publish")
    page.get_by_role("button", name="Run", exact=False).or_(
        page.get_by_role("button", name="Go")
    ).click()
    expect(page.get_by_text("1 of 2 would be published")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Publish now: 2 documents").click()
    status = page.get_by_role("status")
    expect(status).to_have_text("Waiting for a worker.")
    assert violations(page) == []
    sweep()

    expect(status).to_have_text("Finished: 1 done, 1 refused, 0 failed.")
    expect(page.get_by_role("row", name="Alpha vs Beta")).to_contain_text("Published")
    expect(page.get_by_role("link", name="Refresh")).to_have_count(0)


def test_a_changed_export_is_looked_at_and_imported(open_page, live_server):
    card = make_hardware(name="Card", board_power_w=100)
    cookies = [login_cookie(make_fact_editor(), live_server)]
    page = open_page("/admin/catalog/hardware/", cookies=cookies)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export CSV").click()
    text = download.value.path().read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(text))
    row["tdp_watts"] = "120"
    file = io.StringIO()
    writer = csv.DictWriter(file, row)
    writer.writeheader()
    writer.writerow(row)

    page.get_by_role("link", name="Import").click()
    assert violations(page) == []
    sent = {"name": "cards.csv", "mimeType": "text/csv"}
    page.get_by_label("CSV or JSON file").set_input_files(
        sent | {"buffer": file.getvalue().encode()}
    )
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("row", name="Card")).to_contain_text("100 → 120")
    assert violations(page) == []
    page.get_by_role("button", name="Import 1 row").click()

    expect(page.get_by_text("1 rows were written.")).to_be_visible()
    card.refresh_from_db()
    assert card.board_power_w == 120


def test_the_pages_of_planning_have_no_axe_violation(open_page, live_server, publisher):
    bundle, _ = make_ready_bundle(publisher)
    cookies = [login_cookie(publisher, live_server)]

    for path in (
        "/admin/editorial/publication/calendar/?month=2026-13",
        f"/admin/editorial/bundle/{bundle.pk}/change/",
    ):
        page = open_page(path, cookies=cookies)
        assert violations_in_every_sight(page, narrow=768) == [], path
        page.context.close()
