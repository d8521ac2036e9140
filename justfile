# Tasks of the project. `uv` runs everything in the locked environment.

setup:
    uv sync --locked

# what CI runs, but for the slow tests
check: lint types test examples

lint:
    uv run ruff format --check src tests benchmarks
    uv run ruff check src tests benchmarks
    uv run lint-imports

types:
    uv run mypy
    uv run pyright

test *arguments:
    uv run pytest {{arguments}}

# are the committed examples what the tool writes?
examples:
    uv run python generated-examples/generate.py check

# rewrite golden cases and examples
golden:
    uv run pytest tests/golden tests/refused tests/stability --update
    uv run python generated-examples/generate.py generate

wheel:
    uv build --wheel

# every figure, as ratios in one run
benchmarks *arguments:
    uv run python benchmarks/run.py {{arguments}}
