"""Bundles for tests: empty, filled, or ready to go live."""

from editorial.bundles import add_to_bundle, create_bundle
from tests.comparisons.factories import make_comparison, make_verdict
from tests.editorial.steps import approved


def make_bundle(*documents, by, name="Launch"):
    bundle = create_bundle(name=name, by=by)
    for document in documents:
        add_to_bundle(bundle, document, by=by)
    return bundle


def make_ready_bundle(publisher, number=2, **values):
    """A bundle of approved comparisons and one approved verdict."""
    documents = [make_comparison() for _ in range(number - 1)] + [make_verdict()]
    for document in documents:
        approved(document, by=publisher)
    return make_bundle(*documents, by=publisher, **values), documents
