"""One child's file as one line of time: every room's rows about the child, asked in one query."""

from tuoitho.cases.timeline.asking import SIZE, Page, timeline
from tuoitho.cases.timeline.source import KINDS, Entry

__all__ = ["KINDS", "SIZE", "Entry", "Page", "timeline"]
