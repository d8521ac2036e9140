"""Text of a document never becomes code: whatever stands in every position at once, the package keeps its shape."""

from __future__ import annotations

import pytest

from security.injection import check
from security.payloads import PAYLOADS
from security.positions import DOCUMENTS, texts


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("payload", [text for text in PAYLOADS if text])
def test_a_payload_in_every_position_keeps_the_shape_of_the_package(document: str, payload: str) -> None:
    check(document, texts(document, payload), calls=False)
