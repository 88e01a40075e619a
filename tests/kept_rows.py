"""Rows that are costly to make, made once for all tests of a module."""

import contextlib
from collections.abc import Iterator

import pytest
from django.db import transaction

from editorial.registry import loaders
from tests.catalog.data_files import DATA


@contextlib.contextmanager
def kept_rows(blocker) -> Iterator[None]:
    """What is written before the `yield` stays until the end of the module.

    Each test still begins with these rows and no others, because its own transaction
    is one within theirs. Tests with `transaction=True` cannot share in it.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def whole_data_set(django_db_setup, django_db_blocker):
    """Every row of data/ in the database while the module runs."""
    with kept_rows(django_db_blocker):
        for loader in loaders():
            loader.load(loader.parse(DATA))
        yield
