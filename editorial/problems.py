"""What an editor still owes, in sentences."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that blocks publication.

    `field` is the form field or the child's uid that the desk jumps to.
    """

    sentence: str
    field: str = ""

    def __str__(self) -> str:
        return self.sentence
