"""The proposal for a passage that two people changed holds the words of both."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.merging_words import joined_words

words = st.sampled_from(["alpha", "beta", "gamma", "delta"])
sentences = st.lists(words, max_size=8).map(" ".join)


@settings(max_examples=300)
@given(sentences, sentences, sentences)
def test_a_proposal_holds_the_new_words_of_both(base, theirs, mine):
    proposal = joined_words(base, theirs, mine)

    assert set(theirs.split()) - set(base.split()) <= set(proposal.split())
    assert set(mine.split()) - set(base.split()) <= set(proposal.split())
    assert joined_words(base, base, mine) == mine
    assert joined_words(base, theirs, base) == theirs
    assert joined_words(base, mine, mine) == mine


def test_a_proposal_takes_neighbouring_changes_of_both():
    proposal = joined_words(
        "The verdict as it was. It has two sentences.",
        "The verdict of Anna. It has two sentences.",
        "The verdict as it was. Bert has another sentence.",
    )

    assert proposal == "The verdict of Anna. Bert has another sentence."
