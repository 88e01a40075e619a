"""What the six groups may do."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from comparisons.models import Comparison, DimensionTemplate, TemplateRow
from editorial.groups import group_permissions, sync_groups
from editorial.models import EditorialEvent
from editorial.rights import can
from editorial.roles import (
    ADMINISTRATORS,
    FACT_EDITORS,
    MODERATORS,
    PUBLISHERS,
    REVIEWERS,
    ROLES,
    WRITERS,
    register_desk_models,
)
from editorial.roles import _desk_models as registered
from tests.catalog.factories import make_hardware
from tests.editorial.factories import (
    make_administrator,
    make_fact_editor,
    make_moderator,
    make_person,
    make_publisher,
    make_reviewer,
    make_writer,
)

pytestmark = pytest.mark.django_db


def verbs_of(person, model):
    verbs = ("view", "create", "edit", "submit", "request_changes", "publish", "verify")
    return {verb for verb in verbs if can(person, verb, model)}


@pytest.mark.parametrize(
    ("make", "verbs"),
    [
        (make_person, set()),
        (make_writer, {"view", "create", "edit", "submit"}),
        (make_reviewer, {"view", "create", "edit", "submit", "request_changes"}),
        (
            make_publisher,
            {
                "view",
                "create",
                "edit",
                "submit",
                "request_changes",
                "publish",
                "verify",
            },
        ),
        (make_fact_editor, {"view"}),
        (make_moderator, {"view"}),
        (make_administrator, set()),
    ],
)
def test_what_a_role_may_do_with_a_text(make, verbs):
    assert verbs_of(make(), Comparison) == verbs


def test_facts_are_for_fact_editors():
    card = make_hardware()

    assert can(make_fact_editor(), "edit", card)
    assert not can(make_publisher(), "edit", card)
    assert can(make_publisher(), "view", card)


def test_a_group_may_do_all_that_the_one_it_is_built_on_may():
    granted = group_permissions()

    assert set(granted) == set(ROLES)
    assert granted[WRITERS] < granted[REVIEWERS] < granted[PUBLISHERS]
    assert not granted[ADMINISTRATORS] & granted[WRITERS]


def test_the_templates_of_dimensions_go_through_can():
    for make, may in ((make_writer, False), (make_publisher, True)):
        person = make()
        assert can(person, "edit", DimensionTemplate) is may
        assert can(person, "delete", TemplateRow) is may


def test_only_administrators_read_what_concerns_people():
    assert can(make_administrator(), "audit", EditorialEvent)
    assert not can(make_publisher(), "audit", EditorialEvent)
    assert not can(make_writer(), "view", EditorialEvent)


def test_an_app_names_the_groups_that_its_tables_are_for(monkeypatch):
    monkeypatch.delitem(registered, "comparisons.TemplateRow")
    register_desk_models(
        "comparisons.TemplateRow", rights={MODERATORS: ("view", "change")}
    )

    granted = group_permissions()

    named = {name for _, name in granted[MODERATORS] if name.endswith("_templaterow")}
    assert named == {"view_templaterow", "change_templaterow"}
    assert ("comparisons", "view_templaterow") not in granted[WRITERS]


def test_a_right_given_by_hand_survives_a_migration():
    group = Group.objects.get(name=FACT_EDITORS)
    extra = Permission.objects.get(codename="add_comparison")
    group.permissions.add(extra)

    sync_groups()

    assert extra in group.permissions.all()


def test_the_demo_accounts_are_one_of_each_role(settings, capsys):
    settings.DEVELOPMENT = True

    call_command("create_demo_accounts")

    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == [
        *("writer", "reviewer", "publisher"),
        *("fact-editor", "moderator", "administrator"),
    ]
