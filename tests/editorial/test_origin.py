"""Whose address counts behind proxies."""

import pytest
from django.test import RequestFactory

from editorial.origin import client_address, coming_from, current_address

PEER = "10.0.0.1"


def address(forwarded, proxies, settings, peer=PEER):
    settings.PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer))


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("", 0, PEER),
        ("203.0.113.9", 0, PEER),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("203.0.113.9:4711", 1, "203.0.113.9"),
        ("[2001:db8::1]:443", 1, "2001:db8::1"),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("", 1, PEER),
        ("203.0.113.9", 2, PEER),
        ("not an address", 1, PEER),
    ],
)
def test_only_what_our_own_proxies_wrote_counts(forwarded, proxies, expected, settings):
    assert address(forwarded, proxies, settings) == expected


def test_a_server_on_a_socket_knows_no_peer(settings):
    assert address("", 0, settings, peer="") is None


def test_the_origin_ends_with_the_request():
    with coming_from("203.0.113.9"):
        assert current_address() == "203.0.113.9"

    assert current_address() is None
