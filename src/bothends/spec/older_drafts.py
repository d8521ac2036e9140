"""Keywords of older drafts in, out come those of 2020-12 that say the same.

``child`` is what reads a schema below the one at hand: its site, the way to it, and what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from bothends.loading.data import is_list, is_mapping
from bothends.loading.pointer import escape
from bothends.spec.cures import without
from bothends.spec.keywords import Rule, Site, strings
from bothends.spec.schema import Schema

Child: TypeAlias = Callable[[Site, str, Any], Schema]


def additional_items(child: Child) -> Rule:
    """Return the rule for the schema of items beyond a list of schemas (draft 7, 6.4.2)."""

    def read(site: Site, name: str, raw: Any) -> None:
        if isinstance(site.value.get("items"), list):
            site.keywords["items"] = child(site, f"/{name}", raw)
        else:
            message = "'additionalItems' says nothing where 'items' is not a list"
            site.note("ignored-keyword", message, name, fix=without(site, name))

    return read


def dependencies(child: Child) -> Rule:
    """Return the rule for names that demand other names, or a schema (draft 7, 6.5.7)."""

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
