"""How a number looks: one function for every place it is shown in, so the same number never looks like two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from view import numbers

SHOWN = {
    0.53125: "0.5312", 1.5625: "1.562", 0.28125: "0.2812", 0.0: "0", 1.0: "1", -0.375: "−0.375", 1 / 3: "0.3333",
    12345.0: "1.234×10⁴", 123456.0: "1.235×10⁵", 1e-7: "10⁻⁷", -3.2e-5: "−3.2×10⁻⁵", 9999.6: "10⁴", 0.1 + 0.2: "0.3",
    0.0001: "0.0001",
}  # fmt: skip


@pytest.mark.parametrize("x", SHOWN)
def test_show(x):
    """Four significant digits, half to even, powers of ten beyond, a true minus sign, never −0, no factor 1."""
    assert numbers.show(x) == SHOWN[x]


def test_equals_only_where_exact():
    """= stands only where the shown digits are all of the number; rounding noise of binary decimals does not count."""
    assert [numbers.equals(x) for x in (0.5, 0.53125, 0.1 + 0.2, 1 / 3, 0.0)] == ["=", "≈", "=", "≈", "="]


def test_added_terms_visibly_add_up():
    """Terms of a sum and the sum itself stand to the same decimal place."""
    assert numbers.together([-0.106431, 0.076771, -0.02966]) == ["−0.10643", "0.07677", "−0.02966"]
    assert numbers.together([0, -0.375, 0.75, 0.375]) == ["0", "−0.375", "0.75", "0.375"]


def test_a_long_row_is_cut():
    """More than eight numbers: the first three, dots and the last."""
    assert numbers.row(range(9)) == "(0, 1, 2, ⋯, 8)"


def test_what_is_no_number_says_so():
    """∞ − ∞ is not −∞, and nothing that is not finite stops a column of terms."""
    nan, inf = float("nan"), float("inf")
    assert [numbers.show(x) for x in (nan, inf, -inf)] == ["NaN", "∞", "−∞"]
    assert [numbers.latex(x) for x in (nan, inf, -inf)] == [r"\text{NaN}", "∞", "-∞"]
    assert numbers.together([1.0, inf, -inf, nan]) == ["1", "∞", "−∞", "NaN"] and numbers.together([0.25, nan]) == ["0.25", "NaN"]


SUPER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value(text: str) -> float:
    """The number that a shown text stands for."""
    digits, ten, power = text.replace("−", "-").rpartition("10") if any(c in text for c in "⁰¹²³⁴⁵⁶⁷⁸⁹") else (text, "", "")
    if not ten:
        return float(text.replace("−", "-"))
    return float({"": "1", "-": "-1"}.get(digits, digits.rstrip("×"))) * 10.0 ** int(power.translate(SUPER))


@given(st.floats(min_value=-1e300, max_value=1e300).filter(lambda x: x == 0 or abs(x) > 1e-300))
def test_any_number_can_be_shown(x):
    """Whatever the engine computes, the page has a short text for it, right to four digits."""
    text = numbers.show(x)
    assert len(text) <= 13 and text != "−0" and "-" not in text
    assert value(text) == pytest.approx(x, rel=5.1e-4, abs=0)
