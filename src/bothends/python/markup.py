"""Prose with HTML in it to Markdown, which is what editors show of docstrings.

Only tags that Markdown has a word for are rewritten; what stands in code, and every other tag, stays as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

_NAMES: Final = (
    r"a|b|br|center|code|div|em|font|h[1-6]|hr|i|kbd|li|ol|p|pre|samp|small|span|strong"
    r"|table|tbody|td|th|thead|tr|tt|u|ul"
)
_TAG: Final = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CODE: Final = re.compile(r"(```.*?```|~~~.*?~~~|``.+?``|`[^`\n]*`)", re.DOTALL)
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|mdash|ndash|hellip|rsquo|lsquo|ldquo|rdquo);")
# Bounded and without ways back, so that no text takes long.
_LINK: Final = re.compile(
    r"""<a\s[^<>]{0,200}?href=["']?+([^"'\s<>]{1,1000}+)["']?+[^<>]{0,300}+>(.{0,500}?)</a\s{0,9}>""",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST: Final = 20_000
_GAPS: Final = re.compile(r"\n{3,}")


def as_markdown(text: str) -> str:
    """Return the text with its HTML spelled as Markdown."""
    if len(text) > _LONGEST or "\0" in text or not (_TAG.search(text) or _ENTITY.search(text)):
        return text
    pieces = _CODE.split(text)
    # Code stands at the odd places.
    held = "".join(f"\0{index}\0" if index % 2 else piece for index, piece in enumerate(pieces))
    written = _rewritten(held)
    restored = re.sub("\0(\\d+)\0", lambda found: pieces[int(found[1])], written)
    return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in restored.split("\n"))).strip()


def _rewritten(text: str) -> str:
    if _TAG.search(text):
        text = _LINK.sub(lambda found: _link(found[1], found[2]), text)
        for pattern, replacement in _RULES:
            text = pattern.sub(replacement, text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\xa0", " "), text)


def _link(address: str, label: str) -> str:
    words = " ".join(label.split())
    return f"[{words}]({address})" if words and words != address else address


def _pair(names: str, mark: str) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """Return the rule for what stands between an opening and a closing tag; spaces go out of the marks."""
    pattern = re.compile(rf"<({names})(?:\s[^<>]*)?>(.{{0,500}}?)</\1\s{{0,9}}>", re.IGNORECASE | re.DOTALL)
    return pattern, lambda found: _marked(found[2], mark)


def _marked(text: str, mark: str) -> str:
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{mark}{inner}{mark}{after}"


def _tag(names: str, written: str, *, opening: bool = True, closing: bool = True) -> tuple[re.Pattern[str], str]:
    slash = "/?" if opening and closing else "" if opening else "/"
    return re.compile(rf"<{slash}(?:{names})(?:\s[^<>]*)?/?>[ \t]*", re.IGNORECASE), written


_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_RULES: Final[tuple[_Rule, ...]] = (
    _pair("code|tt|kbd|samp", "`"),
    _pair("b|strong|h[1-6]", "**"),
    _pair("i|em", "*"),
    _tag("br", "\n"),
    _tag("hr", "\n\n"),
    _tag("li", "\n- ", closing=False),
    _tag("li", "", opening=False),
    _tag("ul|ol", "\n\n"),
    _tag("p|div|center|pre|table", "\n\n"),
    _tag("tr", "\n", closing=False),
    _tag("tr|thead|tbody", ""),
    _tag("td|th", "", opening=False),
    _tag("td|th", " | ", closing=False),
    (re.compile(r"</?(?:a|span|font|small|u)(?:\s[^<>]*)?/?>", re.IGNORECASE), ""),
)
