"""How long a round of a whole district takes to begin, and its pages while it runs.

Prints the seconds a person waits for the step, those of the job that makes the lists, and each page
at a tenth of the size (the named baseline of the same run) and at the size itself: ``--rows N``
children, 60,000 unless told.
"""

from datetime import date, timedelta
from time import perf_counter

from bench.measuring import District, Measured, district, measure, name_table, number_after, table
from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child
from tuoitho.rounds.actions import draft_round, list_children, start_round
from tuoitho.rounds.models import Round

ROWS = 60_000
SINCE = date(2020, 1, 1)


def fill(place: District, count: int) -> None:
    """Children of all ages of a round, spread over the communes and forty hamlets of each."""
    units = [commune.pk for commune in place.communes]
    place.multiply(
        Child(unit_id=units[0], sex="male", registered_on=SINCE), count, **name_table(place),
        birth_date=f"'{today():%Y-%m-%d}'::date - 2000 - n % 4500",
        unit_id=f"(ARRAY{units})[1 + n % {len(units)}]",
        folded_hamlet="'thon ' || n % 40", hamlet="'Thôn ' || n % 40",
    )  # fmt: skip
    place.owner.execute(
        "INSERT INTO people_residence (child_id, unit_id, hamlet, valid)"
        " SELECT id, unit_id, hamlet, daterange(registered_on, NULL) FROM people_child"
    )
    place.settle()


def begin(place: District, user: User) -> Round:
    """Start a round of all of them, and do what the job does."""
    planned = draft_round(
        place.area, name="Rà soát cả huyện", communes=place.communes, groups=["everyone"],
        first_day=today(), last_day=today() + timedelta(days=30), by=user, on=today(),
    )  # fmt: skip
    began = perf_counter()
    planned = start_round(planned, by=user, on=today())
    asked = perf_counter()
    listed = sum(list_children(planned, [unit], by=user) for unit in planned.unlisted)
    print(
        f"bắt đầu {asked - began:.1f} s; lập danh sách {listed} trẻ {perf_counter() - asked:.1f} s"
    )
    return planned


def pages(count: int) -> dict[str, Measured]:
    """The pages of a round of ``count`` children, as the district's office opens them."""
    with district("rounds") as place:
        with acting_as(system_actor()):
            user = make_user("do-dot", "labour_office", place.area)
        fill(place, count)
        with acting_as(user):
            planned = begin(place, user)
        place.settle()
        page = f"/rounds/{planned.pk}/"
        return {
            name: measure(user, address)
            for name, address in (
                ("đợt rà soát, tiến độ", page), ("trẻ trong đợt", f"{page}children/"),
                ("trẻ chưa thăm", f"{page}children/?state=to_visit"),
            )
        }  # fmt: skip


def main() -> None:
    rows = number_after("--rows", ROWS)
    small, large = pages(rows // 10), pages(rows)
    table("trang", (rows // 10, rows), [(name, small[name], large[name]) for name in large])


if __name__ == "__main__":
    main()
