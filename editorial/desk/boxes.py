"""The numbers that this app itself puts on the front page of the desk."""

from editorial.desk import moved_numbers


def register() -> None:
    moved_numbers.register()
