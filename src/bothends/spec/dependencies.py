"""``dependencies`` of older drafts in, ``dependentRequired`` and ``dependentSchemas`` out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bothends.loading.data import is_list, is_mapping
from bothends.loading.pointer import escape
from bothends.spec.keywords import Rule, Site, strings
from bothends.spec.schema import Schema


def dependencies(child: Callable[[Site, str, Any], Schema]) -> Rule:
    """Return the rule for names that demand other names, or a schema (draft 7, 6.5.7); ``child`` reads such a one."""

    def read(site: Site, name: str, raw: Any) -> None:
        if not is_mapping(raw):
            site.wrong_type(name, "a mapping of names to schemas or lists of strings")
            return
        demanded: dict[str, list[str]] = {}
        schemas: dict[str, Schema] = {}
        for key, value in raw.items():
            if is_list(value):
                demanded[key] = strings(site, name, value) or []
            else:
                schemas[key] = child(site, f"/{name}/{escape(key)}", value)
        for keyword, found in (("dependentRequired", demanded), ("dependentSchemas", schemas)):
            if found:
                site.keywords.setdefault(keyword, found)

    return read
