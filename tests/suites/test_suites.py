"""Public suites get the verdicts that they ask for, but for those that are explained.

``BOTHENDS_SUITES`` names the folder that ``fetch.sh`` has filled; without it there is nothing to ask.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from suites import SUITES, Suite, overlay_verdicts, verdicts

ROOT = Path(os.environ.get("BOTHENDS_SUITES", ""))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("BOTHENDS_SUITES" not in os.environ, reason="BOTHENDS_SUITES names no folder of suites"),
]


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_verdicts(suite: Suite) -> None:
    found = list(verdicts(suite, ROOT))
    assert found
    wrong = {str(one.path): one.message for one in found if not one.agrees and not _explanation(suite, one.path)}
    assert wrong == {}
    stale = [end for end in suite.explained if not any(str(one.path).endswith(end) and not one.agrees for one in found)]
    assert stale == []


def test_overlays() -> None:
    found = list(overlay_verdicts(ROOT))
    assert len(found) > 70
    assert {str(one.path): one.message for one in found if not one.agrees} == {}


def _explanation(suite: Suite, path: Path) -> str | None:
    return next((why for end, why in suite.explained.items() if str(path).endswith(end)), None)
