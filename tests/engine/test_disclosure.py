import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.disclosure import suppressed


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(2, 8))
def test_no_small_number_is_told_and_none_is_hidden_alone(numbers, minimum):
    shown = suppressed(pd.DataFrame({"a": numbers}, dtype="int64"), minimum)["a"].tolist()
    assert all(told is None or told == number for told, number in zip(shown, numbers, strict=True))
    assert not [told for told in shown if told is not None and 0 < told < minimum]
    hidden = shown.count(None)
    assert hidden != 1 or sum(number > 0 for number in numbers) == 1
    if not any(0 < number < minimum for number in numbers):
        assert hidden == 0
