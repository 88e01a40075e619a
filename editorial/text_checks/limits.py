"""How long parts of a text may be before the desk advises to cut them."""

DESCRIPTION_LENGTH = range(50, 201)
"""Characters that search engines and previews show."""

ANSWER_WORDS = {"answer": 80, "summary": 120}
"""Words of the box at the top that answers the page's question: of a comparison in two
sentences, of a verdict in a paragraph."""

SENTENCE_WORDS = 40
"""Words of one sentence."""

HEADING_LEVELS = range(3, 5)
"""Levels that headings of a text may have: the page's own are 1 and 2."""

VAGUE_LINKS = frozenset(
    ("here", "click here", "this", "this page", "this link", "link", "page", "more")
    + ("read more", "see here", "source", "website", "there")
)
"""Words that say nothing of where a link leads, to those who hear only the links."""
