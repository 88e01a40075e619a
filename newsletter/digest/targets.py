"""The facts that an issue's items speak of, and where readers find them."""

from collections import defaultdict
from uuid import UUID

from editorial.freezing import Body
from editorial.registry import ResolvedFact, fact_types


def live_facts(body: Body) -> dict[tuple[str, str], ResolvedFact]:
    """The facts of `body` that are there now, in one statement or two for each type."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for item in body["items"]:
        if item["target"] and item["target"]["type"] in fact_types():
            wanted[item["target"]["type"]].add(UUID(item["target"]["uid"]))
    return {
        (name, str(uid)): fact
        for name, uids in wanted.items()
        for uid, fact in fact_types()[name].resolve(uids).items()
    }


def live_fact_paths(body: Body) -> set[str]:
    return {fact.url for fact in live_facts(body).values()}
