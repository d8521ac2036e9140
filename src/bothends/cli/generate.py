"""``bothends generate``: every target of the call, each in a transaction of its own."""

from __future__ import annotations

import argparse

from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.runtimes import generate_runtimes
from bothends.cli.targets import Targets, pins_of, targets_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.loading.pins import Pins


def run(options: argparse.Namespace) -> int:
    """Generate every target of the call. Nothing is written for a target with an error."""
    if options.watch:
        from bothends.cli.watch import watch

        return watch(options, generate_all)
    return generate_all(options)


def generate_all(options: argparse.Namespace) -> int:
    """Generate every target of the call once; the exit code is that of the worst."""
    messages = Messages(options)
    try:
        targets = targets_of(options)
        pins = pins_of(targets, renew=options.update)
    except DocumentError as error:
        return messages.fail(error)
    messages.strict |= targets.strict
    code = generate_runtimes(targets.targets, messages, options)
    if code <= DIFFERENT:
        code = max(code, _generate(targets.targets, pins, messages, options))
    if code <= DIFFERENT and not options.dry_run:
        code = max(code, _keep(pins, targets, messages), _note(targets, messages, options))
    return messages.finish(code)


def _generate(targets: tuple[TargetConfig, ...], pins: Pins, messages: Messages, options: argparse.Namespace) -> int:
    from bothends.cli.generating import generate

    if len(targets) > 1 and options.jobs != 1:
        from bothends.cli.parallel import in_parallel

        return in_parallel(targets, pins, messages, options)
    return max([generate(target, pins, messages, options) for target in targets], default=FINE)


def _keep(pins: Pins, targets: Targets, messages: Messages) -> int:
    """Write the lock file, if what was fetched is not what it says."""
    if targets.lock is None:
        return FINE
    wanted = pins.used if targets.complete else {**pins.known, **pins.used}
    if wanted == pins.known:
        return FINE
    from bothends.cli.lock import write_lock

    return write_lock(targets.lock, wanted, pins.known, messages)


def _note(targets: Targets, messages: Messages, options: argparse.Namespace) -> int:
    """Write what build tools want to know: which files this depended on, and that it is done."""
    if not options.depfile and not options.stamp:
        return FINE
    from bothends.output.depfile import write_depfile
    from bothends.output.unwritable import unwritable_file

    try:
        write_depfile(targets.targets, options.depfile, options.stamp, targets.config)
    except OSError as error:
        messages.diagnostics((unwritable_file(error.filename or options.depfile or options.stamp, error),))
        return PROBLEM
    return FINE
