"""Screens of the budget: lines with their spending, and what was given to the programme."""
