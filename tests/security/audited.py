"""Run as a program: commands in, as JSON on standard input; all that they opened, started and connected to, out.

Every command is a list of arguments; the folder to run it in stands first. Nothing of bothends is imported before
the hook is there.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Events that change what is on disk, and how many of their first arguments are paths.
_CHANGES = {
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rmdir": 1,
    "os.rename": 2,
    "os.link": 2,
    "os.symlink": 2,
    "os.truncate": 1,
}
_CHANGES |= {"os.chmod": 1, "os.chown": 1, "os.utime": 1, "shutil.rmtree": 1, "shutil.move": 2, "shutil.copyfile": 2}
#: Those of them that say what folder a path is relative to, -1 for that of the process.
_RELATIVE = {"os.mkdir", "os.remove", "os.rmdir", "os.rename", "os.link", "os.symlink"}
_STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn"}
_FORBIDDEN = ("socket.", "urllib.", "http.client.", "ftplib.", "webbrowser.", "smtplib.", "os.fork")


def main() -> None:
    found: list[dict[str, Any]] = []
    seen: list[tuple[str, Any]] = []
    sys.addaudithook(lambda event, arguments: _note(event, arguments, seen))
    from bothends.cli.main import run

    for folder, *arguments in json.load(sys.stdin):
        os.chdir(folder)
        seen.clear()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = run(arguments)
        found.append({"code": code, "seen": [list(one) for one in dict.fromkeys(seen)]})
    json.dump(found, sys.stdout)


def _note(event: str, arguments: tuple[Any, ...], seen: list[tuple[str, Any]]) -> None:
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, str | bytes | os.PathLike):
            writes = (
                bool(flags & _WRITING) if isinstance(flags, int) else any(letter in (mode or "r") for letter in "wax+")
            )
            seen.append(("write" if writes else "read", _absolute(path)))
    elif event in _CHANGES:
        count = _CHANGES[event]
        # Folders that paths are relative to stand at the end.
        around = [one for one in arguments[count:] if isinstance(one, int)][-count:] if event in _RELATIVE else []
        paths = [_below(path, *around[number:][:1]) for number, path in enumerate(arguments[:count])]
        # What a symbolic link says is no path that is touched.
        seen.extend(("write", path) for path in (paths[1:] if event == "os.symlink" else paths) if path)
    elif event in _STARTS:
        seen.append(("start", str(arguments[0])))
    elif event.startswith(_FORBIDDEN) or (event == "ctypes.dlopen" and arguments[0] is not None):
        seen.append(("forbidden", f"{event} {arguments!r}"[:200]))


def _below(path: Any, folder: int = -1) -> str | None:
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    around = Path(f"/proc/self/fd/{folder}").readlink() if folder >= 0 else Path()
    return _absolute(around / os.fsdecode(path))


def _absolute(path: str | bytes | os.PathLike[Any]) -> str:
    return os.path.realpath(os.fsdecode(path))


if __name__ == "__main__":
    main()
