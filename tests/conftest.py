"""What every test shares."""

import pytest
from hypothesis import HealthCheck, settings

# Examples are the same in every run, so that a failure never depends on the day.
settings.register_profile(
    "jtai", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("jtai")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files of tests/report anew; read them before committing",
    )
