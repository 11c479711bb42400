"""Numbers that are written again and again are written alike, whatever was written before."""

import pytest

from workbench.present.format import NumberStyle


@pytest.mark.parametrize("first", [0.0, -0.001])
def test_a_rounded_zero_keeps_its_sign_whichever_was_written_first(first):
    style = NumberStyle("id")
    style.number(first)
    assert (style.number(0.0), style.number(-0.001)) == ("0,00", "-0,00")


def test_equal_amounts_are_written_in_each_language():
    written = [NumberStyle(language).short_rupiah(1_230_000_000) for language in ("id", "en", "id")]
    assert written == ["Rp 1,23 M", "Rp 1.23 bn", "Rp 1,23 M"]
