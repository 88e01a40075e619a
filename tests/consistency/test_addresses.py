"""No outside address, however it is written, leads a check into the local network."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.link_checks.addresses import RefusedAddressError, is_public, target_of

PUBLIC = "93.184.216.34"


def to_public(host, port):
    return [PUBLIC]


def as_written(host, port):
    """A resolver that takes IP addresses as they stand, and knows one name."""
    return [host if host.replace(".", "").isdigit() or ":" in host else PUBLIC]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://localhost/",
        "http://localhost./",
        "http://intranet/",
        "http://10.0.0.8/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://240.0.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fc00::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://user@example.org/",
        "http://user:word@example.org/",
        "http://example.org@127.0.0.1/",
        "http://@example.org/",
        "http://example.org:8080/",
        "https://example.org:80/",
        "http://example.org:99999/",
        "http://example.org\\@127.0.0.1/",
        "http://exam ple.org/",
        "http://example.org/\r\nHost: other",
        "http://exa\x00mple.org/",
        "http://-example.org/",
        "http:///path",
        "http://",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.org/",
        "/path",
        "",
    ],
)
def test_a_local_or_odd_address_is_refused(url):
    with pytest.raises(RefusedAddressError):
        target_of(url, resolve=as_written)


@pytest.mark.parametrize(
    ("url", "host", "port", "request_line"),
    [
        ("http://example.org", "example.org", 80, "/"),
        ("https://Example.ORG./a?b=c d#e".replace(" ", "+"), "example.org", 443, None),
        ("https://example.org:443/a%20b", "example.org", 443, "/a%20b"),
        ("https://bücher.example/ä", "xn--bcher-kva.example", 443, "/%C3%A4"),
        ("http://93.184.216.34/", PUBLIC, 80, "/"),
    ],
)
def test_a_public_address_is_looked_up_once_and_kept(url, host, port, request_line):
    target = target_of(url, resolve=to_public)

    assert (target.host, target.port, target.address) == (host, port, PUBLIC)
    assert request_line in (None, target.request)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(RefusedAddressError):
        target_of(
            "http://example.org/", resolve=lambda host, port: [PUBLIC, "10.0.0.1"]
        )


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_form(ip):
    number = int(ip)
    forms = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
    ]
    for form in forms:
        assert is_public(str(form)) == is_public(str(ip)), form
    for text in (number, hex(number), f"{number:#o}", f"{hex(number)}."):
        with pytest.raises(RefusedAddressError):
            target_of(f"http://{text}/", resolve=to_public)


@given(st.ip_addresses())
def test_what_is_not_global_is_never_public(ip):
    if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast:
        mapped = getattr(ip, "ipv4_mapped", None)
        assert not is_public(str(ip)) or (mapped and mapped.is_global)


@given(st.text(max_size=40))
def test_no_text_breaks_the_guard(text):
    for url in (text, f"http://{text}", f"https://{text}/", f"http://a.example/{text}"):
        try:
            target = target_of(url, resolve=to_public)
        except RefusedAddressError:
            continue
        assert target.request.isascii()
        assert target.request.startswith("/")
        assert not set(target.request) & set("\r\n \x00")
