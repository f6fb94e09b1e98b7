"""How fast the law judges: children one by one, and as whole tables.

Run: python bench/law.py [single [table]]  (numbers of children, default 20000 and 200000)
"""

import sys
from dataclasses import replace
from time import perf_counter

from tuoitho.law import assess
from tuoitho.law.table import assess_table
from tuoitho.law.tests.children import as_tables, random_facts


def main(single: int = 20_000, table: int = 200_000) -> None:
    """Print children per second of both forms and their ratio."""
    some = [random_facts(seed) for seed in range(single)]
    start = perf_counter()
    for facts in some:
        assess(facts)
    one_by_one = single / (perf_counter() - start)
    many = [replace(some[i % single], id=i) for i in range(table)]
    children, works = as_tables(many)
    assess_table(children.head(100), works.head(100))
    start = perf_counter()
    assess_table(children, works)
    whole = table / (perf_counter() - start)
    print(f"single  {single:>8,} children  {one_by_one:>12,.0f} children/s")
    print(f"table   {table:>8,} children  {whole:>12,.0f} children/s  ({works.height:,} works)")
    print(f"ratio   {whole / one_by_one:.0f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
