"""How fast a child is found among two million, as a city and as a commune look for it.

Prints the median and the 95th percentile of several hundred look-ups as people type them, beside
the same look-ups over a hundredth of the register (the named baseline of the same run). The first
look-ups after the filling wait for the disk and stand on a line of their own. With ``--write`` the
plans go into docs/search-plans.md. ``--rows N`` for another size. Goal: 50 ms at p95.
"""

import random
import re
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from bench.measuring import ROOT, District, asked, district, name_table, number_after
from conftest import make_user
from tuoitho.access.actions import system_actor
from tuoitho.access.models import User
from tuoitho.access.person import acting_as
from tuoitho.lib.hanoi import today
from tuoitho.lib.text import fold
from tuoitho.people.models import Child
from tuoitho.people.models.child import NEAREST
from tuoitho.people.search import FIND, Query
from tuoitho.units.models import Level, Unit

ROWS = 2_000_000
EACH = 60  # look-ups of each kind
SHOWN = 50
PLANNED = ("nguyen van an", "an nguyen", "nguyen vna an", "nguyen van an thon 3")
HEAD = """# How a look-up is answered

Written by `python -m bench.search --write`: every question `people_find_children` asks of two
million children for one look-up, with the plan PostgreSQL used, as a city and as a commune look.
Long lists of keys are cut.
"""
SHORT = re.compile(r"\{[^{}]{200,}\}")
# Built after the rows are there, as a restore does: two million rows into a trigram index one by
# one take an hour.
SLOW_TO_FILL = (
    "child_name_trgm", "people_child_words", "people_child_unit_words", "people_child_given",
    "people_child_folded", "people_child_unit_folded",
)  # fmt: skip


def fill(place: District, names: dict[str, str], first: int, last: int) -> None:
    """Children number ``first`` to ``last``, spread over all communes of the province."""
    province = Unit.objects.filter(level=Level.PROVINCE, below__descendant=place.communes[0]).get()
    communes = Unit.objects.as_of(today()).communes().filter(above__ancestor=province)
    units = sorted(communes.values_list("pk", flat=True))
    child = Child(unit_id=units[0], sex="male", registered_on=today())
    number = f"(n + {first})::bigint *"
    hamlet = f"abs(hashint8(n + {first}) % 40)"
    shifted = {column: text.replace("n *", number) for column, text in names.items()}
    place.multiply(
        child, last - first, **shifted, birth_date=f"'{today():%Y-%m-%d}'::date - 1000 - n % 5500",
        unit_id=f"(ARRAY{units})[1 + n % {len(units)}]",
        # A name is in every hamlet, as it is where people live.
        folded_hamlet=f"'thon ' || {hamlet}", hamlet=f"'Thôn ' || {hamlet}",
    )  # fmt: skip


@contextmanager
def without_indexes(place: District) -> Iterator[None]:
    """The slow indexes of the register dropped, and built again at the end."""
    rows = place.owner.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY (%s)",
        [list(SLOW_TO_FILL)],
    )
    made: dict[str, str] = dict(rows.fetchall())
    for name in made:
        place.owner.execute(f"DROP INDEX {name}".encode())
    yield
    place.owner.execute("SET maintenance_work_mem = '1GB'")
    for definition in made.values():
        place.owner.execute(definition.encode())
    place.settle()


def typed(source: random.Random, names: list[str]) -> dict[str, Callable[[], str]]:
    """Ways people type a name, each making one from a name of the register."""

    def slip() -> str:
        name = fold(source.choice(names))
        place = source.randrange(1, len(name) - 1)
        return name[:place] + source.choice("abcdeghiklmnopqrstuvxy") + name[place + 1 :]

    def words() -> list[str]:
        return source.choice(names).split()

    def year() -> int:
        return source.randrange(2010, 2024)

    return {
        "họ tên đủ dấu": lambda: source.choice(names),
        "họ tên không dấu": lambda: fold(source.choice(names)),
        "thiếu tên đệm": lambda: " ".join(words()[:: len(words()) - 1][:2]),
        "đảo thứ tự": lambda: " ".join(reversed(words())),
        "tên và năm sinh": lambda: f"{words()[-1]} {year()}",
        "chỉ tên": lambda: words()[-1],
        "chỉ họ": lambda: words()[0],
        "gõ nhầm một chữ": slip,
        "tên và thôn": lambda: f"{' '.join(words())} thôn {source.randrange(40)}",
        "không có trong sổ": lambda: f"{words()[0]} zzyzx",
    }


def times(user: User, texts: list[str]) -> list[float]:
    """Milliseconds of each look-up: the question with its permission, and its rows read."""
    found = []
    for text in texts:
        with acting_as(user):
            began = perf_counter()
            list(Child.objects.visible_to(user).nearest(text)[:SHOWN])
            found.append((perf_counter() - began) * 1000)
    return found


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def plan(place: District, user: User, text: str) -> str:
    """How each stage of one look-up is answered, as ``user`` asks it: the plans PostgreSQL used, in
    Markdown, without the rows of the page itself."""
    stages: list[str] = []
    note = lambda told: stages.append(told.message_primary or "")  # noqa: E731
    place.owner.add_notice_handler(note)
    for setting in ("LOAD 'auto_explain'", "SET auto_explain.log_min_duration = 0",
                    "SET auto_explain.log_nested_statements = on", "SET client_min_messages = log",
                    "SET auto_explain.log_analyze = on"):  # fmt: skip
        place.owner.execute(setting.encode())
    place.owner.execute("SELECT set_config('tuoitho.person', %s, false)", [str(user.pk)])
    place.owner.execute(FIND.encode(), Query.of(fold(text)).arguments(None, NEAREST))
    place.owner.execute("SET client_min_messages = warning")
    place.owner.remove_notice_handler(note)
    asked_of_children = [stage for stage in stages if "FROM people_child" in stage]
    shown = [SHORT.sub("{…}", stage.replace("\x1f", "")) for stage in asked_of_children]
    return f"### {text}\n\n" + "\n".join(f"```\n{stage}\n```\n" for stage in shown)


def main() -> None:
    rows = number_after("--rows", ROWS)
    sizes = (rows // 100, rows)
    source = random.Random(7)
    with district("search") as place:
        province = Unit.objects.filter(level=Level.PROVINCE, below__descendant=place.area.pk)
        with acting_as(system_actor()):
            city = province.first() or place.area
            users = {
                "thành phố": make_user("do-tp", "labour_office", city),
                "xã": make_user("do-xa", "commune_worker", place.communes[0]),
            }
        names = name_table(place)
        sample = [n for (n,) in place.owner.execute("SELECT full_name FROM bench_name").fetchall()]
        first_ones, texts = [
            {kind: [make() for _ in range(EACH)] for kind, make in typed(source, sample).items()}
            for _ in range(2)
        ]
        measured: list[dict[tuple[str, str], list[float]]] = []
        for first, last in ((0, sizes[0]), sizes):
            with without_indexes(place):
                fill(place, names, first, last)
            for who, user in users.items():
                some = [text for kind in first_ones.values() for text in kind]
                size = f"{last:,}".replace(",", ".")
                line(f"{size} trẻ, vừa nạp ({who})", times(user, some))
            measured.append({
                (who, kind): times(user, some)
                for who, user in users.items() for kind, some in texts.items()
            })  # fmt: skip
        report(sizes, *measured)
        if asked("--write"):
            parts = [HEAD]
            for who, user in users.items():
                parts.append(f"## {who}\n")
                parts += [plan(place, user, text) for text in PLANNED]
            (ROOT / "docs/search-plans.md").write_text("\n".join(parts), encoding="utf-8")


def report(
    sizes: tuple[int, int],
    small: dict[tuple[str, str], list[float]],
    large: dict[tuple[str, str], list[float]],
) -> None:
    """A line for each way of typing and who asks; at the end all of them."""
    head = f"{'tra cứu':<34}{sizes[0]:>12,}{sizes[1]:>22,}{'tỷ số':>8}".replace(",", ".")
    print(head + "\n" + f"{'':<34}{'p50   p95':>12}{'p50   p95':>22}")
    everything: dict[str, tuple[list[float], list[float]]] = {}
    for (who, kind), after in large.items():
        before = small[who, kind]
        one, two = everything.setdefault(who, ([], []))
        one.extend(before)
        two.extend(after)
        line(f"{kind} ({who})", before, after)
    for who, (before, after) in everything.items():
        line(f"tất cả ({who})", before, after)


def line(title: str, before: list[float], after: list[float] | None = None) -> None:
    half = statistics.median
    print(f"{title:<34}{half(before):>6.0f}{p95(before):>6.0f}", end="" if after else "\n")
    if after:
        print(f"{half(after):>16.0f}{p95(after):>6.0f}{half(after) / half(before):>8.1f}")


if __name__ == "__main__":
    main()
