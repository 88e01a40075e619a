"""Every public address: it answers, reads no draft, and leads nowhere in vain."""

import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.details.files import LONG
from editorial.registry import public_tables
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_ai_model,
    make_hardware,
    make_model_file,
    make_price,
)
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db

COMPARE = "/compare/engines/alpha-vs-beta/"
GENERATED = "/compare/engines/alpha-vs-draft-one/"
ADDRESSES = [
    "/",
    "/methodology/",
    "/methodology/will-it-run/",
    "/will-it-run/",
    "/will-it-run/?model=model&hardware=card&context=x",
    "/will-it-run/card/",
    "/will-it-run/card/model/",
    "/will-it-run/model/model/",
    "/feed.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/compare/",
    "/compare/engines/",
    "/compare/hardware/",
    "/compare/models/?side=model&side=nothing",
    GENERATED,
    f"{GENERATED}matrix.csv",
    f"{GENERATED}matrix.json",
    COMPARE,
    f"{COMPARE}?rows=differences",
    f"{COMPARE}matrix.csv",
    f"{COMPARE}matrix.json",
    f"{COMPARE}embed/",
    f"{COMPARE}history/",
    f"{COMPARE}history/?old=1&new=1",
    "/hardware/",
    "/hardware/?memory_min=x&kind=gpu&sort=price",
    "/hardware/list.csv",
    "/models/",
    "/models/list.json",
    "/tools/",
    "/tools/?feature=vision",
    "/tools/alpha/",
    "/hardware/card/",
    "/models/model/",
    "/methodology/confidence/",
    "/benchmarks/test-row/",
    "/models/model/?format=gguf",
    "/tools/alpha/changes/",
    "/hardware/card/changes/",
    "/models/model/changes/",
    "/tools/alpha/changes.atom",
    "/hardware/card/changes.atom",
    "/models/model/changes.atom",
    "/report/",
    f"/report/?page={COMPARE}&place=answer",
    "/report/?page=/hardware/card/",
    "/report/?page=/tools/alpha/&place=verdict",
    "/report/?page=/benchmarks/test-row/",
    f"/report/?page={GENERATED}",
    "/report/thanks/",
    "/corrections/",
    "/corrections.atom",
    "/search/",
    "/search/?q=alpha",
    "/search/?q=alhpa+beta&kind=engine&page=2",
    "/search/suggest/?q=alp",
    "/benchmarks/test-row/changes/",
    "/benchmarks/test-row/changes.atom",
    "/choose-my-gpu/?budget=x",
    "/best-gpu/?need=memory",
    "/cost-vs-cloud/?hardware=card&model=model",
    "/methodology/cost/",
    "/newsletter/archive/",
    "/newsletter/archive.atom",
    "/privacy/",
    "/newsletter/",
    "/newsletter/?watch=engine:alpha",
    "/newsletter/mark/",
    "/newsletter/asked/",
    "/newsletter/my-data/",
    "/newsletter/my-data/asked/",
]
MISSING = ["/compare/engines/beta-vs-nothing/", "/tools/nothing/", "/nothing/"]
MISSING += ["/benchmarks/nothing/", "/benchmarks/test-withdrawn/changes/"]


def make_rich_facts():
    """A card and a model with something in every section of their pages."""
    notes = "CONFLICT of two sheets; int8 derived = 2x fp16"
    marks = {"": "doubtful", "int8_tops": "derived"}
    card = make_hardware("Card", int8_tops=Decimal(568), marks=marks, notes=notes)
    make_hardware("Card two", vendor=card.vendor)
    make_price(card)
    make_price(card, kind="msrp", observed_on=datetime.date(2022, 10, 12))
    model = make_ai_model("Model", license="mit", notes="Counted with the tower.")
    for number in range(LONG + 1):
        make_model_file(model, quantization=f"Q{number}")
    make_model_file(model, weight_format="mlx", quantization="4bit")
    card.board_power_w = 450
    card.save()
    return card, model


def make_small_site():
    """A small site with one of each public thing, and a draft."""
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    engine = comparison.sides.first().engine
    publish_document(make_verdict(engine=engine))
    card, model = make_rich_facts()
    subjects = {"engine": engine, "hardware": card, "ai_model": model}
    make_benchmark(slug="test-row", command="run", **subjects)
    make_benchmark(quantization="Q8_0", is_doubtful=True, **subjects)
    make_benchmark(aggregate_tokens_per_second=900, slug="test-aggregate")
    make_benchmark(slug="test-withdrawn", state="withdrawn")
    make_comparison(names=["Draft one", "Draft two"])
    return comparison


@pytest.fixture(scope="module", autouse=True)
def _site(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker):
        make_small_site()
        yield


def tables_in(statements):
    return {
        name
        for statement in statements
        for name in re.findall(r'(?:FROM|JOIN)\s+"(\w+)"', statement["sql"])
    }


@pytest.mark.parametrize("address", ADDRESSES + MISSING)
def test_every_public_address_answers_without_a_table_of_drafts(client, address):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)

    assert answer.status_code == (404 if address in MISSING else 200)
    assert tables_in(captured.captured_queries) - public_tables() == set()
    assert b"Draft one vs" not in answer.getvalue()


def test_the_guard_sees_a_draft_table():
    with CaptureQueriesContext(connection) as captured:
        list(type(make_comparison()).objects.all())

    assert "comparisons_comparison" in tables_in(captured.captured_queries)


@pytest.mark.once
def test_every_public_address_refuses_to_be_posted_to(client):
    """But feeds, which answer any method alike."""
    for address in ADDRESSES:
        is_form = address.startswith(("/report/", "/newsletter/"))
        if address.endswith(".atom"):
            continue
        if is_form and not address.endswith(("thanks/", "mark/", "asked/", "archive/")):
            # not from a page of this site
            assert client.post(address).status_code == 403, address
        else:
            assert client.post(address).status_code == 405, address


SHIPPED = ("/benchmarks/bm-", "/hardware/", "/models/")
"""Facts that the methodology names: it speaks of the shipped ones, not of these."""


def test_every_internal_link_of_the_site_leads_somewhere(client):
    seen, waiting = set(), [("/", "/")]
    while waiting:
        address, origin = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if origin.startswith("/methodology/") and address.startswith(SHIPPED):
            continue
        assert response.status_code == 200, (address, origin)
        if response["Content-Type"].startswith("text/html"):
            text = re.sub(r'<form[^>]*method="post".*?>', "", response.content.decode())
            found = re.findall(r'(?:href|action)="(/[^"#?]*)', text)
            links = [link for link in found if not link.startswith("/static/")]
            waiting += [(link, address) for link in links]
    assert {COMPARE, "/tools/alpha/", "/methodology/"} <= seen
