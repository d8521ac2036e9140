"""The servers of a document: what describes them, and the types of what chooses among them."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.ir.api import Api
from bothends.ir.operations import Server
from bothends.python.code import Code, code, join, literal
from bothends.python.imports import Imports

_SERVERS = ".._runtime.client.servers"


@dataclass(frozen=True, slots=True)
class ServerChoices:
    """Definitions of types for the names of servers and for the variables in their URLs, where there is a choice."""

    named: bool
    variable: bool
    definitions: tuple[Code, ...]

    def options(self, options: Code) -> Code:
        """Return the options of a client that know these types."""
        name = code("_ServerName") if self.named else code("str")
        if self.variable:
            return code("{}[{}, _ServerVariables]", options, name)
        return code("{}[_ServerName]", options) if self.named else options


def server_choices(api: Api, imports: Imports) -> ServerChoices:
    """Return what a caller can choose among."""
    names = tuple(dict.fromkeys(_label(server) or server.url for server in api.servers))
    variables = {one.name: one.values for server in api.servers for one in server.variables}
    definitions: list[Code] = []
    if len(names) > 1:
        alias = imports.name("typing", "TypeAlias")
        choice = imports.name("typing", "Literal")
        definitions.append(code("_ServerName: {} = {}[{}]", alias, choice, join(", ", map(literal, names))))
    if variables:
        entries = [code("{}: {}", literal(name), _values(variables[name], imports)) for name in sorted(variables)]
        made = imports.name("typing", "TypedDict")
        mapping = join(", ", entries)
        definitions.append(code('_ServerVariables = {}("_ServerVariables", {{{}}}, total=False)', made, mapping))
    return ServerChoices(len(names) > 1, bool(variables), tuple(definitions))


def server_code(server: Server, imports: Imports) -> Code:
    """Return the expression that describes a server."""
    arguments = [code("url={}", literal(server.url))]
    if label := _label(server):
        arguments.append(code("name={}", literal(label)))
    if server.variables:
        variables = {one.name: (one.default, one.values) for one in server.variables}
        arguments.append(code("variables={}", literal(variables)))
    return code("{}({})", imports.name(_SERVERS, "Server"), join(", ", arguments))


def _label(server: Server) -> str:
    return " ".join((server.name or server.doc.description).split())


def _values(values: tuple[str, ...], imports: Imports) -> Code:
    if not values:
        return code("str")
    return code("{}[{}]", imports.name("typing", "Literal"), join(", ", map(literal, values)))
