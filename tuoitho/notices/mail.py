"""E-mails: one text a file in texts/, with what it is for in its front matter."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

import yaml
from django.conf import settings
from django.core.mail import send_mail

TEXTS = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True)
class Letter:
    """A text as its file has it."""

    title: str
    audience: str
    language: str
    basis: str
    body: str


@cache
def letter(name: str, language: str = "vi") -> Letter:
    """Read ``texts/NAME.LANGUAGE.md``. Raises FileNotFoundError."""
    _before, front, body = (TEXTS / f"{name}.{language}.md").read_text().split("---\n", 2)
    return Letter(**yaml.safe_load(front), body=body.strip())


def send(name: str, address: str, /, **words: str) -> None:
    """Send a text to one address. ``words`` fill its $places: titles, counts and links only."""
    text = letter(name)
    link = settings.SITE_URL.rstrip("/")
    filled = {**words, "site": link}
    send_mail(
        Template(text.title).substitute(filled),
        Template(text.body).substitute(filled),
        settings.DEFAULT_FROM_EMAIL,
        [address],
    )
