"""What can be asked for, how, and which words of a child's file an answer must not show."""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from tuoitho.access.models import User
from tuoitho.access.permissions import ROLES
from tuoitho.cases.views.steps import SCREENS
from tuoitho.units.models import Unit

DAY = date(2026, 3, 10)
# Words that stand in the files of a child here and nowhere else, and the permission (in xã Thanh
# Trì) without which nobody may read them.
SECRETS = {
    "Bùi Kín Đáo": "people.view",
    "Lê Thị Ẩn Danh": "people.view",
    "Xóm Khuất": "people.view",
    "ghi chú riêng về em": "people.view",
    "001214005678": "people.identity",
    "0987650123": "people.identity",
    "Bé Giấu Tên": "cases.view",
    "chuyện kể trong tin báo": "cases.view",
    "0977111222": "cases.informant",
    "nhu cầu riêng của em": "cases.view",
    "chuyện trong biên bản": "cases.view",
    "người trong biên bản": "cases.view",
    "chuyện đã niêm phong": "cases.sealed",
    "Bé Niêm Phong": "cases.sealed",
}
NOBODY, NO_ROLE, ELSEWHERE = "nobody", "no_role", "elsewhere"
LOCAL = {"commune_worker", "commune_chair", "collaborator", "school"}
# Who can sign in; "public", "system" and "timekeeper" cannot.
HUMAN = tuple(role for role in ROLES if role not in {"public", "system", "timekeeper"})
ASKING = (NOBODY, NO_ROLE, ELSEWHERE, *HUMAN)
SEALED, SEALED_REPORT = "a sealed case", "its report"
OF_THE_LIST = ("cases:case_readers", "cases:case_reader_add", "cases:case_lead_name")
API = "/api/"
QUERIES = {"api:list_figures": "?year=2026"}  # what an address cannot be asked without


@dataclass(frozen=True)
class Address:
    """One address to ask for: the name of its URL, its route, and which words may stand in it."""

    name: str
    route: str
    permission: str
    words: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """What it is called in the matrix: the URL's name, and the word when there are several."""
        return "/".join([self.name, *(word for _name, word in self.words)])


@dataclass
class World:
    """``made``: what stands at the argument of a route, by the text before it (or by the line of
    the matrix, where one line needs a row of its own); ``sent``: what a line cannot do without."""

    made: dict[str, Any]
    sent: dict[str, Any]
    here: Unit
    people: dict[str, User]
    clients: dict[str, Client]
    programs: dict[str, Client]

    def url(self, address: Address) -> str:
        """Raises KeyError naming the part of a route for which nothing was made."""
        route, words = address.route, dict(address.words)
        of_its_own = self.made.get(address.line)
        words |= of_its_own if isinstance(of_its_own, dict) else {}
        for number, place in enumerate(route.split("<")[1:], 1):
            name = place.split(">")[0].split(":")[-1]
            before = "<".join(route.split("<")[:number])
            if name not in words:
                found = of_its_own or self.made.get(before)
                if found is None:
                    raise KeyError(f'tests/world makes nothing for "{before}<{place}"')
                words[name] = found
        return reverse(address.name, kwargs=words) + QUERIES.get(address.name, "")

    def ask(self, who: str, method: str, url: str, data: Any = None) -> Any:
        """What ``who`` is answered; whatever was written is taken back."""
        programs = url.startswith(API)
        client = (self.programs if programs else self.clients)[who]
        cookies = SimpleCookie(client.cookies)
        mark = transaction.savepoint()
        try:
            if method == "GET":
                return client.get(url, data)
            if programs:
                return client.post(url, data or {}, content_type="application/json")
            return client.post(url, data)
        finally:
            transaction.savepoint_rollback(mark)
            client.cookies = cookies

    def leaked(self, who: str, answer: Any) -> list[str]:
        """The secrets in an answer (a page, JSON, CSV, or a workbook) that ``who`` may not read."""
        person = self.people.get(who)
        return [
            secret
            for secret in secrets_in(answer)
            if person is None or self.here.pk not in person.scope(SECRETS[secret])
        ]


def secrets_in(answer: Any) -> list[str]:
    """Which words of a child's file an answer shows."""
    text = _text(answer)
    return [secret for secret in SECRETS if secret in text]


def _text(answer: Any) -> str:
    """Everything readable in an answer; digits also without the spaces between them."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    text = html.unescape(content.decode("utf-8", "replace"))
    return text + re.sub(r"(?<=\d)[\s.\xa0]+(?=\d)", "", text)


def addresses() -> Iterator[Address]:
    """Every address of the resolver once; a step of a case once for each step."""
    seen = set()
    for name, route, callback in _walk(get_resolver(), "", ""):
        if route in seen:  # the API answers several operations at one address
            continue
        seen.add(route)
        permission = getattr(callback, "permission", "")
        if name == "cases:case_step":
            for step in SCREENS:
                yield Address(name, route, permission, (("name", step),))
        else:
            yield Address(name, route, permission)


def _walk(resolver: Any, space: str, before: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", route, entry.callback
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, route)
