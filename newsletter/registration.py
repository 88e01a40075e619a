"""What this app offers to the publishing machinery."""


def register() -> None:
    register_subscribers()
    register_digest()
    register_mailings()


def register_subscribers() -> None:
    """Addresses and what they asked for."""


def register_digest() -> None:
    """The issue as a kind of document, its archive and its notices."""


def register_mailings() -> None:
    """The outbox."""
