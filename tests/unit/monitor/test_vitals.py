"""What is worked out from a reading's own values."""

from __future__ import annotations

import pytest

from monitor.vitals import BloodPressure


@pytest.mark.parametrize(
    ("systolic", "diastolic", "mean"), [(120, 80, 93), (121, 80, 94), (122, 80, 94), (90, 90, 90)]
)
def test_that_the_mean_pressure_is_a_third_of_the_way_up_to_the_nearest_whole_number(
    systolic: int, diastolic: int, mean: int
) -> None:
    assert BloodPressure(systolic, diastolic).mean == mean
