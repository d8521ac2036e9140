"""Formats of strings."""

from __future__ import annotations

import pytest

from bothends.runtime import formats
from bothends.runtime.formats import has_format

VALID = {
    "date": ["2020-02-29"],
    "date-time": [
        "2020-01-02T03:04:05Z",
        "1998-12-31T15:59:60.123-08:00",
        "0000-01-01t00:00:00z"[:0] or "1985-04-12t23:20:50z",
    ],
    "duration": ["P1Y2M3DT4H5M6S", "P2W", "PT0S"],
    "email": ["joe.bloggs@example.com", "joe@[127.0.0.1]", "joe@[IPv6:::1]", '"a b"@example.com'],
    "hostname": ["a", "www.example.com", "a--b.com", "xn--9n2bp8q.xn--9t4b11yi5a"],
    "idn-email": ["실례@실례.테스트"],
    "idn-hostname": ["실례.테스트"],
    "ipv4": ["192.0.2.1"],
    "ipv6": ["::", "1::d6:192.168.0.1"],
    "iri": ["http://ƒøø.ßår/?∂éœ=πîx#πîüx"],
    "iri-reference": ["/âππ"],
    "json-pointer": ["", "/a~1b/0"],
    "relative-json-pointer": ["0#", "1/a"],
    "time": ["08:30:06Z", "23:59:60Z", "01:29:60+01:30"],
    "uri": ["urn:a:b", "http://[2001:db8::7]/c?d#e", "mailto:a@b"],
    "uri-reference": ["", "/abc", "//a/b", "#x", "a/b:c"],
    "uri-template": ["/a/{b}/{?c*,d:3}"],
    "uuid": ["2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
    "byte": ["", "AP8="],
    "base64url": ["", "A_-8", "_w=="],
    "date-time-local": ["2020-01-02T03:04:05.5"],
    "decimal": ["1", "-1.50", "1e5"],
    "http-date": [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ],
    "media-range": ["*/*", "text/*", "text/html;level=1; q=0.5", 'a/b;c="d;e"'],
    "regex": [
        "",
        "^a|b$",
        r"(?<year>\d{4})-\k<year>",
        r"[^\]\-a-z]+?",
        r"\p{Letter}\u{1F600}\cA",
        "(?=a)(?<!b)c",
        "a/b",
    ],
    "sf-binary": [":aGVsbG8=:"],
    "sf-boolean": ["?0"],
    "sf-string": [r'"a \" b"'],
    "sf-token": ["*a/b:c"],
    "time-local": ["03:04:05"],
    "made-up": ["anything"],
}
INVALID = {
    "date": ["2021-02-29", "2020-2-1", "2020-01-01\n", "২020-01-01"],
    "date-time": ["2020-01-02T03:04:05", "1998-12-31T22:59:60Z", "2020-02-30T00:00:00Z", "2020-01-02T03:04:05+24:00"],
    "duration": ["P", "PT", "P1Y1D", "PT1H1S", "1D", "P1D\n"],
    "email": ["joe", ".a@example.com", "a..b@example.com", "a@[127.0.0.300]"],
    "hostname": ["", "-a", "a-", "a_b", "a.", "a" * 64, f"{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}", "xn--X"],
    "idn-email": ["@a", "a b@c"],
    "idn-hostname": ["〮한국", "a..b"],
    "ipv4": ["192.0.2", "192.0.2.256", "192.0.2.01"],
    "ipv6": [":::1", "fe80::1%eth0", "12345::"],
    "iri": ["http://a b"],
    "iri-reference": ["\\\\a"],
    "json-pointer": ["a", "/~2"],
    "relative-json-pointer": ["/a", "01", "-1"],
    "time": ["08:30:06", "24:00:00Z", "22:59:60Z", "23:59:60+01:00"],
    "uri": ["abc", "http://a b", "http://a/%zz", "http:/[::1]"],
    "uri-reference": ["\\\\a", "a b", "1:b"],
    "uri-template": ["{", "/a/{b c}"],
    "uuid": ["2eb8aa08aa9811eab4aa73b441d16380"],
    "base64url": ["a+b", "a b"],
    "byte": ["A", "A_-8", "é"],
    "date-time-local": ["2020-01-02T03:04:05Z", "2020-02-30T03:04:05"],
    "decimal": ["", "1,5", "NaN", "0x1"],
    "http-date": ["2020-01-02T03:04:05Z", "Sun, 06 Nov 1994 08:49:37"],
    "media-range": ["text", "text/html;q"],
    "regex": [
        "(",
        "a)",
        "[a",
        "*",
        "a**",
        r"\a",
        "(?P<a>b)",
        "(?i)a",
        "(?#c)",
        "{1}",
        "a{2,1}",
        r"\1",
        r"\k<a>",
        "[z-a]",
    ],
    "sf-binary": ["aGVsbG8="],
    "sf-boolean": ["true"],
    "sf-string": ["a"],
    "sf-token": ["1a"],
    "time-local": ["03:04:05Z", "24:00:00"],
}


@pytest.mark.parametrize("name", VALID)
def test_valid(name: str) -> None:
    assert [text for text in VALID[name] if not has_format(name, text)] == []


@pytest.mark.parametrize("name", INVALID)
def test_invalid(name: str) -> None:
    assert [text for text in INVALID[name] if has_format(name, text)] == []


def test_host_names_without_tables_of_international_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_idna", lambda: None)
    assert has_format("hostname", "xn--X")
    assert has_format("idn-hostname", "실례.테스트")
    assert not has_format("idn-hostname", "a..b")
