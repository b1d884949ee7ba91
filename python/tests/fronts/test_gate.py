import pytest

from beep_engine.faults import Fault
from beep_engine.fronts.http.gate import Gate, check_content_type, wants_bytes
from beep_engine.fronts.http.refusal import Refused

TOKEN = (b"authorization", b"Bearer s3cret")
HOST = (b"host", b"127.0.0.1:5678")


def code_of(headers, token="s3cret"):
    try:
        Gate(5678, token).admit(headers)
    except Fault as fault:
        return fault.code
    return None


@pytest.mark.parametrize(
    "host",
    [
        b"127.0.0.1:5678",
        b"127.0.0.1",
        b"localhost:5678",
        b"localhost",
        b"LocalHost:5678",
        b"[::1]:5678",
        b"[::1]",
    ],
)
def test_lets_the_loopback_names_in(host):
    assert code_of([(b"host", host), TOKEN]) is None


@pytest.mark.parametrize(
    "host",
    [
        b"",
        b"example.com",
        b"127.0.0.1:5679",
        b"127.0.0.1:56780",
        b"127.0.0.1.example.com",
        b"localhost.",
        b"::1",
        b"127.0.0.2",
        b"0.0.0.0:5678",
        b"user@127.0.0.1:5678",
        b"127.0.0.1:5678, 127.0.0.1:5678",
    ],
)
def test_refuses_any_other_host(host):
    assert code_of([(b"host", host), TOKEN]) == "FORBIDDEN"


def test_refuses_a_missing_and_a_repeated_host():
    assert code_of([TOKEN]) == "FORBIDDEN"
    assert code_of([HOST, HOST, TOKEN]) == "FORBIDDEN"


@pytest.mark.parametrize("origin", [b"http://127.0.0.1:5678", b"https://example.com", b"null", b""])
def test_refuses_every_origin_even_without_a_token(origin):
    assert code_of([HOST, (b"origin", origin), TOKEN]) == "FORBIDDEN"
    assert code_of([HOST, (b"origin", origin)], token=None) == "FORBIDDEN"


@pytest.mark.parametrize("given", [b"Bearer s3cret", b"bearer s3cret", b"BEARER   s3cret", b"Bearer s3cret "])
def test_takes_the_token_as_http_writes_it(given):
    assert code_of([HOST, (b"authorization", given)]) is None


@pytest.mark.parametrize(
    "given",
    [
        b"Bearer",
        b"Bearer ",
        b"Bearer s3cre",
        b"Bearer s3cret2",
        b"Bearer S3CRET",
        b"Basic s3cret",
        b"s3cret",
        b"Bearer s3cret,Bearer s3cret",
        b"Bearer \xff\xfe",
    ],
)
def test_refuses_a_wrong_token(given):
    assert code_of([HOST, (b"authorization", given)]) == "UNAUTHORIZED"


def test_says_which_scheme_is_wanted():
    with pytest.raises(Refused) as caught:
        Gate(5678, "s3cret").admit([HOST])
    assert caught.value.headers == ((b"www-authenticate", b"Bearer"),)


def test_refuses_a_token_that_is_sent_twice():
    assert code_of([HOST, TOKEN, TOKEN]) == "UNAUTHORIZED"


def test_asks_for_no_token_when_it_is_switched_off():
    assert code_of([HOST], token=None) is None
    assert code_of([(b"host", b"example.com")], token=None) == "FORBIDDEN"


def test_says_wrong_host_before_wrong_token():
    assert code_of([(b"host", b"example.com")]) == "FORBIDDEN"


@pytest.mark.parametrize(
    "given",
    [
        b"application/json",
        b"application/json; charset=utf-8",
        b"application/json;charset=UTF-8",
        b'Application/JSON; charset="utf-8"',
        b"application/json; charset=us-ascii",
        b"application/json; profile=x",
    ],
)
def test_takes_json(given):
    check_content_type({b"content-type": given})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {b"content-type": b""},
        {b"content-type": b"text/plain"},
        {b"content-type": b"application/jsonp"},
        {b"content-type": b"text/plain; application/json"},
        {b"content-type": b"application/x-www-form-urlencoded"},
        {b"content-type": b"application/json; charset=utf-16"},
        {b"content-type": b"application/json,text/plain"},
        {b"content-type": b"application/json", b"content-encoding": b"gzip"},
    ],
)
def test_refuses_other_content(headers):
    with pytest.raises(Fault) as caught:
        check_content_type(headers)
    assert caught.value.code == "UNSUPPORTED_MEDIA_TYPE"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (b"application/octet-stream", True),
        (b"Application/Octet-Stream;q=1, */*;q=0.1", True),
        (b"application/json, application/octet-stream", False),
        (b"*/*", False),
        (b"", False),
    ],
)
def test_reads_the_wish_for_bytes(accept, wanted):
    assert wants_bytes({b"accept": accept}) is wanted
