"""What a run may choose about the meaning of schemas."""

from __future__ import annotations

from dataclasses import dataclass, field

from bothends.config.limits import Limits
from bothends.config.pagination import PaginationConfig
from bothends.naming.lock import NO_LOCK, NameLock


@dataclass(frozen=True, slots=True)
class LoweringOptions:
    """How schemas are read.

    ``assume_types``: as OpenAPI authors mean them. A schema without ``type`` whose keywords speak of objects, lists
    or strings is one of an object, list or string; ``contentEncoding: base64`` decodes; duplicates in a ``oneOf``
    are slips. Otherwise strictly as JSON Schema 2020-12 has it. ``limits`` bound the work; ``pagination`` says what
    the document leaves open about pages. ``assert_formats``: values have the ``format`` that they are said to have,
    and where there is one the Python type for it; otherwise it is an annotation. ``only_used``: schemas that no
    operation leads to are left out. ``lock`` is what the package that is there took for granted, and this one will.
    """

    assume_types: bool = True
    limits: Limits = field(default_factory=Limits)
    pagination: PaginationConfig = field(default_factory=PaginationConfig)
    assert_formats: bool = True
    only_used: bool = False
    lock: NameLock = NO_LOCK
