"""Every address of the desk as every role: let in, refused, or sent to sign in.

633 addresses with a method, ten people: 6,330 pairs, and more with each new page.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse

from tests.desk.decisions import ALL, NOBODY
from tests.desk.walk import routes, undecided, undecided_verbs
from tests.desk.walked_rows import make_one_of_each, walk_of
from tests.editorial.factories import (
    make_administrator,
    make_fact_editor,
    make_moderator,
    make_person,
    make_publisher,
    make_reviewer,
    make_writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

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
DOORS = ("admin:login", "accounts:verify")
FEWEST_PAIRS = 6_000
"""So that a walk that finds nothing cannot pass."""

ENDING_SESSIONS = ("accounts:", "admin:logout")

LACKING = "accounts:app_remove"
"""Answers 404: whoever walks has no second factor, which would have to be shown."""

ROW = re.compile(r"^[^<]*<path:object_id>[^<]*$")
"""Routes that take the key of a row, and no more."""


def outcome(client, pair):
    """What the answer amounts to, in a word."""
    response = client.generic(pair.method, pair.url)
    status = response.status_code
    if response.get("Location", "").startswith(tuple(map(reverse, DOORS))):
        return "sent to sign in"
    if status in (403, 405) or (status, pair.method) == (404, "GET"):
        return "refused"
    return "let in" if status < 500 else "broken"


def disagreements(client, person, expected):
    client.raise_request_exception = False
    wrong, walked, is_signed_in = [], walk_of(person), False
    for pair in walked:
        if person is not None and not is_signed_in:
            client.force_login(person)
        found = outcome(client, pair)
        if found != expected(pair) and pair.key != LACKING:
            wrong.append(f"{pair.method} {pair.url} ({pair.key}): {found}")
        is_signed_in = not pair.key.startswith(ENDING_SESSIONS)
    return wrong, len(walked)


def test_the_table_speaks_of_every_address():
    assert undecided() == []
    assert undecided_verbs() == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_let_in_where_the_table_says_so_and_nowhere_else(
    client, role, monkeypatch
):
    # Drawn pages are looked at in a browser; who is let in is decided before.
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
    monkeypatch.setattr(admin.site, "each_context", lambda request: {})
    make_one_of_each()
    person = ROLES[role]()

    def expected(pair):
        may = pair.roles != NOBODY and (role == "superuser" or role in pair.roles)
        return "let in" if may else "refused"

    wrong, count = disagreements(client, person, expected)

    assert wrong == []
    number = count * (len(ROLES) + len(OUTSIDERS))
    assert number >= FEWEST_PAIRS


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_who_is_not_of_the_desk_is_sent_to_sign_in(client, outsider):
    make_one_of_each()
    person = OUTSIDERS[outsider]()

    wrong, _ = disagreements(client, person, lambda pair: "sent to sign in")

    logout = f"POST {reverse('admin:logout')} (admin:logout): let in"
    assert [line for line in wrong if line != logout] == []


def test_an_address_answers_only_the_methods_it_is_for(client):
    make_one_of_each()
    person = make_person(is_superuser=True)
    client.force_login(person)
    known = [pair for pair in walk_of(person) if not pair.is_of_django]
    methods = {pair.url: set() for pair in known}
    for pair in known:
        methods[pair.url].add(pair.method)

    answers = {
        f"{method} {url}": client.generic(method, url).status_code
        for url, own in methods.items()
        for method in {"GET", "POST"} - own
    }

    assert len(answers) > 50
    assert {key: code for key, code in answers.items() if code != 405} == {}


def test_a_change_without_the_token_of_a_form_is_refused():
    make_one_of_each()
    person = make_person(is_superuser=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    changes = [pair for pair in walk_of(person) if pair.method == "POST"]

    codes = {pair.url: client.post(pair.url).status_code for pair in changes}

    assert len(codes) > 100
    assert {url: code for url, code in codes.items() if code != 403} == {}


def test_a_key_that_is_none_breaks_no_page(client):
    """The admin's own patterns take any words for the key of a row."""
    client.force_login(make_person(is_superuser=True))
    keys = [key for key, route in routes() if ROW.search(route)]

    urls = [reverse(key, args=["no-key"]) for key in keys if "/" not in key]
    client.raise_request_exception = False
    codes = {url: client.get(url).status_code for url in urls}

    assert len(codes) > 50
    assert set(codes.values()) <= {302, 403, 404}


def test_every_letter_of_the_table_is_a_role():
    assert set(ALL) < set(ROLES)
