"""People and sources for tests: valid and ordinary unless told otherwise."""

import datetime
import itertools

from django.contrib.auth.models import Group, User

from editorial.models import Source, Verification
from editorial.roles import (
    ADMINISTRATORS,
    FACT_EDITORS,
    MODERATORS,
    PUBLISHERS,
    REVIEWERS,
    WRITERS,
)

_numbers = itertools.count(1)


def make_source(**values):
    number = next(_numbers)
    defaults = {
        "url": f"https://example.org/page-{number}",
        "title": f"Page {number}",
        "publisher": "Example",
        "kind": "official_docs",
        "retrieved_on": datetime.date(2026, 11, 1),
    }
    return Source.objects.create(**defaults | values)


def make_person(name=None, *, group=None, **values):
    name = name or f"person-{next(_numbers)}"
    person = User.objects.create_user(name, password=None, is_staff=True, **values)
    if group is not None:
        person.groups.add(Group.objects.get(name=group))
    return person


def make_writer(name=None):
    return make_person(name, group=WRITERS)


def make_publisher(name=None):
    return make_person(name, group=PUBLISHERS)


def make_reviewer(name=None):
    return make_person(name, group=REVIEWERS)


def make_fact_editor(name=None):
    return make_person(name, group=FACT_EDITORS)


def make_moderator(name=None):
    return make_person(name, group=MODERATORS)


def make_administrator(name=None):
    return make_person(name, group=ADMINISTRATORS)


def make_verification(document):
    return Verification.objects.create(
        document_uid=document.uid,
        digest="0" * 64,
        version=1,
        verified_on=datetime.date(2026, 11, 1),
        review_due_on=datetime.date(2027, 1, 30),
        verified_by_name="Editorial desk",
        note="Prices and versions",
    )
