"""What people agree to, in the words that they read. A changed word is a new version.

Earlier versions stay here: whoever agreed to one agreed to exactly that.
"""

CURRENT = "2026-11"

WORDS = {
    "2026-11": (
        "Send me the monthly digest by mail, and notices about what I chose to watch. "
        "I can leave at any time by a link in each mail. Nobody counts whether I open "
        "a mail or follow a link in it."
    ),
}

ASKED, CONFIRMED = "asked", "confirmed"


def words_of(version: str) -> str:
    """Raises KeyError for a version that never was."""
    return WORDS[version]
