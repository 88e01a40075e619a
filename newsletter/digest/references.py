"""What a frozen issue refers to.

The things that its items speak of are not among them: an issue tells what was so on a
day, and a fact that changes afterwards asks for no second look at it.
"""

from uuid import UUID

from editorial.freezing import Body
from editorial.models import QUOTES

Reference = tuple[str, UUID, str]


def digest_references(body: Body) -> list[Reference]:
    return [
        *((pin["type"], UUID(pin["uid"]), QUOTES) for pin in body["note"]["pins"]),
        *(("source", UUID(source["uid"]), "cites") for source in body["sources"]),
    ]
