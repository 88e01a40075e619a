"""Small frozen bodies, and what two editors might do to one of them."""

from copy import deepcopy
from uuid import UUID

from hypothesis import strategies as st

from editorial.merging_sources import with_addresses

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
        elif verb == "rate" and body["dimensions"] and has_first_side(body):
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


def has_first_side(body):
    return any(row["uid"] == uid(1) for row in body["sides"])


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
