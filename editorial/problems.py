"""What an editor still owes, in sentences."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that blocks publication, or that is only advised.

    `field` is the form field or the child's uid that the desk jumps to.
    """

    sentence: str
    field: str = ""
    is_advice: bool = False

    def __str__(self) -> str:
        return self.sentence


class NotReadyError(Exception):
    """The document may not go live yet; `problems` says why, a sentence each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(str(problem) for problem in problems))


class NotAllowedError(PermissionError):
    """This person may not do this to this document."""


class WrongStateError(Exception):
    """The document is not where this step begins; the sentence says what to do."""


def sentences_of(error: Exception) -> list[str]:
    """What a step that was refused has to say, a sentence for each problem."""
    problems = getattr(error, "problems", None)
    return [str(problem) for problem in problems] if problems else [str(error)]
