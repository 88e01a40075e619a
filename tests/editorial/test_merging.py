"""Two texts made into one: nothing that either person wrote goes missing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.merging import MINE, THEIRS, TOGETHER, Decision, merge, resolve, same
from tests.editorial.merging_bodies import (
    NAMES,
    UNIQUE,
    edited,
    make_body,
    mine_of,
    plain,
    rating,
    remove,
    rich,
    row_of,
    source,
    texts,
    theirs_of,
    uid,
    words_in,
)


@given(mine_of)
def test_who_alone_changed_the_text_gets_exactly_theirs(mine):
    base = make_body()

    assert plain(merge(base, base, mine, UNIQUE).body) == plain(mine)
    assert merge(base, base, mine, UNIQUE).conflicts == []
    assert plain(merge(base, mine, base, UNIQUE).body) == plain(mine)


@given(mine_of)
def test_two_who_wrote_the_same_agree(text):
    merged = merge(make_body(), text, text, UNIQUE)

    assert merged.conflicts == []
    assert plain(merged.body) == plain(text)


@settings(max_examples=300)
@given(theirs_of, mine_of)
def test_no_changed_text_is_lost(theirs, mine):
    base = make_body()

    merged = merge(base, theirs, mine, UNIQUE)

    there = texts(merged.body)
    collided = set()
    for conflict in merged.conflicts:
        collided |= words_in(conflict.theirs) | words_in(conflict.mine)
    for side in (merged.theirs, merged.mine):
        for place in texts(side) - texts(base):
            assert place in there or place[2] in collided


@settings(max_examples=300)
@given(theirs_of, mine_of, st.data())
def test_a_decided_text_speaks_of_no_row_that_is_gone(theirs, mine, data):
    base = make_body()
    merged = merge(base, theirs, mine, UNIQUE)
    choices = st.sampled_from([MINE, THEIRS])
    decisions = {row.key: Decision(data.draw(choices)) for row in merged.conflicts}

    body = resolve(base, merged, decisions)

    sides = {row["uid"] for row in body["sides"]} | {None}
    assert {row["choice"] for row in body["rules"]} <= sides
    for row in body["dimensions"]:
        rated = [mark["side"] for mark in row["ratings"]]
        assert set(rated) <= sides
        assert len(rated) == len(set(rated))
    uids = [row["uid"] for group in NAMES for row in body[group]]
    assert len(uids) == len(set(uids))


@given(theirs_of, mine_of)
def test_a_row_that_both_have_stands_there_once_and_in_an_order_of_theirs(theirs, mine):
    merged = merge(make_body(), theirs, mine, UNIQUE)

    order = [row["uid"] for row in merged.body["rules"]]
    in_both = [
        row["uid"]
        for row in mine["rules"]
        if row["uid"] in {other["uid"] for other in theirs["rules"]}
    ]
    assert [row for row in order if row in in_both] in (
        in_both,
        [row["uid"] for row in theirs["rules"] if row["uid"] in in_both],
    )


def test_changes_in_different_fields_and_rows_merge_by_themselves():
    base, theirs, mine = make_body(), edited(answer=rich("Theirs.")), make_body()
    row_of(mine, "rules", 10)["situation"] = "Mine."
    row_of(theirs, "dimensions", 20)["ratings"][0]["reason"] = "Theirs too."

    merged = merge(base, theirs, mine, UNIQUE)

    assert merged.conflicts == []
    assert merged.body["answer"]["source"] == "Theirs."
    assert row_of(merged.body, "rules", 10)["situation"] == "Mine."
    assert merged.body["dimensions"][0]["ratings"][0]["reason"] == "Theirs too."


def test_one_field_in_two_ways_is_a_conflict_that_three_answers_settle():
    base = make_body()
    theirs, mine = edited(answer=rich("Theirs.")), edited(answer=rich("Mine."))

    merged = merge(base, theirs, mine)

    (conflict,) = merged.conflicts
    assert (conflict.key, conflict.is_text) == ("answer", True)
    for decision, words in (
        (Decision(MINE), "Mine."),
        (Decision(THEIRS), "Theirs."),
        (Decision(TOGETHER, "Both."), "Both."),
    ):
        body = resolve(base, merged, {"answer": decision})
        assert body["answer"]["source"] == words


def test_a_row_removed_by_one_and_edited_by_the_other_is_a_conflict():
    base, theirs, mine = make_body(), make_body(), make_body()
    theirs["rules"] = theirs["rules"][1:]
    row_of(mine, "rules", 10)["situation"] = "Better words."

    merged = merge(base, theirs, mine)

    (conflict,) = merged.conflicts
    assert (conflict.key, conflict.theirs, conflict.is_row) == (uid(10), None, True)
    kept = resolve(base, merged, {uid(10): Decision(MINE)})
    assert row_of(kept, "rules", 10)["situation"] == "Better words."
    gone = resolve(base, merged, {uid(10): Decision(THEIRS)})
    assert len(gone["rules"]) == 2


def test_a_removed_side_stays_while_a_row_of_the_other_speaks_of_it():
    base, theirs, mine = make_body(), make_body(), make_body()
    remove(theirs, theirs["sides"], 0)
    mine["rules"].append({"uid": uid(50), "situation": "New", "choice": uid(1)})

    merged = merge(base, theirs, mine)

    assert merged.kept == [uid(1)]
    assert [row["uid"] for row in merged.body["sides"]] == [uid(1), uid(2)]


def test_two_ratings_of_one_side_become_one_with_a_conflict():
    base, theirs, mine = make_body(), make_body(), make_body()
    theirs["dimensions"][1]["ratings"] = [rating(101, 1, "Theirs.")]
    mine["dimensions"][1]["ratings"] = [rating(201, 1, "Mine.")]

    merged = merge(base, theirs, mine, UNIQUE)

    assert [row.key for row in merged.conflicts] == [f"{uid(101)}.reason"]
    assert len(merged.body["dimensions"][1]["ratings"]) == 1


def test_sources_of_both_are_cited_and_removed_ones_are_not():
    base, theirs, mine = make_body(), make_body(), make_body()
    theirs |= {"answer_sources": [3], "sources": [source(2), source(3)]}
    mine |= {"answer_sources": [1, 4], "sources": [source(1), source(2), source(4)]}

    merged = merge(base, theirs, mine)

    assert plain(merged.body)["answer_sources"] == ["https://s/3", "https://s/4"]
    assert [row["number"] for row in merged.body["sources"]] == [1, 2, 3]
    assert same(merged.conflicts, [])


def test_line_ends_of_a_browser_are_no_change():
    base = edited(title="One\nTwo")
    theirs, mine = edited(title="Theirs"), edited(title="One\r\nTwo")

    merged = merge(base, theirs, mine)

    assert (merged.conflicts, merged.body["title"]) == ([], "Theirs")
