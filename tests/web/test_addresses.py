"""Addresses on the web."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.web.addresses import check_address, is_loopback, origin_of


@pytest.mark.parametrize(
    "url",
    [
        "http://ada:hunter2@localhost/",
        "http://hunter2@localhost/",
        "https://:hunter2@store.example.org/ds",
        "http://ada:%68unter2@[::1]:80/?hunter2",
        "http://a@b:hunter2@c/",
        "http://ada:hunter2@store.example.org:port/",
    ],
)
def test_a_url_with_somebody_in_it_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_address(url, where="kg.toml:stores.desk.url")
    assert "hunter2" not in f"{caught.value} {caught.value.hint} {caught.value.where}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "url", ["ftp://host/", "localhost:7878", "http:///path", "http://host:port/", "", "file:///etc/passwd"]
)
def test_what_is_no_http_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        check_address(url)


def test_an_address_keeps_its_query_and_loses_its_fragment() -> None:
    assert check_address("https://host/ds?a=b@c#part") == "https://host/ds?a=b@c"


@pytest.mark.parametrize(
    ("url", "origin", "here"),
    [
        ("http://localhost", "http://localhost:80", True),
        ("https://LOCALHOST:443/x", "https://localhost:443", True),
        ("http://127.0.0.9:7878/store?graph=x", "http://127.0.0.9:7878", True),
        ("http://[::1]:9/", "http://[::1]:9", True),
        ("http://127.0.0.1.example.org/", "http://127.0.0.1.example.org:80", False),
        ("http://localhost.example.org/", "http://localhost.example.org:80", False),
        ("https://192.0.2.1/", "https://192.0.2.1:443", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str, here: bool) -> None:  # noqa: FBT001
    assert origin_of(url) == origin
    assert is_loopback(url) is here
