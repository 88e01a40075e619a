"""What changed in a measurement: its section, its page, its feed."""

from decimal import Decimal

import pytest

from benchmarks.tracked import BENCHMARK
from catalog.facts import record_change
from catalog.history import change_log, cited_by
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_hardware
from tests.editorial.factories import make_source
from tests.page_words import words_of

pytestmark = pytest.mark.django_db


def told(row):
    """The fields of the newest entry: label, old, new."""
    log = change_log(row, BENCHMARK, citations=cited_by([row.uid]))
    return sorted((field.label, field.old, field.new) for field in log[0].fields)


def test_a_corrected_speed_is_told_with_its_proof(client):
    row = make_benchmark(decode_tokens_per_second=Decimal(90))
    row.decode_tokens_per_second = Decimal("1090.5")
    row.save()
    proof = make_source(url="https://example.org/corrected")
    record_change(row, fields=["decode_tokens_per_second"], source=proof)

    response = client.get(row.get_absolute_url())

    (field,) = response.context["changes"][0].fields
    assert (field.label, field.old, field.new) == (
        "Decode (tok/s)",
        "90",
        "1\u202f090.5",
    )
    assert field.proof_url == "https://example.org/corrected"
    assert "Decode (tok/s) 90 → became 1\u202f090.5" in words_of(response)


def test_a_row_that_was_tied_to_a_chip_names_the_chip():
    row = make_benchmark(hardware_slug="card-24gb")
    row.hardware = make_hardware("Card")
    row.hardware_slug = "card"
    row.is_doubtful = True
    row.save()

    assert told(row) == [("Doubtful", "no", "yes"), ("Hardware", "", "Card")]


def test_what_we_work_out_ourselves_is_no_change_of_the_row():
    row = make_benchmark()
    row.confidence_before_age = 2
    row.imported = {"state": "published"}
    row.save()

    assert [entry.what for entry in change_log(row, BENCHMARK)] == ["Added"]


def test_the_page_leads_to_all_changes_and_to_their_feed(client):
    row = make_benchmark()
    page = client.get(row.get_absolute_url())
    html = page.content.decode()

    for end in ("changes/", "changes.atom"):
        path = f"{row.get_absolute_url()}{end}"
        assert f'href="{path}"' in html
        answer = client.get(path)
        assert answer.status_code == 200
        assert page.context["title"] in answer.content.decode()


@pytest.mark.parametrize("state", ["queued", "rejected", "withdrawn"])
def test_the_history_of_a_row_that_is_not_public_is_not_public(client, state):
    row = make_benchmark(state=state)

    for end in ("changes/", "changes.atom"):
        assert client.get(f"{row.get_absolute_url()}{end}").status_code == 404
