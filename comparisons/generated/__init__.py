"""Comparisons made from the facts, where no editor has written one."""
