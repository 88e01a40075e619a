"""The desk's views that fill an issue, show it as mail, and send it."""
