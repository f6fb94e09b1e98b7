"""Screens of activities: the activity itself, and the workplaces it reached."""
