"""Plain data that is being changed, and for each part of it the place where it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bothends.loading import pointer as pointers
from bothends.loading.data import is_list, is_mapping

#: The tokens of a place: names of members, and positions in lists.
Path = tuple[str | int, ...]
_SCALARS: Final = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written: a document, by the name that messages give it, and a pointer into it."""

    uri: str
    pointer: str

    def below(self, token: str | int) -> Origin:
        """Return the origin of a member or an element."""
        return Origin(self.uri, pointers.join(self.pointer, token))


class MergeError(Exception):
    """Two values that cannot be merged; the path leads to the one that was to be changed."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class Changes:
    """A copy of the data of a document, changed in place by the methods."""

    def __init__(self, data: Any, uri: str) -> None:
        # Whatever is not noted here stands in the original where it stands in its container.
        self._members: dict[int, dict[str, Origin]] = {}
        self._elements: dict[int, list[Origin]] = {}
        # Notes are kept by identity: what has one must not be freed.
        self._kept: list[Any] = []
        self._root = Origin(uri, "")
        self.data: Any = self.copy(data)

    def origin(self, path: Iterable[str | int]) -> Origin:
        """Return where a place was written, or the nearest thing around it that exists."""
        value, origin = self.data, self._root
        for token in path:
            if is_mapping(value) and token in value:
                origin = self._members.get(id(value), {}).get(str(token)) or origin.below(token)
                value = value[str(token)]
            elif is_list(value) and str(token).isdecimal() and int(token) < len(value):
                noted = self._elements.get(id(value))
                origin = noted[int(token)] if noted is not None else origin.below(token)
                value = value[int(token)]
            else:
                break
        return origin

    def at(self, path: Path) -> Any:
        """Return the value at a path that exists."""
        value = self.data
        for token in path:
            value = value[token]
        return value

    def copy(self, value: Any) -> Any:
        """Return a copy of a value that shares nothing with it, and knows as much of where it was written."""
        if isinstance(value, _SCALARS):
            return value
        if is_mapping(value):
            copied: Any = {name: self.copy(member) for name, member in value.items()}
            if id(value) in self._members:
                self._members[id(copied)] = dict(self._members[id(value)])
                self._kept.append(copied)
        else:
            copied = [self.copy(element) for element in value]
            if id(value) in self._elements:
                self._elements[id(copied)] = list(self._elements[id(value)])
                self._kept.append(copied)
        return copied

    def remove(self, path: Path) -> None:
        """Remove a member or an element."""
        holder, last = self.at(path[:-1]), path[-1]
        if is_mapping(holder):
            self._members.get(id(holder), {}).pop(str(last), None)
            del holder[str(last)]
        else:
            self._origins(holder, path[:-1]).pop(int(last))
            del holder[int(last)]

    def merge(self, path: Path, update: Any, origin: Origin) -> None:
        """Merge a value that was written at ``origin`` into the one at a path; :class:`MergeError` where they differ.

        Mappings are merged member by member, lists are appended to, other values are replaced.
        """
        value = self.at(path)
        if is_mapping(value):
            if not is_mapping(update):
                raise MergeError(path, f"only a mapping can be merged with a mapping, not {_kind(update)}")
            for name, member in update.items():
                if name in value:
                    self._merge_member((*path, name), member, origin.below(name))
                else:
                    self._put(value, name, member, origin.below(name))
        elif is_list(value):
            self._append(value, path, update, origin)
        elif not isinstance(update, _SCALARS):
            raise MergeError(path, f"{_kind(value)} cannot be replaced by {_kind(update)}")
        elif path:
            self._replace(path, update, origin)

    def _merge_member(self, path: Path, update: Any, origin: Origin) -> None:
        value = self.at(path)
        if is_list(value) and not is_list(update):
            raise MergeError(path, f"a list cannot be merged with {_kind(update)}")
        self.merge(path, update, origin)

    def _append(self, value: list[Any], path: Path, update: Any, origin: Origin) -> None:
        noted = self._origins(value, path)
        for index, element in enumerate(update) if is_list(update) else ():
            value.append(self.copy(element))
            noted.append(origin.below(index))
        if not is_list(update):
            value.append(self.copy(update))
            noted.append(origin)

    def _replace(self, path: Path, update: Any, origin: Origin) -> None:
        holder = self.at(path[:-1])
        if is_mapping(holder):
            self._put(holder, str(path[-1]), update, origin)
        else:
            self._origins(holder, path[:-1])[int(path[-1])] = origin
            holder[path[-1]] = update

    def _put(self, holder: dict[str, Any], name: str, value: Any, origin: Origin) -> None:
        holder[name] = self.copy(value)
        if id(holder) not in self._members:
            self._kept.append(holder)
        self._members.setdefault(id(holder), {})[name] = origin

    def _origins(self, holder: list[Any], path: Path) -> list[Origin]:
        if id(holder) not in self._elements:
            own = self.origin(path)
            self._kept.append(holder)
            self._elements[id(holder)] = [own.below(index) for index in range(len(holder))]
        return self._elements[id(holder)]


def _kind(value: Any) -> str:
    if is_mapping(value):
        return "a mapping"
    return "a list" if is_list(value) else "a plain value"
