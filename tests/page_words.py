"""What a reader sees of an answer: its words, without markup."""

import html
import re


def words_of(response):
    """The text with single spaces; thin spaces stay as they are."""
    text = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.S)
    text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"[ \n]+", " ", text)
