"""What scalars are called in generated code: checked where values are validated, plain where people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bothends.ir.types import ScalarKind
from bothends.python.code import Code, code
from bothends.python.imports import Imports


@dataclass(frozen=True, slots=True)
class ScalarNames:
    """``checked`` is a name of the runtime's types or a builtin; ``plain`` a builtin or (module, name)."""

    checked: str
    plain: str | tuple[str, str]


SCALARS = {
    ScalarKind.BOOLEAN: ScalarNames("Boolean", "bool"),
    ScalarKind.INTEGER: ScalarNames("Integer", "int"),
    ScalarKind.INT8: ScalarNames("Int8", "int"),
    ScalarKind.INT16: ScalarNames("Int16", "int"),
    ScalarKind.INT32: ScalarNames("Int32", "int"),
    ScalarKind.INT64: ScalarNames("Int64", "int"),
    ScalarKind.UINT8: ScalarNames("UInt8", "int"),
    ScalarKind.UINT16: ScalarNames("UInt16", "int"),
    ScalarKind.UINT32: ScalarNames("UInt32", "int"),
    ScalarKind.UINT64: ScalarNames("UInt64", "int"),
    ScalarKind.DOUBLE_INT: ScalarNames("DoubleInt", "int"),
    ScalarKind.NUMBER: ScalarNames("Number", "float"),
    ScalarKind.DECIMAL: ScalarNames("Decimal", ("decimal", "Decimal")),
    ScalarKind.DECIMAL_TEXT: ScalarNames("DecimalText", ("decimal", "Decimal")),
    ScalarKind.STRING: ScalarNames("str", "str"),
    ScalarKind.BYTES: ScalarNames("Base64", "bytes"),
    ScalarKind.BASE64URL: ScalarNames("Base64Url", "bytes"),
    ScalarKind.BINARY: ScalarNames("Binary", "bytes"),
    ScalarKind.DATE: ScalarNames("Date", ("datetime", "date")),
    ScalarKind.DATE_TIME: ScalarNames("DateTime", ("datetime", "datetime")),
    ScalarKind.DATE_TIME_LOCAL: ScalarNames("LocalDateTime", ("datetime", "datetime")),
    ScalarKind.TIME: ScalarNames("Time", ("datetime", "time")),
    ScalarKind.TIME_LOCAL: ScalarNames("LocalTime", ("datetime", "time")),
    ScalarKind.DURATION: ScalarNames("Duration", ("datetime", "timedelta")),
    ScalarKind.UUID: ScalarNames("UUID", ("uuid", "UUID")),
    ScalarKind.URI: ScalarNames("Uri", "str"),
    ScalarKind.EMAIL: ScalarNames("Email", "str"),
    ScalarKind.HOSTNAME: ScalarNames("Hostname", "str"),
    ScalarKind.IPV4: ScalarNames("IPv4", ("ipaddress", "IPv4Address")),
    ScalarKind.IPV6: ScalarNames("IPv6", ("ipaddress", "IPv6Address")),
}

#: Kinds whose Python value is the text on the wire.
TEXTS: Final = frozenset(kind for kind, names in SCALARS.items() if names.plain == "str")
_BUILTINS = {name: code(name) for name in ("bool", "int", "float", "str", "bytes")}
_NONE = code("None")


def checked_scalar(kind: ScalarKind, imports: Imports, runtime: str) -> Code:
    """Return the type that validates a scalar; ``runtime`` is the path of the runtime package."""
    if kind is ScalarKind.NULL:
        return _NONE
    name = SCALARS[kind].checked
    return _BUILTINS[name] if name in _BUILTINS else imports.name(f"{runtime}.types", name)


def plain_scalar(kind: ScalarKind, imports: Imports) -> Code:
    """Return the type of the Python value of a scalar."""
    if kind is ScalarKind.NULL:
        return _NONE
    name = SCALARS[kind].plain
    return _BUILTINS[name] if isinstance(name, str) else imports.name(*name)
