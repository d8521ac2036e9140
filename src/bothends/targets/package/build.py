"""The model and its names to the modules of the package itself."""

from __future__ import annotations

from collections.abc import Sequence

from bothends.ir.api import Api
from bothends.naming.names import Names
from bothends.python.code import literal
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports
from bothends.targets.package.errors import error_files
from bothends.targets.package.views import EntryView, PackageView
from bothends.targets.package.webhooks import has_webhooks, webhooks_view
from bothends.targets.target import FileView, TargetOptions


class PackageTarget:
    """Writes the modules that belong to the package as a whole."""

    name = "package"
    needs: tuple[str, ...] = ("schemas", "client", "server")

    def views(self, api: Api, names: Names, options: TargetOptions) -> Sequence[FileView]:
        """Return ``__init__.py``, ``errors`` where there are operations, ``webhooks.py`` where there are such."""
        files = [FileView("__init__.py", "package/package.py.jinja", _package(api, options))]
        webhooks = has_webhooks(api, options)
        if options.parts & {"client", "server"}:
            files += error_files(api, names, webhooks=webhooks)
        if webhooks:
            files.append(FileView("webhooks.py", "package/webhooks.py.jinja", webhooks_view(api, names, options)))
        return files


PACKAGE = PackageTarget()


def _package(api: Api, options: TargetOptions) -> PackageView:
    imports = Imports()
    lazy_attributes = imports.name("._runtime.lazy", "lazy_attributes")
    modules = _modules(api, options)
    clients = [name for name, wanted in (("AsyncClient", options.asynchronous), ("Client", options.sync)) if wanted]
    if "client" not in modules:
        clients = []
    for name in clients:
        imports.deferred(".client", name)
    for module in modules:
        imports.deferred(".", module)
    title, version = " ".join(api.title.split()), " ".join(api.version.split())
    return PackageView(
        doc=docstring(f"{title}, version {version}." if version else f"{title}.", api.doc.description),
        exported=tuple(literal(name) for name in (*clients, *modules)),
        entries=tuple(EntryView(literal(name), literal(".client")) for name in clients),
        modules=tuple(literal(module) for module in modules),
        lazy_attributes=lazy_attributes,
        imports=imports.write(),
        type_checking=imports.type_checking,
        deferred=imports.write_deferred(),
    )


def _modules(api: Api, options: TargetOptions) -> tuple[str, ...]:
    """Return the public modules, sorted."""
    found = {"schemas", *options.parts}
    if found & {"client", "server"}:
        found |= {"errors", "operations"}
    if has_webhooks(api, options):
        found.add("webhooks")
    return tuple(sorted(found))
