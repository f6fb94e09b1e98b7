"""Scene three, 01/07/2025: the district ends, five communes take over its families and files."""

from tuoitho.cases.actions.reform import follow_child
from tuoitho.cases.models import Case
from tuoitho.demo.stage import Stage
from tuoitho.establishments.models import Establishment
from tuoitho.establishments.reform import reassign_establishment
from tuoitho.people.actions.reform import reassign_households
from tuoitho.people.models import Child, Household
from tuoitho.units.national import REFORM

NOTE = "Sắp xếp đơn vị hành chính từ 01/07/2025"


def hand_over(stage: Stage) -> None:
    """Each household passes to the successor that took its hamlet; then the files follow."""
    for old in stage.old_communes:
        with stage.acting():
            targets = stage.successors[old.pk]
            hamlets = stage.hamlets(old)
            households = list(Household.objects.filter(unit=old).order_by("pk"))
            for number, target in enumerate(targets):
                mine = [
                    household for household in households
                    if hamlets.index(household.hamlet) * len(targets) // len(hamlets) == number
                ]  # fmt: skip
                reassign_households(mine, target, by=stage.system, on=REFORM, note=NOTE)
        with stage.acting():
            for row in Establishment.objects.filter(unit=old).order_by("pk"):
                place = hamlets.index(row.hamlet) * len(targets) // len(hamlets)
                reassign_establishment(row, targets[place], by=stage.system, on=REFORM, note=NOTE)
    with stage.acting():
        for child in Child.objects.filter(
            pk__in=Case.objects.filter(unit__in=stage.old_communes).values("child")
        ).select_related("unit"):
            follow_child(child, by=stage.system, on=REFORM, note=NOTE)
