"""In comes a model, out comes the same without the declarations that no operation reaches."""

from __future__ import annotations

from dataclasses import replace

from bothends.ir.api import Api
from bothends.ir.walk import reachable


def prune(api: Api) -> Api:
    """Drop declarations and checks that nothing in the operations leads to, and groups without operations."""
    kept = reachable(api)
    groups = {operation.group for operation in (*api.operations, *api.webhooks)}
    return replace(
        api,
        groups=tuple(group for group in api.groups if group.tag in groups),
        declarations=tuple(found for found in api.declarations if found.id in kept.types),
        checks=tuple(found for found in api.checks if found.anchor in kept.checks),
    )
