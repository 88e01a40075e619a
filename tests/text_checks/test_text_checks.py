"""Headings, links, tables, images and lengths of what an editor writes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.text_checks.bodies import writing_problems
from editorial.text_checks.limits import ANSWER_WORDS, SENTENCE_WORDS, VAGUE_LINKS

ROOT = Path(__file__).resolve().parents[2]
LETTERS = st.text("abcdefghij", min_size=3, max_size=8)
WORDS = st.lists(LETTERS, min_size=2, max_size=12).map(" ".join)


def judged(source, field="verdict"):
    """(blocks, advised): sentences about one text."""
    body = {"title": "T", field: {"source": source, "html": "", "pins": []}}
    problems = writing_problems(body)
    assert {problem.field for problem in problems} <= {field}
    return (
        [p.sentence for p in problems if not p.is_advice],
        [p.sentence for p in problems if p.is_advice],
    )


CLEAN = """**Take the first.** It starts in a minute.

### Why

It asks for [the toolkit of the vendor](https://example.org/toolkit) once.

#### On Windows

| engine | port |
|---|---|
| first | 8000 |

- One reason.
- Another, with `a command that is long`.
"""


def test_an_ordinary_text_is_left_alone():
    assert judged(CLEAN) == ([], [])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Title", "of level 1, which the page itself uses"),
        ("## Title", "begin it with ###."),
        ("#### Deep", "skips a level: begin it with ###."),
        ("### One\n\n##### Two", "skips a level: begin it with ####."),
        ("### One\n\n#### Two\n\n##### Three", "lies too deep"),
        ("###", "A heading has no words."),
        ("Read it [here](/a/).", "“here” does not say where it leads"),
        ("[Click  here!](/a/)", "does not say where it leads"),
        ("See <https://example.org/a>.", "shows its address"),
        ("[](/a/)", "has no words"),
        ("[the guide](/a/) and [The guide](/b/)", "lead to different pages, /a/ and"),
        ("| a | |\n|---|---|\n| 1 | 2 |", "no heading for column 2"),
        ("| | |\n|---|---|\n| 1 | 2 |", "has no header cells"),
        ("![](/a.png)", "no alternative text"),
        ("![A chart](/a.png)", "texts hold none"),
    ],
)
def test_what_shuts_readers_out_blocks(source, words):
    blocking, _ = judged(source)

    assert any(words in sentence for sentence in blocking), blocking


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Strong ** ** words.", "emphasised that has no words"),
        ("It has a bandwidth of 960, which is a lot.", "“bandwidth of 960” names no"),
        ("Its memory is 24.", "“memory is 24” names no unit"),
    ],
)
def test_what_tires_readers_is_advised(source, words):
    blocking, advised = judged(source)

    assert blocking == []
    assert any(words in sentence for sentence in advised), advised


@pytest.mark.parametrize(
    "source",
    [
        "A bandwidth of 960 GB/s.",
        "It moves {hardware:card memory_bandwidth_gb_s}. Memory is 24 GB and enough.",
        "The memory of 2 cards adds up.",
        "Start it with `[here](/a/)` and `** **`.",
        "[the guide](/a/) and again [the guide](/a/)",
        "| | port |\n|---|---|\n| first | 8000 |",
    ],
)
def test_what_is_right_is_not_touched(source):
    assert judged(source) == ([], [])


def test_the_answer_is_measured_and_other_texts_are_not():
    long = ". ".join(["One two three four five six seven eight nine ten"] * 9)

    assert judged(long, "verdict") == ([], [])
    _, advised = judged(long, "answer")
    assert advised == [f"The answer has 90 words; cut it to {ANSWER_WORDS['answer']}."]


def test_a_list_item_is_measured_once():
    _, advised = judged("- " + "word " * 41 + "\n\n- two\n")

    assert len(advised) == 1


@given(st.integers(1, 80))
def test_a_sentence_is_too_long_from_the_limit_on(count):
    _, advised = judged(" ".join(["word"] * count) + ".")

    assert bool(advised) == (count > SENTENCE_WORDS)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_headings_pass_exactly_when_they_go_down_one_step_at_a_time(levels):
    source = "\n\n".join(f"{'#' * level} Words" for level in levels)
    steps = zip([2, *levels], levels, strict=False)
    is_right = all(3 <= level <= min(4, above + 1) for above, level in steps)

    blocking, _ = judged(source)

    assert (blocking == []) == is_right


@given(WORDS)
def test_words_that_name_a_page_pass_whatever_they_are(words):
    if words in VAGUE_LINKS:
        return
    assert judged(f"[{words}](/a/)") == ([], [])


@given(st.text("#*_[]()<>|!`\n -abc", max_size=60))
def test_nothing_an_editor_types_breaks_a_check(source):
    blocking, advised = judged(source)

    assert all(re.search(r"[.!]$", sentence) for sentence in [*blocking, *advised])


def test_the_editors_guide_names_the_limits():
    guide = " ".join((ROOT / "docs/editing.md").read_text().split())

    assert f"an answer of more than {ANSWER_WORDS['answer']} words" in guide
    assert f"(a verdict's summary: {ANSWER_WORDS['summary']})" in guide
    assert f"a sentence of more than {SENTENCE_WORDS}" in guide
