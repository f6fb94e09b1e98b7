"""Screens of inspections: lists, one visit, its steps, its violations and measures."""
