"""The numbers that this app itself puts on the front page of the desk."""

from editorial.desk import moved_numbers, sources


def register() -> None:
    moved_numbers.register()
    sources.register()
