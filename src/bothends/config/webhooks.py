"""What a user says about the webhooks of a document: how deliveries are signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bothends.config.kinds import is_table

Value: TypeAlias = "str | int | float"

FORMS: Final = ("standard-webhooks", "stripe", "github")
_CHOICES: Final = {
    "algorithm": ("sha1", "sha256", "sha384", "sha512"),
    "encoding": ("hex", "base64", "base64url"),
    "timestamp_unit": ("seconds", "milliseconds"),
    "key_encoding": ("text", "hex", "base64"),
}
_TEXTS: Final = ("header", "content", "prefix", "separator", "id_header", "timestamp_header", "timestamp_prefix")
_KEYS: Final = (*_TEXTS, *_CHOICES, "key_prefix", "tolerance")


@dataclass(frozen=True, slots=True)
class SignatureConfig:
    """How deliveries are signed: a known form, what deviates from it, or everything where there is none."""

    form: str = ""
    fields: tuple[tuple[str, Value], ...] = ()


class WrongSignatureError(Exception):
    """The configuration of webhooks is wrong: ``key`` is where."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


def read_webhooks(value: Any) -> SignatureConfig | None:
    """Read the key ``webhooks``: a table with ``signature``. Raises WrongSignatureError."""
    if value is None:
        return None
    if not is_table(value) or set(value) != {"signature"}:
        raise WrongSignatureError("webhooks must be a table with the one key signature", "webhooks")
    signature = value["signature"]
    if isinstance(signature, str):
        signature = {"form": signature}
    if not is_table(signature):
        raise WrongSignatureError("signature must be the name of a form, or a table", "signature")
    fields = dict(signature)
    form = fields.pop("form", "")
    if form and form not in FORMS:
        raise WrongSignatureError(f"signature must be one of {', '.join(FORMS)}, or a table", "signature")
    if not form and "header" not in fields:
        raise WrongSignatureError("a signature needs a form or a header", "signature")
    for key, content in fields.items():
        _check(key, content)
    return SignatureConfig(form, tuple((key, fields[key]) for key in _KEYS if key in fields))


def _check(key: str, value: Any) -> None:
    if key not in _KEYS:
        raise WrongSignatureError(f"signature has no key {key!r}; known keys are form, {', '.join(_KEYS)}", key)
    if key == "tolerance":
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise WrongSignatureError("tolerance must be a number of seconds above 0", key)
    elif not isinstance(value, str):
        raise WrongSignatureError(f"{key} must be a text", key)
    elif key in _CHOICES and value not in _CHOICES[key]:
        raise WrongSignatureError(f"{key} must be one of {', '.join(_CHOICES[key])}", key)
    elif key == "header" and not value:
        raise WrongSignatureError("header must not be empty", key)
