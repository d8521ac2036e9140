"""Lines in, the methods and paths out that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_TARGET = r"(?:(?:https?://|\{\{?\s*[\w-]+\s*\}?\}(?=/)|<[\w-]+>(?=/)|\$\{?\w+\}?(?=/))[^\s`'\"]*|/[^\s`'\"]*)"
_ENDPOINT = re.compile(
    rf"(?P<method>(?:{METHODS})\b|(?:get|post|put|patch|delete|head|options)(?=[\s:/`]))[`\s:|*\u2013\u2014-]{{0,6}}"
    rf"(?P<target>{_TARGET})"
)
_LABEL = re.compile(
    r"(?:(?:api )?endpoint|http request|request|resource(?: url)?|route|url|definition|usage|call|\d[\d.]*|[#%$>])"
    r"\s*[:.]?\s*",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:[\d.]+\s+)?({METHODS})\s*[-\u2013\u2014:]?\s+([a-z][\w:{{}}.-]*(?:/[\w:{{}}.-]+)+)$")
_SUFFIXED = re.compile(r"(?P<title>[^\[\]]{0,200})\[(?P<rest>[^\[\]]+)\]\s*$")
_ORIGIN = re.compile(r"(?P<origin>https?://[^/?#\s]+)(?P<rest>.*)", re.IGNORECASE)
_VARIABLE_BASE = re.compile(r"(?:\{\{?\s*[\w.-]+\s*\}?\}|<[\w-]+>|\$\{?\w+\}?)(?=/)")
_TEMPLATE_QUERY = re.compile(r"\{[?&]([^{}]*)\}")
_PARAMETER = re.compile(
    r"\{\{\s*([^{}/\s]+)\s*\}\}|\$\{([^{}/]+)\}|\{([^{}/]+)\}|(?<![\w])<([^<>/]+)>|\((?:[a-z]+:)?([A-Za-z_]\w*)\)"
    r"|(?<=/)\[([^\[\]/]+)\]|(?<=/):([A-Za-z_]\w*)|(?<=[/_=-])\$([A-Za-z_]\w*)"
    r"|(?<=/)([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?=[/.?]|$)"
)
# Pages show paths of examples: a number, or another thing that only a machine writes, behind what it is one of.
_EXAMPLE = re.compile(
    r"(?<=/)(?P<part>[A-Za-z][\w-]*)/(?P<value>\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=[0-9a-f]*\d)[0-9a-f]{20,64})"
    r"(?=/|$|\.[a-z]+$)"
)
_NOT_PLURAL = ("api", "rest", "version", "v", "apis", "services")
_NOT_A_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method with a path as OpenAPI writes it.

    ``origin`` is where an absolute address begins, ``query`` what stands behind the path: names with samples.
    """

    method: str
    path: str
    origin: str = ""
    query: tuple[tuple[str, str], ...] = ()
    path_samples: tuple[tuple[str, str], ...] = ()


def endpoint_of_line(text: str) -> Endpoint | None:
    """Return the endpoint that a line begins with; prose that mentions one further in names none."""
    text = text.strip().strip("`*").lstrip()
    for _ in range(2):
        found = _ENDPOINT.match(text)
        if found is not None:
            is_lower = found["method"].islower()
            rest = text[found.end() :].strip(" `*")
            if is_lower and rest:
                return None
            return endpoint(found["method"], found["target"])
        label = _LABEL.match(text)
        if label is None or not label.end():
            return None
        text = text[label.end() :].lstrip("`* ")
    return None


def rest_of_line(text: str) -> str:
    """Return what a line says behind the endpoint that it begins with."""
    found = _ENDPOINT.search(text)
    rest = text[found.end() :].strip(" `*:\u2013\u2014-|") if found is not None else ""
    return re.sub(r"^HTTP/[\d.]+\s*", "", rest)


def endpoint_of_heading(text: str) -> tuple[str, Endpoint | None, str]:
    """Return title, endpoint and path of a heading such as ``List pets [GET /pets]``, ``Pets [/pets]``.

    A path alone holds for the headings below; a method alone, as in ``List [GET]``, has the path of the heading
    above: it comes back as an endpoint without a path.
    """
    bare = _BARE.match(text.replace("`", ""))
    plain = endpoint(bare[1], bare[2]) if bare is not None else endpoint_of_line(text)
    if plain is not None:
        rest = _ENDPOINT.sub("", text.strip().strip("`*"), count=1).strip(" -\u2013\u2014:`*")
        return rest, plain, ""
    found = _SUFFIXED.match(text)
    if found is not None:
        title, rest = found["title"].strip(), found["rest"].strip()
        if re.fullmatch(METHODS, rest):
            return title, Endpoint(rest, ""), ""
        if rest.startswith("/"):
            return title, None, rest
        inner = endpoint_of_line(rest)
        if inner is not None:
            return title, inner, ""
    return text, None, ""


def endpoint(method: str, target: str) -> Endpoint:
    """Return the endpoint of a method and an address, whole or relative, however it writes parameters."""
    target = target.replace("#{", "{")
    target = re.sub(r"\\([{}_\[\]<>.$])", r"\1", target)
    target = re.sub(r"(\{[^{}#]+)#[^{}]*\}", r"\1}", target)
    target = re.sub(r"\]\([^()]*\)", "", target) if "](" in target else target
    origin = ""
    absolute = _ORIGIN.match(target)
    if absolute is not None:
        origin, target = absolute["origin"], absolute["rest"]
    else:
        target = _VARIABLE_BASE.sub("", target, count=1) if not target.startswith("/") else target
    templated = ",".join(_TEMPLATE_QUERY.findall(target))
    target = _TEMPLATE_QUERY.sub("", target).split("#")[0]
    path, _, query = target.partition("?")
    path = _trimmed(path)
    names = [(name.strip().rstrip("*"), "") for name in templated.split(",") if name.strip()]
    names += parse_qsl(_trimmed(query), keep_blank_values=True) if query else []
    path = _PARAMETER.sub(_braced, path)
    path = _EXAMPLE.sub(_named_after_the_part_before, path)
    path = path if path.startswith("/") else f"/{path}"
    return Endpoint(method.upper(), _unique_names(path), origin, tuple(names))


def parameter_names(path: str) -> list[str]:
    """Return the names of a path's parameters, in order."""
    return re.findall(r"\{([^{}]+)\}", path)


def _trimmed(text: str) -> str:
    text = text.rstrip(".,;:'\"`*\\|")
    while text and text[-1] in ")]}>" and text.count(text[-1]) > text.count("([{<"[")]}>".index(text[-1])]):
        text = text[:-1].rstrip(".,;:")
    return text


def _braced(found: re.Match[str]) -> str:
    name = next(group for group in found.groups() if group is not None).strip().rstrip("*").lstrip("+")
    if ":" in name:
        before, _, after = name.partition(":")
        name = after if before in ("int", "str", "string", "uuid", "slug", "path", "float", "number") else before
    return "{" + (_NOT_A_NAME.sub("_", unquote(name).split("=")[0]).strip("_") or "value") + "}"


def _named_after_the_part_before(found: re.Match[str]) -> str:
    part = found["part"]
    if part.lower() in _NOT_PLURAL:
        return found[0]
    word = re.sub(r"ies$", "y", part) if part.endswith("ies") else re.sub(r"(?<=[a-z])s$", "", part)
    return f"{part}/{{{_NOT_A_NAME.sub('_', word).replace('-', '_')}_id}}"


def _unique_names(path: str) -> str:
    """Return a path in which names that stand twice are numbered: a path cannot have two parameters of one name."""
    seen: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        seen[found[1]] = seen.get(found[1], 0) + 1
        return found[0] if seen[found[1]] == 1 else "{" + f"{found[1]}{seen[found[1]]}" + "}"

    return re.sub(r"\{([^{}]+)\}", numbered, path)
