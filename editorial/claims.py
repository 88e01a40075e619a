"""Which sentences are claims, and so need a source."""

import re

CLAIM_WORDS = ("fastest", "only", "most")
"""Words that claim a rank or an absence without a figure."""

_WORDS = re.compile(rf"\b(?:{'|'.join(CLAIM_WORDS)})\b", re.IGNORECASE)
_CLAIM = re.compile(rf"\d|{_WORDS.pattern}", re.IGNORECASE)
_CODE = re.compile(r"`[^`]*`")


def makes_claim(text: str) -> bool:
    """Whether `text` holds a number, a version or one of the claim words.

    Code in back-quotes does not count: a command is not a statement.

    >>> makes_claim("Runs on NVIDIA only")
    True
    >>> makes_claim("Start it with `serve --port 8000` and wait")
    False
    """
    return bool(_CLAIM.search(_CODE.sub("", text)))


def claim_words(text: str) -> list[str]:
    """The claim words of `text`, each once, in lower case.

    >>> claim_words("The fastest, and the only one. Start `most`.")
    ['fastest', 'only']
    """
    found = _WORDS.findall(_CODE.sub("", text))
    return list(dict.fromkeys(word.lower() for word in found))
