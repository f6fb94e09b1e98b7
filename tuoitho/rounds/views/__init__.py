"""Screens of rounds: the round and its coverage, the list of a hamlet, one child of a list."""
