"""The model and its names to the modules of the ``schemas`` part."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bothends.ir.api import Api
from bothends.ir.declarations import Declaration, NamedCheck
from bothends.ir.types import TypeId
from bothends.ir.walk import references
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, is_marked
from bothends.python.code import literal
from bothends.python.imports import Imports, order_of_names
from bothends.targets.schemas.definitions import check_view, definition_view
from bothends.targets.schemas.order import Mentions, has_circle, mentions_of, ordered
from bothends.targets.schemas.rows import deferred_aliases, imported_first
from bothends.targets.schemas.views import EntryView, ModuleView, PackageView
from bothends.targets.target import FileView, TargetOptions


class SchemasTarget:
    """Writes ``schemas/``."""

    name = "schemas"
    needs = ("schemas", "client", "server")

    def views(self, api: Api, names: Names, options: TargetOptions) -> Sequence[FileView]:
        """Return the modules of the schemas, and the package that loads them."""
        declarations = api.declared()
        types: dict[str, list[Declaration]] = {}
        for declaration in api.declarations:
            types.setdefault(names.types[declaration.id].module, []).append(declaration)
        checks: dict[str, list[NamedCheck]] = {}
        for check in api.checks:
            checks.setdefault(names.checks[check.anchor].module, []).append(check)
        deferred = deferred_aliases(api)
        files = [_package(names, imported_first(api, names), any(map(is_marked, api.declarations)))]
        for module in sorted({*types, *checks}):
            view = _module(module, types.get(module, []), checks.get(module, []), names, declarations, deferred)
            files.append(FileView(f"schemas/{module}.py", "schemas/module.py.jinja", view))
        return files


SCHEMAS = SchemasTarget()


def _module(
    module: str,
    types: list[Declaration],
    checks: list[NamedCheck],
    names: Names,
    declarations: Mapping[TypeId, Declaration],
    deferred: Collection[TypeId],
) -> ModuleView:
    mentions = mentions_of(types, names)
    imports = Imports(_names_kept(types, checks, mentions, names))
    annotations = Annotations(names, declarations, imports, schemas=module)
    definitions = [
        definition_view(declaration, recursive, declaration.id in deferred, annotations)
        for declaration, recursive in ordered(types, mentions, names)
    ]
    named = sorted(checks, key=lambda check: names.checks[check.anchor].name)
    definitions += [check_view(check, annotations) for check in named]
    return ModuleView(imports.write(), tuple(definitions))


def _names_kept(types: list[Declaration], checks: list[NamedCheck], mentions: Mentions, names: Names) -> set[str]:
    """Return the names that a module defines or that belong to classes it mentions."""
    kept = {names.types[declaration.id].name for declaration in types}
    kept |= {names.checks[check.anchor].name for check in checks}
    if has_circle(types, mentions, names):
        # pydantic looks names up when a model is first used, and then takes the name of that model, whatever its
        # module, for the model itself.
        kept |= {type_.name for type_ in names.types.values()}
    kept.update(names.types[key].name for key in references(*(check.check for check in checks)))
    return kept.union(*mentions.values())


def _package(names: Names, first: tuple[str, ...], mentions_deprecated: bool) -> FileView:
    imports = Imports()
    lazy_attributes = imports.name(".._runtime.lazy", "lazy_attributes") if names.types else None
    types = sorted(names.types.values(), key=lambda type_: order_of_names(type_.name))
    import_in_order = imports.name(".._runtime.lazy", "import_in_order") if first else None
    imports.mentions_deprecated = mentions_deprecated
    for type_ in types:
        imports.deferred(f".{type_.module}", type_.name)
    view = PackageView(
        imports=imports.write(),
        type_checking=imports.type_checking,
        deferred=imports.write_deferred(),
        entries=tuple(EntryView(literal(type_.name), literal(f".{type_.module}")) for type_ in types),
        lazy_attributes=lazy_attributes,
        import_in_order=import_in_order,
        first=tuple(literal(f".{module}") for module in first),
    )
    return FileView("schemas/__init__.py", "schemas/package.py.jinja", view)
