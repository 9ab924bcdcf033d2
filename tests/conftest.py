"""What every test shares."""

from hypothesis import HealthCheck, settings

# Examples are the same in every run, so that a failure never depends on the day.
settings.register_profile(
    "jtai", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("jtai")
