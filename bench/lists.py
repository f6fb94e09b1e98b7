"""How the lists of the register stay flat as it grows.

Prints, for each page, milliseconds at district size and at ten times that, and their ratio (the
named baseline is the same page over the smaller register in the same run). Rows are generated.
"""

from bench.measuring import District, Measured, district, measure, name_table, table
from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.person import acting_as
from tuoitho.lib.hanoi import today
from tuoitho.people.models import Child

SIZES = (6_000, 60_000)
PAGES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("danh sách trẻ", "/people/children/", {}),
    ("tìm 'duong' không dấu", "/people/children/", {"q": "duong"}),
    ("tìm 'Nguyễn Văn An'", "/people/children/", {"q": "Nguyễn Văn An"}),
    ("danh sách hộ", "/people/households/", {}),
)


def fill(place: District, names: dict[str, str], count: int) -> None:
    """``count`` children more, spread over the communes."""
    child = Child(unit=place.communes[0], sex="male", registered_on=today())
    units = [unit.pk for unit in place.communes]
    place.multiply(
        child, count, **names, birth_date=f"'{today():%Y-%m-%d}'::date - 1000 - n % 5500",
        unit_id=f"(ARRAY{units})[1 + n % {len(units)}]",
    )  # fmt: skip
    place.settle()


def main() -> None:
    with district("lists") as place:
        with acting_as(system_actor()):
            users = (
                ("xã", make_user("do-xa", "commune_worker", place.communes[0])),
                ("huyện", make_user("do-huyen", "labour_office", place.area)),
            )
        names, found = name_table(place), list[list[Measured]]()
        for more in (SIZES[0], SIZES[1] - SIZES[0]):
            fill(place, names, more)
            found.append(
                [measure(user, path, query) for _, user in users for _, path, query in PAGES]
            )
    titles = [f"{name} ({who})" for who, _user in users for name, _path, _query in PAGES]
    table("trang, số trẻ trong sổ", SIZES, list(zip(titles, *found, strict=True)))


if __name__ == "__main__":
    main()
