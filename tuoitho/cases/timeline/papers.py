"""Rows of the timeline that are papers: each printing of a form, photos and files."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.cases.models import Attachment, AttachmentKind, DocumentVersion, FormKind
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


def _files(child: Child, user: User) -> QuerySet[Attachment]:
    found = Attachment.objects.visible_to(user).filter(withdrawn_at=None)
    return found.filter(Q(case__child=child) | Q(report__child=child))


def _file(raw: Raw) -> Entry:
    title = _("Tệp: %(kind)s") % {"kind": AttachmentKind(raw.facts["kind"]).label}
    url = reverse("cases:attachment_open", args=[raw.key])
    return Entry(raw.when, title, raw.text, "file-text", raw.facts["who"], url)


PAPERS: tuple[Source, ...] = (
    Source("paper", "paper", DocumentVersion, _printings, "made_at",
           {"kind": "document__kind", "number": "document__number",
            "symbol": "document__symbol", "document": "document_id", "who": "made_by"}, _printed),
    Source("file", "paper", Attachment, _files, "at", {"kind": "kind", "who": "by_name"}, _file,
           "name"),
)  # fmt: skip
