"""The lists of the desk ask as many statements for sixty rows as for twenty."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparisons.models import Comparison
from editorial.audit import record
from editorial.bulk import start_job
from editorial.comments import add_comment
from editorial.drafts import record_save
from editorial.models import Bundle, Report
from tests.catalog.factories import make_hardware
from tests.comparisons.factories import make_comparison, make_verdict, publish_document
from tests.desk.test_moved_numbers import move
from tests.desk.test_steps import desk_url
from tests.editorial.factories import make_person, make_source

pytestmark = pytest.mark.django_db

FEW, MANY = 20, 60
DAY = datetime.timedelta(days=1)


@pytest.fixture
def root(client):
    root = make_person(is_superuser=True)
    client.force_login(root)
    return root


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def make_bundles(number, root):
    for _ in range(number):
        bundle = Bundle.objects.create(name=f"Launch {uuid.uuid4()}", created_by=root)
        values = {"kind": "comparison", "title": "A text", "added_by": root}
        bundle.items.create(document_uid=uuid.uuid4(), **values)


def make_jobs(number, root):
    document = make_comparison()
    for _ in range(number):
        start_job("submit", [document], by=root)


def make_reports(number, root):
    for row in range(number):
        taken = {"taken_by": make_person()}
        Report.objects.create(page_title=f"Page {row}", message="It is wrong.", **taken)


def make_events(number, root):
    for row in range(number):
        record("sign_in", subject=str(row), by=make_person())


def make_sources(number, root):
    for _ in range(number):
        make_source()


@pytest.mark.parametrize(
    ("model", "make"),
    [
        ("bundle", make_bundles),
        ("bulkjob", make_jobs),
        ("report", make_reports),
        ("editorialevent", make_events),
        ("source", make_sources),
    ],
)
def test_a_list_of_the_desk_costs_the_same_at_any_length(client, root, model, make):
    url = reverse(f"admin:editorial_{model}_changelist")
    make(FEW, root)
    client.get(url)  # what a process learns once
    few = statements(client, url)

    make(MANY - FEW, root)

    assert statements(client, url) == few


def test_the_documents_cost_the_same_at_any_length(client, root):
    url = reverse("admin:comparisons_comparison_changelist")

    def make(first, last):
        for row in range(first, last):
            text = {"slug": f"many-{row}", "title": f"Many {row}", "subject": "engine"}
            Comparison.objects.create(assigned_to=make_person(), **text)

    make(0, FEW)
    client.get(url)
    few = statements(client, url)
    make(FEW, MANY)

    assert statements(client, url) == few


def test_what_is_said_of_a_text_costs_the_same_at_any_length(client, root):
    document = make_comparison()
    url = desk_url(document, "comments")

    def say(number):
        for _ in range(number):
            add_comment(document, by=make_person(is_superuser=True), text="Hm.")

    say(FEW)
    client.get(url)
    few = statements(client, url)
    say(MANY - FEW)

    assert statements(client, url) == few


def make_moved_texts(first, last, root):
    """Published verdicts, each with a number that has moved since."""
    for row in range(first, last):
        card = make_hardware(f"Card {row}", slug=f"card-{row}")
        pin = f"{{hardware:card-{row} memory_bandwidth_gb_s}}"
        text = make_verdict(hardware=card, summary=f"It moves {pin}.")
        text.summary_sources.add(make_source())
        record_save(text, by=None)
        publish_document(text, by=root)
        move(card, 640)


def test_a_page_of_moved_numbers_costs_the_same_at_any_length(client, root):
    """A page holds twenty of them."""
    url = reverse("admin:editorial_publication_moved_numbers")
    make_moved_texts(0, 5, root)
    client.get(url)
    few = statements(client, url)

    make_moved_texts(5, FEW, root)

    assert statements(client, url) == few
    assert len(client.get(url).context["rows"]) == FEW


def test_what_is_published_costs_the_same_at_any_length(client, root):
    """The lists of what falls due, what moved and what readers see."""
    make_moved_texts(0, FEW, root)
    due_on = make_verdict().verified_on + 90 * DAY
    urls = [
        reverse("admin:freshness"),
        reverse("admin:editorial_publication_moved_numbers"),
        f"{reverse('admin:calendar')}?month={due_on:%Y-%m}",
        reverse("admin:editorial_publication_site"),
        reverse("admin:editorial_publication_changelist"),
    ]
    for url in urls:
        client.get(url)
    few = [statements(client, url) for url in urls]

    make_moved_texts(FEW, MANY, root)

    assert [statements(client, url) for url in urls] == few
    pages = [client.get(url).context for url in urls[:3]]
    counts = [page["page"].paginator.count for page in pages[:2]]
    assert [*counts, pages[2]["month"].count] == [MANY] * 3
