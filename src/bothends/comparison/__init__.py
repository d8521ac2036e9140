"""Two documents in, what changed between them out: for the people who call the API and the people who serve it.

The public function is :func:`bothends.comparison.compare.compare`. The rules stand in
:mod:`bothends.comparison.rules`; the printers next to them turn a comparison into text, Markdown, JSON or HTML.
"""
