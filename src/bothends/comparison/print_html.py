"""Prints a comparison as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bothends.comparison.shown import Row, Shown, summary, uses, version_advice

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8884; }
code, .place { font-family: ui-monospace, monospace; font-size: .9em; }
.breaking { color: #c62828; } .risky { color: #b26a00; } .safe { color: #2e7d32; }
small { opacity: .75; display: block; }
""".strip()


def as_html(found: Shown) -> str:
    """Return the comparison as a page; nothing in it comes from elsewhere, and nothing in it runs."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Shown) -> Iterator[str]:
    title = f"API changes: {found.old} → {found.new}"
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>\n{_STYLE}\n</style></head><body>"
    yield f"<h1>{escape(title)}</h1>"
    yield f"<p>{escape(summary(found.comparison).capitalize())}. "
    yield f"{escape(version_advice(found.comparison).capitalize())}.</p>"
    for verdict, rows in found.sections():
        yield f'<h2 class="{verdict.word}">{verdict.word.capitalize()} for callers ({len(rows)})</h2>'
        yield "<table><thead><tr><th>Where</th><th>What</th><th>Servers</th><th>Rule</th></tr></thead><tbody>"
        yield from map(_row, rows)
        yield "</tbody></table>"
    yield "</body></html>"


def _row(row: Row) -> str:
    change = row.change
    reached = uses(change, most=len(change.uses))
    used = f"<small>in {escape(reached)}</small>" if reached else ""
    place = f"<small>{escape(row.place)}</small>" if row.place else ""
    verdict = change.servers.word
    return (
        f'<tr><td><span class="place">{escape(change.place)}</span>{used}</td>'
        f'<td>{escape(change.message)}{place}</td><td class="{verdict}">{verdict}</td>'
        f"<td><code>{change.rule}</code></td></tr>"
    )
