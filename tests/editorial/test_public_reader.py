"""A PostgreSQL login without rights on drafts serves every public address."""

import io

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection

from tests.editorial.test_public_pages import ADDRESSES, MISSING, make_small_site

ROLE = "reader_of_the_tests"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no logins"
    ),
]


@pytest.fixture
def reader_login():
    """From here on the connection belongs to the login that may only read."""
    make_small_site()
    grants = io.StringIO()
    call_command("public_reader_sql", role=ROLE, stdout=grants)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP ROLE IF EXISTS "{ROLE}"')
        cursor.execute(f'CREATE ROLE "{ROLE}" LOGIN')
        cursor.execute(grants.getvalue())
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = ROLE
    yield
    connection.close()
    connection.settings_dict["USER"] = owner
    with connection.cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{ROLE}"; DROP ROLE "{ROLE}"')


def test_every_public_address_is_served_with_read_rights_alone(client, reader_login):
    for address in ADDRESSES:
        assert client.get(address).status_code == 200, address
    for address in MISSING:
        assert client.get(address).status_code == 404, address


def test_the_login_may_neither_read_drafts_nor_write(reader_login):
    for statement in (
        "SELECT 1 FROM comparisons_comparison",
        "SELECT 1 FROM auth_user",
        "SELECT 1 FROM editorial_checkpoint",
        "UPDATE editorial_publication SET visible_until = now()",
    ):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute(statement)
