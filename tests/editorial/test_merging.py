"""Two texts made into one: nothing that either person wrote goes missing."""

from copy import deepcopy
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.merging import MINE, THEIRS, TOGETHER, Decision, merge, resolve, same
from editorial.merging_sources import with_addresses
from editorial.merging_words import joined_words

UNIQUE = {"ratings": ("side",)}


def uid(number):
    return str(UUID(int=number))


def rich(source):
    return {"source": source, "html": f"<p>{source}</p>", "renderer": "r", "pins": []}


def source(number):
    return {"uid": uid(900 + number), "number": number, "url": f"https://s/{number}"}


def rating(number, side, reason, sources=()):
    row = {"uid": uid(number), "side": uid(side), "rating": "strong"}
    return row | {"reason": reason, "sources": list(sources)}


def make_body():
    return {
        "uid": uid(999),
        "schema": 1,
        "title": "One vs two",
        "answer": rich("Take one."),
        "answer_sources": [1],
        "verdict": rich("Both are good."),
        "sides": [
            {"uid": uid(side), "name": f"Side {side}", "choose_if": ["You like it"]}
            for side in (1, 2)
        ],
        "rules": [
            {"uid": uid(10 + n), "situation": f"Rule {n}", "choice": uid(1 + n % 2)}
            for n in range(3)
        ],
        "dimensions": [
            {
                "uid": uid(20),
                "label": "Speed",
                "ratings": [rating(21, 1, "Quick.", [2]), rating(22, 2, "Slow.")],
            },
            {"uid": uid(30), "label": "Effort", "ratings": []},
        ],
        "sources": [source(1), source(2)],
    }


def edited(**values):
    return make_body() | values


def row_of(body, group, number):
    return next(row for row in body[group] if row["uid"] == uid(number))


# One edit is a function that changes a body in place; hypothesis makes lists of them.
words = st.sampled_from(["alpha", "beta", "gamma", "delta"])
groups = st.sampled_from(["sides", "rules", "dimensions"])


@st.composite
def edits(draw):
    verb = draw(st.sampled_from(["head", "row", "remove", "add", "move", "rate"]))
    return (verb, draw(groups), draw(st.integers(0, 5)), draw(words))


NAMES = {"sides": "name", "rules": "situation", "dimensions": "label"}


def new_row(group, number, word):
    row = {"uid": uid(number), NAMES[group]: word}
    if group == "rules":
        row["choice"] = None
    return row | ({"ratings": []} if group == "dimensions" else {})


def apply(body, changes, first_number):
    """`body` after `changes`; new rows are numbered from `first_number`."""
    body = deepcopy(body)
    for offset, (verb, group, place, word) in enumerate(changes):
        rows = body[group]
        if verb == "head":
            body["answer" if place % 2 else "verdict"] = rich(word)
        elif verb == "add":
            rows.insert(place, new_row(group, first_number + offset, word))
        elif verb == "rate" and body["dimensions"]:
            row = body["dimensions"][place % len(body["dimensions"])]
            if not any(mark["side"] == uid(1) for mark in row["ratings"]):
                row["ratings"].append(rating(first_number + offset, 1, word))
        elif rows and verb == "row":
            rows[place % len(rows)][NAMES[group]] = word
        elif rows and verb == "move":
            rows.append(rows.pop(place % len(rows)))
        elif rows and verb == "remove":
            remove(body, rows, place)
    return body


def remove(body, rows, place):
    """Take a row out with what speaks of it, as the tables do."""
    gone = rows.pop(place % len(rows))["uid"]
    body["rules"] = [row for row in body["rules"] if row["choice"] != gone]
    for row in body["dimensions"]:
        row["ratings"] = [mark for mark in row["ratings"] if mark["side"] != gone]


changed = st.lists(edits(), max_size=6)
theirs_of = changed.map(lambda changes: apply(make_body(), changes, 100))
mine_of = changed.map(lambda changes: apply(make_body(), changes, 200))


def texts(value, at=""):
    """Every text of a body with its place: the nearest uid, and the field."""
    found = set()
    for key, item in value.items():
        if isinstance(item, dict):
            found.add((at, key, item["source"]))
        elif isinstance(item, str) and key not in {"uid", "side", "choice"}:
            found.add((at, key, item))
        elif isinstance(item, list) and key != "sources":
            for row in item:
                if isinstance(row, dict):
                    found |= texts(row, row["uid"])
    return found


def words_in(value):
    return set() if value is None else set(_words(value))


def _words(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
    else:
        yield value


def plain(body):
    return with_addresses(body)


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


def test_line_ends_of_a_browser_are_no_change():
    base = edited(title="One\nTwo")
    theirs, mine = edited(title="Theirs"), edited(title="One\r\nTwo")

    merged = merge(base, theirs, mine)

    assert (merged.conflicts, merged.body["title"]) == ([], "Theirs")
