"""Python's search for circular garbage, put off while very many rows are held at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """No search inside the block (or the function it decorates).

    A hundred thousand rows in memory are garbage in no circle, and walking through all of them
    again and again was a third of the work. What is really circular waits for the end.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
