"""Screens of reports: who owes them, one of them, its steps, the whole, its figures in public."""
