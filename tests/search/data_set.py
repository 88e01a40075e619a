"""The shipped data set as a whole, for a module that asks about it."""

import pytest
from django.db import transaction

from editorial.registry import loaders
from tests.catalog.data_files import DATA


@pytest.fixture(scope="module")
def whole_data_set(django_db_setup, django_db_blocker):
    """Every row of data/ in the database while the module runs."""
    with django_db_blocker.unblock(), transaction.atomic():
        for loader in loaders():
            loader.load(loader.parse(DATA))
        yield
        transaction.set_rollback(True)
