"""Addresses whose last part opens something: no log, sum or link may carry it on.

Apps add theirs in `AppConfig.ready()`.
"""

_prefixes = {"/preview/", "/mail/mute/"}

HIDDEN = "…"


def register_secret_paths(*prefixes: str) -> None:
    """Whatever follows one of `prefixes`, up to the next slash, is a secret."""
    _prefixes.update(prefixes)


def is_secret(path: str) -> bool:
    return path.startswith(tuple(_prefixes))


def without_secret(path: str) -> str:
    """`path` as a log may hold it.

    >>> without_secret("/preview/abc/opened/"), without_secret("/tools/vllm/")
    ('/preview/…/opened/', '/tools/vllm/')
    """
    for prefix in _prefixes:
        if path.startswith(prefix):
            _, slash, rest = path.removeprefix(prefix).partition("/")
            return f"{prefix}{HIDDEN}{slash}{rest}"
    return path
