"""Every address of the desk as every role: let in, refused, or sent to sign in."""

import datetime
from decimal import Decimal

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from catalog.models import Alias, EngineStatement, HostedPrice
from comparisons.models import Comparison
from editorial.models import Citation
from editorial.rechecks import open_rechecks
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_model_file,
    make_price,
    make_release,
    make_support_cell,
)
from tests.comparisons.factories import (
    make_comparison,
    make_verdict,
    publish_document,
)
from tests.desk.decisions import ALL
from tests.desk.walk import pairs, undecided, undecided_verbs
from tests.editorial.factories import (
    make_administrator,
    make_fact_editor,
    make_moderator,
    make_person,
    make_publisher,
    make_reviewer,
    make_source,
    make_verification,
    make_writer,
)

pytestmark = pytest.mark.django_db

ROLES = {
    "W": make_writer,
    "R": make_reviewer,
    "P": make_publisher,
    "F": make_fact_editor,
    "M": make_moderator,
    "A": make_administrator,
    "N": make_person,
    "superuser": lambda: make_person(is_superuser=True),
}
OUTSIDERS = {
    "anonymous": lambda: None,
    "reader": lambda: User.objects.create_user("reader"),
}
FEWEST_PAIRS = 3_000
"""So that a walk that finds nothing cannot pass."""


def make_one_of_each():
    """A row of every model of the admin; the documents are drafts."""
    engine, chip, model = make_engine(), make_hardware(), make_ai_model()
    for make in (make_release, make_support_cell, make_failure_mode):
        make(engine)
    EngineStatement.objects.create(engine=engine, claim="So.", source=make_source())
    make_price(chip)
    make_model_file(model)
    make_benchmark(engine=engine, hardware=chip, ai_model=model)
    day = datetime.date(2026, 11, 1)
    HostedPrice.objects.create(
        provider="Someone",
        model_name="model",
        input_usd_per_million_tokens=Decimal("0.1"),
        observed_on=day,
        source=make_source(),
    )
    Alias.objects.create(fact_type="engine", alias="old", target_uid=engine.uid)
    Citation.objects.create(
        source=make_source(),
        subject_type="engine",
        subject_uid=engine.uid,
        retrieved_on=day,
    )
    make_verdict()
    make_comparison(names=["One", "Two", "Three"])
    published = make_verdict(engine=engine)
    publish_document(published)
    make_verification(published)
    open_rechecks("engine", [engine.uid], reason="A test.")
    AccessAttempt.objects.create(username="x", failures_since_start=9)
    DBTaskResult.objects.create(
        task_path="a.task",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
    )


def example(model):
    if model is User:
        return User.objects.filter(is_superuser=False).order_by("pk").first()
    row = model._default_manager.order_by("pk").first()
    assert row is not None, f"make_one_of_each() makes no {model.__name__}"
    return row


def arguments():
    """What the addresses of VIEWS need."""
    comparison, person = example(Comparison), example(User)
    names = ("person_access", "person_session_end", "person_factor_remove")
    return {
        "admin:app_list": ["comparisons"],
        "admin:view_on_site": [1, 1],
        "admin:comparisons_comparison_copy": [comparison.pk],
        "admin:comparisons_comparison_sides": [comparison.pk],
        "admin:comparisons_comparison_drop_side": [
            comparison.pk,
            comparison.sides.first().uid,
        ],
        "admin:auth_user_password_change": [person.pk],
        "accounts:app_remove": [1],
    } | {f"accounts:{name}": [person.pk] for name in names}


def outcome(client, pair):
    """What the answer amounts to, in a word."""
    response = client.generic(pair.method, pair.url)
    to_login = response.get("Location", "").startswith(reverse("admin:login"))
    if response.status_code == 302 and to_login:
        return "sent to sign in"
    if response.status_code == 403:
        return "refused"
    return "let in" if response.status_code < 500 else "broken"


def disagreements(client, person, expected):
    client.raise_request_exception = False
    wrong = []
    walked = list(pairs(example, arguments()))
    for pair in walked:
        if person is not None:
            client.force_login(person)
        found = outcome(client, pair)
        if found != expected(pair):
            wrong.append(f"{pair.method} {pair.url} ({pair.key}): {found}")
    return wrong, len(walked)


def test_the_table_speaks_of_every_address():
    assert undecided() == []
    assert undecided_verbs() == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_let_in_where_the_table_says_so_and_nowhere_else(client, role):
    make_one_of_each()
    person = ROLES[role]()

    def expected(pair):
        may = pair.roles != "nobody" and (role == "superuser" or role in pair.roles)
        return "let in" if may else "refused"

    wrong, count = disagreements(client, person, expected)

    assert wrong == []
    assert count * (len(ROLES) + len(OUTSIDERS)) >= FEWEST_PAIRS


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_who_is_not_of_the_desk_is_sent_to_sign_in(client, outsider):
    make_one_of_each()
    person = OUTSIDERS[outsider]()

    wrong, _ = disagreements(client, person, lambda pair: "sent to sign in")

    logout = f"POST {reverse('admin:logout')} (admin:logout): let in"
    assert [line for line in wrong if line != logout] == []


def test_every_letter_of_the_table_is_a_role():
    assert set(ALL) < set(ROLES)
