"""Text of several lines as people type it."""

from tuoitho.lib.text import tidy


def tidy_lines(text: str) -> str:
    """Each line tidied, no blank lines at the ends, at most one between paragraphs."""
    lines = [tidy(line) for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip("\n")
