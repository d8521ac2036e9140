"""Regular expressions that take for ever, are none, or mean something else in Python."""

from __future__ import annotations

from security.hostile.case import TEXT, Cases, document, has, operation, parameter

_ENDLESS = (
    *("((a+)+)+$", "(a|a)*b", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*" * 100, "[\\s\\S]*" * 200),
    "(?:a?){100}a{100}",
    *("^(a+)+$", "^(a*)*$", "^([a-zA-Z0-9]+\\s?)*$", "(x+x+)+y", "^(.*?,){11}P", "(a?){50}a{50}", "^(\\w+\\s?)*$"),
    "(?=(a+)+b)a",
)  # fmt: skip
_LARGE = (
    *("(?:(?:(?:x{1000}){1000}){1000}){1000}", "a{99999999999}", "a{2147483648}", "a{4294967295}"),
    "x{0,65536}{0,65536}",
    *("(" * 5_000 + ")" * 5_000, "(?:" * 2_000 + "a" + ")*" * 2_000, "[" * 1_000),
    "|".join(f"word{n}" for n in range(10_000)),
    *("a" * 500_000, "." * 10_000, "a|" * 50_000, "(a)\\1" * 500, "(a)" * 5_000, "[" + "a-z" * 20_000 + "]"),
    "\\" * 100_000,
    *("(?:" * 50_000, "a{1,2}" * 20_000, "[^" + "\\p{L}" * 2_000 + "]", "(?<" + "n" * 10_000 + ">a)"),
    "(?=" * 1_000 + ")" * 1_000,
)  # fmt: skip
_BROKEN = (
    *("(", ")", "*", "+", "?", "a**", "\\", "\\\\", "[z-a]", "[", "(?<n>a)(?<n>b)", "\\k<n>", "\\1", "(?<=a+)b"),
    "(?<!a{1,5})b",
    *("(?=(a+))a*b\\1", "\\p{L}+", "\\p{Nothing}", "\\u{110000}", "\\u{1F600}", "\\ud800", "\\cA", "\\c", "\\x4"),
    *("\\8", "\\-"),
    *("(?i)a", "(?#comment)", "(?P<x>a)", "(?P=x)", "(?>a+)b", "a++", "\\Aa\\Z", "[[:alpha:]]", "[\\w-a]", "[a&&b]"),
    "[a--b]",
    *("\\N{BULLET}", "$^", "\\b", "\\B", "a\nb", "a\0b", "\u2028", "😀", "[😀-😂]", "\ud800", "[\ud800-\udfff]", "(?"),
    *("(?<", "(?<a", "{", "}"),
    *("{1}", "a{", "a{1", "a{,5}", "a{5,1}", "x{1}{2}", "[]", "[^]", "[\\b]", "\\p{Script=Greek}", "\\P{Lu}"),
    *("(?x) a # b", "(?(1)a|b)"),
    *("/a/g", "^[\\]$", "\"\"\"", "'", "(?i:a)", "(?s-i:a)", "\\z", "\\G", "\\R", "\\K", "\\h", "(*FAIL)", "(?R)"),
    *("(?&x)", "\\g<1>"),
)  # fmt: skip
_LONG = "a" * 40 + "!"


def patterns() -> Cases:
    for number, pattern in enumerate((*_ENDLESS, *_LARGE, *_BROKEN)):
        text = TEXT | {"pattern": pattern, "default": _LONG}
        names = has([_LONG], patternProperties={pattern: {"type": "integer"}}, additionalProperties=False)
        query = parameter("q", schema=text)
        slot = parameter("p", "path", schema=text | {"default": "x"})
        yield (
            f"pattern-{number}",
            document(
                {
                    "A": text | {"enum": [_LONG, "b"]},
                    "B": names,
                    "C": {"anyOf": [TEXT | {"pattern": pattern}, {"const": _LONG}]},
                    "D": {"propertyNames": {"pattern": pattern}, "default": {_LONG: 1}},
                    "E": {"oneOf": [{"pattern": pattern}, {"pattern": pattern + "x"}], "examples": [_LONG]},
                    "F": {"allOf": [{"pattern": pattern}, TEXT | {"pattern": "^" + pattern}], "const": _LONG},
                },
                {"/a": {"get": operation(parameters=[query])}, "/b/{p}": {"get": operation(parameters=[slot])}},
            ),
        )
    for number, pattern in enumerate(_ENDLESS):
        yield (
            f"pattern-of-values-{number}",
            document({"A": {"type": "string", "pattern": pattern, "enum": ["a" * n + "!" for n in range(20, 60)]}}),
        )
        items = {"type": "array", "items": {"pattern": pattern}, "default": [_LONG] * 50}
        yield f"pattern-of-items-{number}", document({"A": has("a", items)})
    many = {f"^{'(a+)+' * 3}{n}$": TEXT for n in range(300)}
    yield "patterns-300-times-300", document({"A": has((f"{'a' * 30}{n}" for n in range(300)), patternProperties=many)})
