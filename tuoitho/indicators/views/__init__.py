"""Screens of the room, a file a subject."""
