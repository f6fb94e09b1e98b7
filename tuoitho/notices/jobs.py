"""Works of this room: e-mails at once, and the digest of each morning."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.jobs.registry import Args, Every, Work, on_end, register
from tuoitho.jobs.states import JobState
from tuoitho.lib.hanoi import now
from tuoitho.notices.actions import notify
from tuoitho.notices.kinds import KINDS, Way
from tuoitho.notices.mail import send
from tuoitho.notices.models import Notice, NoticeSetting
from tuoitho.ui.formats import vn_number


def _mail_one(args: Args, key: str, by: User) -> str:
    """As the reader: a notice that reader does not see (any more) sends nothing."""
    reader = User.objects.filter(pk=args["to"][key], is_active=True).exclude(email="").first()
    if reader is None:
        return ""
    with acting_as(reader):
        notice = Notice.objects.visible_to(reader).filter(pk=key, mailed_at=None).first()
        if notice is None:
            return ""
        # To our own page, which asks for sight again: the address of a file says nothing by itself.
        send(
            "at_once", reader.email, name=reader.full_name, kind=str(notice),
            path=f"/notices/{notice.pk}/",
        )  # fmt: skip
        Notice.objects.filter(pk=notice.pk).update(mailed_at=now())
    return ""


def _readers(args: Args, by: User) -> list[str]:
    people = User.objects.filter(is_active=True, is_system=False).exclude(email="")
    return [str(pk) for pk in people.order_by("pk").values_list("pk", flat=True)]


def _digest_one(args: Args, key: str, by: User) -> str:
    """One letter about all that is unread and was not sent yet; kinds and counts only."""
    reader = User.objects.get(pk=int(key))
    chosen = dict(NoticeSetting.objects.filter(user=reader).values_list("kind", "way"))
    kinds = [k.code for k in KINDS.values() if chosen.get(k.code, k.default) == Way.DIGEST]
    with acting_as(reader):
        waiting = Notice.objects.visible_to(reader).unread()
        notices = list(waiting.filter(kind__in=kinds, mailed_at=None).order_by("at"))
        if not notices:
            return ""
        counts = Counter(str(notice) for notice in notices)
        send(
            "digest", reader.email, name=reader.full_name, count=str(len(notices)),
            lines="\n".join(f"- {title}: {count}" for title, count in counts.items()),
        )  # fmt: skip
        Notice.objects.filter(pk__in=[n.pk for n in notices]).update(mailed_at=now())
    return ""


@on_end
def _tell_owner(job: Any, owner: User) -> None:
    """Who asked for a long work is told that it has ended, with its counts."""
    if job.state == JobState.FAILED:
        subject = _("%(job)s: không chạy được") % {"job": job}
    else:
        subject = _("%(job)s: %(done)s xong, %(refused)s không làm được, trong %(total)s dòng") % {
            "job": job, "done": vn_number(job.done), "refused": vn_number(job.refused),
            "total": vn_number(job.total or 0),
        }  # fmt: skip
    notify([owner], "jobs.done", subject=subject, url_name="jobs:job_detail", url_args=(job.pk,),
           unit=None, by=system_actor())  # fmt: skip


register(Work(
    "notices.mail", gettext_lazy("Gửi thư thông báo"), lambda args, by: list(args["to"]), _mail_one
))  # fmt: skip
register(Work(
    "notices.digest", gettext_lazy("Thư tóm tắt mỗi ngày"), _readers, _digest_one, every=Every.DAY
))  # fmt: skip
