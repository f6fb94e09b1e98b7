"""The search for garbage goes on after the work, also when that failed."""

import gc

import pytest

from tuoitho.lib.garbage import no_collection


def test_no_search_inside_and_again_after():
    with no_collection():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_after_an_error_too():
    with pytest.raises(RuntimeError), no_collection():
        raise RuntimeError
    assert gc.isenabled()
