"""Says how far a run is, and where its time went: on a terminal, as JSON lines, or not at all."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass

from bothends.cli.messages import Messages


@dataclass(frozen=True, slots=True)
class _Stage:
    name: str
    count: int
    what: str
    seconds: float
    cpu: float


class Stages:
    """The stages of one run. A stage is reported when it is done, with what it worked on.

    With ``--progress json`` each is a line on standard error; with ``--profile`` there is a table at the end; on a
    terminal one line shows the latest, and vanishes.
    """

    def __init__(self, target: str, messages: Messages, options: argparse.Namespace) -> None:
        self._target = target
        self._json = options.progress == "json"
        self._profile: bool = options.profile
        wanted = options.progress != "none" and not self._json
        self._live = wanted and messages.format == "text" and not messages.quiet and sys.stderr.isatty()
        self._stages: list[_Stage] = []
        self._time, self._cpu = time.perf_counter(), time.process_time()
        self._begin = self._time

    def done(self, name: str, count: int = 0, what: str = "") -> None:
        """Take note that a stage is done; ``count`` and ``what`` say what it worked on."""
        now, cpu = time.perf_counter(), time.process_time()
        stage = _Stage(name, count, what, now - self._time, cpu - self._cpu)
        self._stages.append(stage)
        self._time, self._cpu = now, cpu
        if self._json:
            self._line(stage)
        elif self._live:
            worked_on = f" {count:,} {what}" if what else ""
            sys.stderr.write(f"\r\x1b[K{self._target}: {name}{worked_on}, {now - self._begin:.1f} s")
            sys.stderr.flush()

    def end(self) -> None:
        """Take away the line on the terminal; show the table, if it was asked for."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
        if self._profile:
            sys.stderr.write(self._table())

    def _line(self, stage: _Stage) -> None:
        import json

        content = {"target": self._target, "stage": stage.name, "seconds": round(stage.seconds, 4)}
        if stage.what:
            content |= {"count": stage.count, "what": stage.what}
        sys.stderr.write(json.dumps(content) + "\n")

    def _table(self) -> str:
        total = sum(stage.seconds for stage in self._stages) or 1.0
        lines = [f"{self._target}: seconds, seconds of this processor, share"]
        for stage in self._stages:
            worked_on = f"{stage.count:,} {stage.what}" if stage.what else ""
            share = 100 * stage.seconds / total
            lines.append(
                f"  {stage.name:<10}{stage.seconds:>9.3f}{stage.cpu:>9.3f}{share:>6.0f} %  {worked_on}".rstrip()
            )
        lines.append(f"  {'total':<10}{total:>9.3f}{sum(stage.cpu for stage in self._stages):>9.3f}")
        return "\n".join(lines) + "\n"
