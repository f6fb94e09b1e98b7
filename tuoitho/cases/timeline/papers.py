"""Rows of the timeline that are papers: photos and files of the case and of its reports."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoitho.access.models import User
from tuoitho.cases.models import Attachment, AttachmentKind
from tuoitho.cases.timeline.source import Entry, Raw, Source
from tuoitho.people.models import Child


def _files(child: Child, user: User) -> QuerySet[Attachment]:
    found = Attachment.objects.visible_to(user).filter(withdrawn_at=None)
    return found.filter(Q(case__child=child) | Q(report__child=child))


def _file(raw: Raw) -> Entry:
    title = _("Tệp: %(kind)s") % {"kind": AttachmentKind(raw.facts["kind"]).label}
    url = reverse("cases:attachment_open", args=[raw.key])
    return Entry(raw.when, title, raw.text, "file-text", raw.facts["who"], url)


PAPERS: tuple[Source, ...] = (
    Source("file", "paper", Attachment, _files, "at", {"kind": "kind", "who": "by_name"}, _file,
           "name"),
)  # fmt: skip
