"""Rows of the timeline about papers: each printing of a form."""

from django.db.models import QuerySet
from django.urls import reverse

from tuoitho.access.models import User
from tuoitho.cases.models import DocumentVersion, FormKind
from tuoitho.cases.timeline.source import Entry, Raw, Source
from tuoitho.lib.official_text import number_and_symbol
from tuoitho.people.models import Child


def _printings(child: Child, user: User) -> QuerySet[DocumentVersion]:
    versions = DocumentVersion.objects.visible_to(user)
    return versions.filter(document__case__child=child) | versions.filter(
        document__report__child=child
    )


def _printed(raw: Raw) -> Entry:
    facts = raw.facts
    number = number_and_symbol(int(facts["number"]), facts["symbol"])
    url = reverse("cases:document_detail", args=[facts["document"]])
    return Entry(raw.when, str(FormKind(facts["kind"]).label), number, "file-text", facts["who"],
                 url)  # fmt: skip


PAPERS: tuple[Source, ...] = (
    Source("paper", "paper", DocumentVersion, _printings, "made_at",
           {"kind": "document__kind", "number": "document__number",
            "symbol": "document__symbol", "document": "document_id", "who": "made_by"}, _printed),
)  # fmt: skip
