"""Options and fixtures of the whole test suite."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# Examples are the same in every run, and a busy machine is no failure.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


_TIERS = {
    "slow": "slow tests, which CI runs, too",
    "exhaustive": "tests that take most of an hour and that nobody waits for, too: every hostile document, fuzzing",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected output of golden cases")
    for tier, meaning in _TIERS.items():
        parser.addoption(f"--{tier}", action="store_true", help=f"run {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for tier in _TIERS:
        if not config.getoption(f"--{tier}"):
            skip = pytest.mark.skip(reason=f"{tier}: run with --{tier}")
            for item in items:
                if tier in item.keywords:
                    item.add_marker(skip)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be rewritten."""
    return bool(request.config.getoption("--update"))
