"""What differs between two texts, as an editor and a reader are told."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.freezing import freeze_comparison
from editorial.diffing import (
    Change,
    Piece,
    changes_between,
    unchanged_between,
    word_pieces,
)
from tests.comparisons.factories import make_comparison


@pytest.fixture
def old(db):
    return freeze_comparison(make_comparison(names=["Alpha", "Beta", "Gamma"]))


@pytest.fixture
def new(old):
    return copy.deepcopy(old)


def found(old, new):
    return [(change.kind, change.where) for change in changes_between(old, new)]


def marked(pieces, *marks):
    return "".join(piece.text for piece in pieces if piece.mark in marks)


def test_a_text_does_not_differ_from_itself(old, new):
    assert changes_between(old, new) == []


def test_a_changed_field_shows_its_words(old, new):
    old["thesis"], new["thesis"] = "One is quick.", "One is slow."

    assert changes_between(old, new) == [
        Change(
            "Thesis",
            "changed",
            [
                Piece("One is ", "same"),
                Piece("quick.", "removed"),
                Piece("slow.", "added"),
            ],
        )
    ]


def test_a_rich_text_is_compared_by_what_was_typed(old, new):
    new["answer"]["html"] = "<p>Rendered by a newer program.</p>"
    new["answer"]["renderer"] = "newer"
    assert changes_between(old, new) == []

    new["answer"]["source"] += " And more."

    assert found(old, new) == [("changed", "Answer")]


def test_a_child_that_changed_is_found_by_its_uid_wherever_it_stands(old, new):
    new["dimensions"][1]["gloss"] = "In minutes."
    new["dimensions"][2]["ratings"][0]["reason"] = "For another reason."

    assert found(old, new) == [
        ("changed", "Dimensions › “Effort” › gloss"),
        ("changed", "Dimensions › “Reach” › “Alpha” › reason"),
    ]


def test_a_renamed_child_is_changed_and_neither_added_nor_removed(old, new):
    new["dimensions"][0]["label"] = "Throughput"

    assert found(old, new) == [("changed", "Dimensions › “Throughput” › label")]


def test_a_child_that_only_changed_its_place_has_moved(old, new):
    new["dimensions"].append(new["dimensions"].pop(0))

    assert found(old, new) == [("moved", "Dimensions › “Speed”")]


def test_a_new_and_a_lost_child_are_shown_whole(old, new):
    lost = new["rules"].pop(0)
    added = lost | {"uid": "another", "situation": "You want neither"}
    new["rules"].append(added)

    changes = changes_between(old, new)

    assert [(change.kind, change.where) for change in changes] == [
        ("added", "Rules › “You want neither”"),
        ("removed", f"Rules › “{lost['situation']}”"),
    ]
    assert "You want neither" in changes[0].pieces[0].text


def test_a_list_that_lost_its_last_child_says_so(old, new):
    new["rules"] = []

    assert [kind for kind, _ in found(old, new)] == ["removed"] * len(old["rules"])


def test_sides_and_sources_are_named_and_not_numbered(old, new):
    alpha, beta = old["sides"][0]["uid"], old["sides"][1]["uid"]
    old["rules"][0]["choice"], new["rules"][0]["choice"] = alpha, beta
    new["answer_sources"] = [1]

    by_place = {change.where: change for change in changes_between(old, new)}

    choice = by_place[f"Rules › “{old['rules'][0]['situation']}” › choice"]
    assert marked(choice.pieces, "removed") == "Alpha"
    assert marked(choice.pieces, "added") == "Beta"
    cited = by_place["Answer sources"]
    assert marked(cited.pieces, "added") == old["sources"][0]["title"]


def test_a_source_that_got_another_number_is_no_change(old, new):
    order = {
        row["number"]: 1 + row["number"] % len(old["sources"]) for row in old["sources"]
    }
    for row in new["sources"]:
        row["number"] = order[row["number"]]
    for mode in new["failure_modes"]:
        mode["sources"] = [order[number] for number in mode["sources"]]

    assert changes_between(old, new) == []


def test_a_list_of_lines_is_compared_line_by_line(old, new):
    new["sides"][0]["choose_if"] = ["You like it", "You really know it"]

    (change,) = changes_between(old, new)

    assert change.where == "Sides › “Alpha” › choose if"
    assert marked(change.pieces, "added").strip() == "really"


def test_a_moved_rule_says_from_where_to_where_and_nothing_is_removed(old, new):
    new["rules"].insert(0, new["rules"].pop())

    (change,) = changes_between(old, new)

    assert (change.kind, change.part) == ("moved", "Rules")
    assert change.row == f"“{old['rules'][-1]['situation']}”"
    assert (change.old_position, change.new_position) == (3, 1)
    assert change.pieces == []


def test_a_row_that_was_renamed_and_moved_at_once_is_one_row_with_two_changes(old, new):
    row = new["rules"].pop()
    row["situation"] = "You want something else"
    new["rules"].insert(0, row)

    moved, renamed = changes_between(old, new)

    assert [moved.kind, renamed.kind] == ["moved", "changed"]
    assert moved.row_uid == renamed.row_uid == row["uid"]
    assert (renamed.row, renamed.detail) == ("“You want something else”", "situation")
    assert marked(renamed.pieces, "added") == "something else"


def test_a_row_that_others_were_put_before_has_not_moved(old, new):
    new["rules"].insert(0, new["rules"][0] | {"uid": "new", "situation": "New"})

    assert found(old, new) == [("added", "Rules › “New”")]


def test_as_few_rows_as_possible_are_said_to_have_moved(old, new):
    first, second, third = new["dimensions"]
    fourth = first | {"uid": "4", "label": "Fourth", "ratings": []}
    fifth = first | {"uid": "5", "label": "Fifth", "ratings": []}
    old["dimensions"] = [first, second, third, fourth, fifth]
    new["dimensions"] = [second, first, fourth, third, fifth]

    assert [kind for kind, _ in found(old, new)] == ["moved"] * 2


def test_two_rows_of_one_name_are_told_apart(old, new):
    for mode in new["failure_modes"]:
        mode["symptom"] = "Another message"

    changes = changes_between(old, new)

    assert len({change.row for change in changes}) == 1
    assert len({change.row_uid for change in changes}) == len(new["failure_modes"])


def test_what_reads_as_it_did_is_listed_without_what_changed(old, new):
    new["thesis"] = "Other words."
    new["rules"][0]["reason"] = "Another reason."

    passages = {passage.name: passage.text for passage in unchanged_between(old, new)}

    assert passages["Title"] == old["title"]
    assert "Thesis" not in passages
    assert old["rules"][0]["situation"] not in passages["Rules"]
    assert old["rules"][1]["situation"] in passages["Rules"]


def test_a_sentence_written_anew_stands_whole_beside_the_old_one():
    pieces = word_pieces(
        "It manages models and starts the program for you.",
        "Two engines that differ in the work they ask for before the first token.",
    )

    assert [piece.mark for piece in pieces] == ["removed", "added"]


def test_a_small_change_in_a_long_sentence_is_marked_alone():
    pieces = word_pieces(
        "It loads 24 GB in 8 seconds on the card.",
        "It loads 32 GB in 9 seconds on the card.",
    )

    assert marked(pieces, "same") == "It loads GB in seconds on the card."


@given(st.text(), st.text())
def test_the_pieces_make_up_both_texts(before, after):
    pieces = word_pieces(before, after)

    assert marked(pieces, "same", "removed") == before
    assert marked(pieces, "same", "added") == after
