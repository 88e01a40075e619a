"""From a form to a mail: the request writes one row, a worker decides what it means.

Whether an address is new, subscribed, gone or barred, the request that brings it makes
the same statements and gets the same answer. So nobody can learn from the form who
reads the digest, and no mail server is asked while a reader waits.
"""

from collections.abc import Callable, Mapping

import structlog
from django.db import OperationalError, transaction
from django_tasks import task

from newsletter.consent import CURRENT
from newsletter.models import AddressRequest, AddressRequestPurpose
from newsletter.spelling import MailAddress
from newsletter.subscriptions import offer_data, subscribe
from newsletter.tokens import Wish

log = structlog.get_logger("newsletter")

ANSWERS: Mapping[str, Callable[[AddressRequest], object]] = {
    AddressRequestPurpose.SIGN_UP: subscribe,
    AddressRequestPurpose.DATA: offer_data,
}


@transaction.atomic
def ask_to_subscribe(
    address: MailAddress, *, client_hash: str, wish: Wish
) -> AddressRequest:
    """Write down that somebody typed `address` and agreed to today's words."""
    return _ask(
        AddressRequestPurpose.SIGN_UP,
        address,
        client_hash=client_hash,
        wants_digest=wish.wants_digest,
        watch=wish.watch,
        consent_version=CURRENT,
    )


@transaction.atomic
def ask_for_data(address: MailAddress, *, client_hash: str) -> AddressRequest:
    """Write down that somebody wants to know what is kept about `address`."""
    return _ask(AddressRequestPurpose.DATA, address, client_hash=client_hash)


def _ask(purpose: str, address: MailAddress, **values: object) -> AddressRequest:
    row = AddressRequest.objects.create(
        purpose=purpose, address=address.written, address_key=address.key, **values
    )
    answer_waiting.enqueue()  # a row of the same database: committed with the other
    return row


@task()
def answer_waiting() -> int:
    """What the worker runs."""
    return answer_requests()


def answer_requests() -> int:
    """Decide on all that waits. Answers the number of rows.

    May be stopped at any time and run several times at once: a row is deleted in the
    transaction that writes its letter, so it is answered once.
    """
    number = 0
    while _answer_next():
        number += 1
    return number


@transaction.atomic
def _answer_next() -> bool:
    row = AddressRequest.objects.waiting().first()
    if row is None:
        return False
    try:
        with transaction.atomic():
            ANSWERS[row.purpose](row)
    except OperationalError:
        raise  # of the database, not of the row: a later run tries again
    except Exception:  # one broken row must not keep the others waiting
        log.exception("address_request_failed", request=row.pk, purpose=row.purpose)
    row.delete()
    return True
