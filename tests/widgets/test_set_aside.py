"""What a page is made of leaves the collector's way once the page rests."""

import asyncio
import gc
import weakref

import pytest

from workbench.widgets.set_aside import SetAside, set_aside


class Ring:
    """Something that only the collector can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def nothing_set_aside():
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_was_set_aside_is_freed_once_nothing_uses_it():
    ring = Ring()
    known = weakref.ref(ring)
    set_aside()
    del ring
    gc.collect()
    assert known() is not None  # the collector passes over it ...
    set_aside()
    assert known() is None  # ... until the next panel is made


def test_without_a_loop_nothing_is_set_aside():
    SetAside(rest=0.0)()
    assert gc.get_freeze_count() == 0


def test_a_page_is_set_aside_after_its_rest():
    async def made():
        SetAside(rest=0.0)()
        assert gc.get_freeze_count() == 0
        while not gc.get_freeze_count():
            await asyncio.sleep(0)

    asyncio.run(made())
