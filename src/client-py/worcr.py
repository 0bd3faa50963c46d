"""Client and worker for Worcr, a background-job platform. One file, standard library only, Python 3.9 or newer.

    from worcr import Client, Worker

    worker = Worker("http://127.0.0.1:9672", slots=4)

    @worker.handler("email.send")
    def send(job, ctx):
        return {"sentTo": job.args["to"]}

    Client("http://127.0.0.1:9672").enqueue("email.send", {"to": "a@example.com"}, tenant="acme", slo="5m")
    worker.run()  # until SIGTERM

Durations are seconds (a number), a ``timedelta``, or text as the server writes it: ``250ms``, ``30s``, ``5m``, ``12h``, ``7d``.
Times are aware ``datetime`` values or RFC 3339 text. Options are named as in the REST API, in snake_case.

Reading order: the vocabulary (errors, ``Job``), ``Client`` and the ``_Transport`` below it, ``Worker``, then its parts:
``JobContext`` (what a handler sees), ``_Outbox`` (a report's way), ``_Pulse`` (what happens while a handler runs).
"""

from __future__ import annotations

import base64
import email.utils
import http.client
import json
import logging
import queue
import random
import re
import secrets
import signal
import socket
import threading
import time
from collections import deque
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union
from urllib.parse import quote, urlencode, urlsplit

__version__ = "0.1.0"
__all__ = ["Children", "Client", "Duration", "Enqueued", "EnqueuedBatch", "Fail", "Job", "JobContext", "Retry", "WorcrError", "Worker", "Yield"]

Duration = Union[int, float, str, timedelta]
"""A span of time: seconds, a ``timedelta``, or text such as ``30s``."""

_log = logging.getLogger("worcr")

_MOST_JOBS = 10_000  # of one enqueue
_MOST_ENQUEUE_BYTES = 8 * 1024 * 1024
_MOST_REPORTS = 1_000  # of one report call
_MOST_REPORT_BYTES = 3 * 1024 * 1024
_MOST_RESULT_BYTES = 1024 * 1024
_MOST_MESSAGE = 8_192
_MOST_LINES = 1_000  # of log that wait to be sent, of one job
_LONGEST_HOLD = 30.0  # the server is asked to hold a request no longer; a longer wait is several requests
_SHORTEST_ROUND = 0.25  # a server that answers "not yet" at once is not asked again sooner


# --- errors -------------------------------------------------------------------------------------------------------------------------


class WorcrError(Exception):
    """A request that the server refused, or that got no answer."""

    def __init__(
        self,
        code: str,
        status: int,
        detail: str,
        field: Optional[str] = None,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        retry_after: Optional[float] = None,
        ambiguous: bool = False,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        """Stable word for programs; of this SDK itself: ``network``, ``request_timeout``, ``bad_answer``, ``not_finished``, ``lease_lost``."""
        self.status = status
        """HTTP status; 0 when there was no answer."""
        self.detail = detail
        """What happened, for people."""
        self.field = field
        """Path of the first bad field, such as ``retry.base``."""
        self.errors = list(errors)
        """All bad fields: ``path`` and ``message``."""
        self.retry_after = retry_after
        """When to try again, in seconds from the moment of the error."""
        self.ambiguous = ambiguous
        """True when nobody knows whether the request was carried out."""
        self.enqueued = 0
        """Of ``enqueue_many``: how many jobs of the input were stored before this error."""


class Fail(Exception):
    """Raise it in a handler to fail the attempt with a code.

    ``code``: a stable word that rules match, such as ``429``. ``message``: text for people, up to 8,192 characters.
    ``final``: never again (default: the job's retry policy decides). ``retry_after``: not again before this span has passed
    (default: the job's backoff).
    """

    def __init__(self, code: str = "error", message: str = "", *, final: bool = False, retry_after: Optional[Duration] = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message or code
        self.final = final
        self.retry_after = None if retry_after is None else _duration(retry_after)


class Retry(Fail):
    """Raise it in a handler to fail the attempt and have it tried again, ``after`` a span (default: the job's backoff)."""

    def __init__(self, after: Optional[Duration] = None, message: str = "The handler asked for another attempt.", *, code: str = "retry") -> None:
        super().__init__(code, message, retry_after=after)


class Yield(Exception):
    """Raise it in a handler to give the job back: it goes on later from its checkpoints, and no attempt has failed.

    ``until``: ``"children"`` to go on only when all children of the job have ended, whatever came of them (default: as soon as it can).
    """

    def __init__(self, message: str = "the handler gave the job back", *, until: Optional[str] = None) -> None:
        super().__init__(message)
        if until not in (None, "children"):
            raise ValueError(f'until is {until!r}; it must be "children"')
        self.until = until


# --- values -------------------------------------------------------------------------------------------------------------------------

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SPANS = {"slo", "delay", "expiresIn", "timeout", "resultTtl"}
_TIMES = {"runAt", "expiresAt"}


def _seconds(span: Duration) -> float:
    """Seconds of a duration. Raises ``ValueError`` when it is none."""
    if isinstance(span, str):
        parts = _DURATION.fullmatch(span)
        if parts is None:
            raise ValueError(f"{span!r} is no duration: write 250ms, 30s, 5m, 12h or 7d")
        return float(parts.group(1)) * _UNITS[parts.group(2)]
    value = span.total_seconds() if isinstance(span, timedelta) else float(span)
    if not 0 <= value < float("inf"):
        raise ValueError(f"{span!r} is no duration: it must be finite and not negative")
    return value


def _duration(span: Duration) -> str:
    """A duration as the server reads it."""
    return span if isinstance(span, str) else f"{round(_seconds(span) * 1_000)}ms"


def _time(at: Union[datetime, str]) -> str:
    """A time as the server reads it. Raises ``ValueError`` for a ``datetime`` without a time zone."""
    if isinstance(at, str):
        return at
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone: use datetime.now(timezone.utc)")
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _camel(name: str) -> str:
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word.capitalize() for word in rest)


def _part(options: Mapping[str, Any], spans: Tuple[str, ...]) -> Dict[str, Any]:
    """The options of ``retry`` or ``unique``."""
    named = {_camel(name): value for name, value in options.items()}
    return {name: _duration(value) if name in spans and value is not None else value for name, value in named.items()}


def _spec(job: Mapping[str, Any]) -> Dict[str, Any]:
    """A job as ``POST /v1/jobs`` reads it; ``None`` is left out."""
    spec: Dict[str, Any] = {}
    for given, value in job.items():
        name = _camel(given)
        if value is None and name != "args":
            continue
        if name in _SPANS:
            value = _duration(value)
        elif name in _TIMES:
            value = _time(value)
        elif name == "retry":
            value = _part(value, ("base", "cap"))
        elif name == "unique":
            value = _part(value, ("for",))
        elif name == "then":
            value = _spec(value)
        elif name in ("tags", "after"):
            value = list(value)
        spec[name] = value
    if not isinstance(spec.get("type"), str) or not spec["type"]:
        raise ValueError("a job needs a type")
    return spec


def _text(value: Any) -> str:
    """JSON text. Raises ``ValueError`` or ``TypeError`` for what is no JSON, NaN included."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class _Uuid7:
    """UUIDs of version 7: 48 bits of time, a counter that keeps ids of one millisecond in order, 62 random bits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._counter = 0

    def next(self) -> str:
        with self._lock:
            now = int(time.time() * 1_000)
            self._counter = 0 if now > self._last else self._counter + 1
            if self._counter > 0xFFF:
                self._counter = 0
                self._last += 1
            self._last = max(now, self._last)
            value = self._last << 80 | 0x7000 << 64 | self._counter << 64 | 0x8000 << 48 | secrets.randbits(62)
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_ids = _Uuid7()


class Enqueued(NamedTuple):
    """The answer to an enqueue."""

    id: str
    """The job's UUID; of the job that was there before, when ``duplicate``."""
    state: str
    """``ready``, ``scheduled``, ..."""
    duplicate: bool
    """True when the job was there before: by its ``id`` or its ``unique`` key."""


class EnqueuedBatch(NamedTuple):
    """The answer to a batch."""

    id: str
    """The batch's UUID."""
    duplicate: bool
    """True when it was there before; a request whose answer was lost and that was made again shows so, too."""
    jobs: List[Enqueued]
    """The jobs in their order; empty when it was there before."""


class Children(NamedTuple):
    """How the children of a job stood when its attempt began."""

    pending: int
    """Those that had not ended."""
    succeeded: int
    """Those that had succeeded."""
    failed: int
    """Those that had ended otherwise."""


class Job(NamedTuple):
    """A job as its handler gets it."""

    id: str
    """The job's UUID."""
    lease: str
    """The right to run this attempt; a new one each attempt."""
    type: str
    """The kind of work."""
    args: Any
    """Input, as it was enqueued."""
    tenant: str
    """On whose behalf it runs; empty: nobody's."""
    queue: str
    """Its queue label."""
    tags: Sequence[str]
    """Its tags."""
    attempt: int
    """Which attempt this is, from 1."""
    timeout: Optional[float]
    """How long this attempt may run, in seconds."""
    checkpoints: Mapping[str, Any]
    """Named values that earlier attempts left."""
    meta: Mapping[str, Any]
    """What travels with the job untouched, for example ``traceparent``."""
    children: Optional[Children] = None
    """How its children stood when this attempt began; None when it had none."""

    @staticmethod
    def _read(job: Mapping[str, Any]) -> Job:
        timeout = job.get("timeout")
        children = job.get("children")
        return Job(
            id=job["id"],
            lease=job["lease"],
            type=job["type"],
            args=job.get("args"),
            tenant=job.get("tenant") or "",
            queue=job.get("queue") or "default",
            tags=tuple(job.get("tags") or ()),
            attempt=job.get("attempt", 1),
            timeout=None if timeout is None else _seconds(timeout),
            checkpoints=job.get("checkpoints") or {},
            meta=job.get("meta") or {},
            children=None if children is None else Children(children["pending"], children["succeeded"], children["failed"]),
        )


# --- requests -----------------------------------------------------------------------------------------------------------------------


def _jittered(retry: int, base: float, cap: float) -> float:
    """Exponential backoff with full jitter: between 0 and ``base * 2**retry``, at most ``cap`` seconds."""
    return random.random() * min(cap, base * 2 ** min(retry, 30))


def _retry_after(header: Optional[str]) -> Optional[float]:
    """Seconds of a ``Retry-After`` header: a number, or a date."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        date = email.utils.parsedate_tz(header)
        return None if date is None else max(0.0, email.utils.mktime_tz(date) - time.time())


def _problem(status: int, reason: str, retry_after: Optional[str], body: bytes) -> WorcrError:
    """The error that an answer tells, whether or not it is a proper problem document."""
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    told = told if isinstance(told, dict) else {}
    errors = [e for e in told.get("errors") or () if isinstance(e, dict) and isinstance(e.get("path"), str)]
    code = str(told.get("code") or f"http_{status}")
    detail = str(told.get("detail") or told.get("title") or reason or f"HTTP {status}")
    field = errors[0]["path"] if errors else None
    after = _retry_after(retry_after)
    return WorcrError(code, status, detail, field, errors=errors, retry_after=after, ambiguous=status >= 500 and code != "draining")


class _Answer(NamedTuple):
    status: int
    body: Any


class _Request(NamedTuple):
    method: str
    path: str
    body: Optional[bytes] = None
    content_type: str = "application/json"
    repeatable: bool = True
    wait: float = 0.0


class _Line:
    """One connection, kept open between requests, used by one thread at a time."""

    def __init__(self, root: str, timeout: float) -> None:
        parts = urlsplit(root)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=timeout)
        self._timeout = timeout
        self._cut = False

    def exchange(self, request: _Request, path: str, headers: Mapping[str, str]) -> _Answer:
        """Sends a request and reads the answer. Raises ``WorcrError`` for every answer that is no success, and for none."""
        sent = False
        try:
            self._open(self._timeout + request.wait)
            sent = True
            self._connection.request(request.method, path, request.body, dict(headers))
            response = self._connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._no_answer(request, error, sent) from error
        if response.status >= 300:
            raise _problem(response.status, response.reason, response.getheader("Retry-After"), body)
        try:
            return _Answer(response.status, json.loads(body) if body else None)
        except ValueError as error:
            detail = f"{request.method} {request.path} was answered {response.status} with what is no JSON"
            raise WorcrError("bad_answer", response.status, detail, ambiguous=request.method != "GET") from error

    def close(self) -> None:
        self._connection.close()

    __del__ = close  # its thread has ended

    def cut(self) -> None:
        """From any thread: ends the request under way. An answer that is on its way already is still read, so that no job is lost with it."""
        self._cut = True
        sock = self._connection.sock
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_WR)  # also below TLS, whose own shutdown would stop reading
            except OSError:
                pass  # the other side was quicker

    def _open(self, timeout: float) -> None:
        """Connects, unless a connection is open that the server has not closed meanwhile."""
        if self._connection.sock is not None and not self._is_quiet(self._connection.sock):
            self.close()
        self._connection.timeout = timeout
        if self._connection.sock is None:
            self._connection.connect()
        self._connection.sock.settimeout(timeout)
        if self._cut:
            raise ConnectionAbortedError("the worker is leaving")

    @staticmethod
    def _is_quiet(sock: socket.socket) -> bool:
        """Whether nothing has come since the last answer; what comes unasked is the end of the connection."""
        sock.settimeout(0)
        try:
            socket.socket.recv(sock, 1, socket.MSG_PEEK)  # also below TLS
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False

    @staticmethod
    def _no_answer(request: _Request, error: Exception, sent: bool) -> WorcrError:
        ambiguous = sent and request.method != "GET"
        what = f"{request.method} {request.path}"
        if isinstance(error, socket.timeout):
            return WorcrError("request_timeout", 0, f"{what} took too long", ambiguous=ambiguous)
        return WorcrError("network", 0, f"{what} got no answer: {error or type(error).__name__}", ambiguous=ambiguous)


Key = Union[str, Callable[[], str], None]


class _Credential:
    """A fixed key, or what a function gives: kept until it is about to end or was refused. Threads that ask at the same time ask once."""

    def __init__(self, key: Key) -> None:
        self._source = key if callable(key) else None
        self._key = None if callable(key) else key
        self._stale_at = float("inf") if self._source is None else 0.0
        self._lock = threading.Lock()

    def get(self, refused: Optional[str] = None) -> Optional[str]:
        """One that is good as far as is known, and another one than ``refused`` if there is any."""
        with self._lock:
            if self._source is not None and (time.time() >= self._stale_at or (refused is not None and refused == self._key)):
                self._key = self._ask(self._source)
                end = _end_of(self._key)
                self._stale_at = end - max(0.0, min((end - time.time()) / 4, 10.0)) if end is not None else float("inf")
            return self._key

    @staticmethod
    def _ask(source: Callable[[], str]) -> str:
        try:
            return source()
        except Exception as error:  # whatever it is, it may be another way the next time
            raise WorcrError("no_key", 0, f"no key could be had: {error!r}") from error


def _end_of(token: str) -> Optional[float]:
    """When a JSON Web Token ends, in Unix seconds; None: it does not say, or is none."""
    try:
        claims = token.split(".")[1]
        return float(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"])
    except (IndexError, KeyError, TypeError, ValueError):
        return None


class _Transport:
    """Sends requests, over one connection a thread, and repeats those that may be repeated."""

    def __init__(
        self,
        url: str,
        key: Key,
        namespace: str,
        *,
        retries: int = 4,
        retry_base: Duration = 0.1,
        retry_cap: Duration = 30.0,
        request_timeout: Duration = 30.0,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError(f"url is {url!r}; it must begin with http:// or https://")
        if retries < 0:
            raise ValueError(f"retries is {retries}; it must be 0 or more")
        self._root = url
        self._base = parts.path.rstrip("/") + ("/v1" if namespace == "default" else f"/v1/ns/{quote(namespace, safe='')}")
        self._headers = {"Accept": "application/json", "User-Agent": f"worcr-python/{__version__}"}
        self._credential = _Credential(key)
        self._retries = retries
        self._retry_base = _seconds(retry_base)
        self.retry_cap = _seconds(retry_cap)
        self.request_timeout = _seconds(request_timeout)
        self._lines = threading.local()

    def line(self) -> _Line:
        """A connection of its own."""
        return _Line(self._root, self.request_timeout)

    def once(self, request: _Request, line: Optional[_Line] = None) -> _Answer:
        """The answer to one try. A key that is good no more is replaced once; a 401 says that nothing took effect."""
        key = self._credential.get()
        try:
            return self._exchange(request, line, key)
        except WorcrError as error:
            another = self._credential.get(refused=key) if error.status == 401 else key
            if another == key:
                raise
        return self._exchange(request, line, another)

    def _exchange(self, request: _Request, line: Optional[_Line], key: Optional[str]) -> _Answer:
        headers = dict(self._headers)
        if key:
            headers["Authorization"] = f"Bearer {key}"
        if request.body is not None:
            headers["Content-Type"] = request.content_type
        return (line or self._own_line()).exchange(request, self._base + request.path, headers)

    def send(self, request: _Request) -> _Answer:
        """The answer, after as many tries as the options allow. Raises ``WorcrError``."""
        retry = 0
        while True:
            try:
                return self.once(request)
            except WorcrError as error:
                wait = self._wait_before(retry, request, error)
                if wait is None:
                    raise
                time.sleep(wait)
            retry += 1

    def post(self, path: str, body: Any, **options: Any) -> _Answer:
        """Posts JSON, patiently."""
        return self.send(_Request("POST", path, _text(body).encode(), **options))

    def _own_line(self) -> _Line:
        line: Optional[_Line] = getattr(self._lines, "line", None)
        if line is None:
            line = self._lines.line = self.line()
        return line

    def _wait_before(self, retry: int, request: _Request, error: WorcrError) -> Optional[float]:
        """How long to wait before the next try; None: there is none."""
        if retry >= self._retries or (error.ambiguous and not request.repeatable) or error.status not in (0, 429, 503):
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.retry_cap else None
        return _jittered(retry, self._retry_base, self.retry_cap)


# --- the client ---------------------------------------------------------------------------------------------------------------------


class Client:
    """Enqueues jobs and asks about them. Serves any number of threads; there is nothing to close.

    ``url``: address of any silo, for example ``http://127.0.0.1:9672``. ``key``: an API key (default: none, for servers with
    ``WORCR_AUTH=off``), or a function that gives one: it is called before the first request, shortly before a token ends that says when it does, and after a
    401, on which the request is made once more. ``namespace``: default ``default``.

    ``retries``: how often a request is repeated after 429, 503 or a network failure, where that is safe (default 4).
    ``retry_base``: longest wait before the first repeat; it doubles each time, with full jitter; a ``Retry-After`` goes first
    (default 0.1 s). ``retry_cap``: no wait is longer, not even on a ``Retry-After``: then the error is raised at once (default
    30 s). ``request_timeout``: for one request, not counting a ``wait`` (default 30 s).

    Every method raises ``WorcrError`` when the server refuses or cannot be reached; options that cannot work raise ``ValueError``.
    """

    def __init__(self, url: str, key: Key = None, namespace: str = "default", **tuning: Any) -> None:
        self._transport = _Transport(url, key, namespace, **tuning)

    def enqueue(self, type: str, args: Any = None, **options: Any) -> Enqueued:
        """Stores a job and answers once it is durable.

        Options: ``tenant, tags, queue, weight, priority, slo, delay, run_at, expires_in, expires_at, timeout, retry, unique,
        order_key, result_ttl, id, parent, batch, then, meta``; ``then`` is a mapping like those of ``enqueue_many``; ``retry={"max_attempts": 5, "base": "2s"}``, ``unique={"key": "k", "on_conflict":
        "reject"}``. Without an ``id`` the job gets a UUID of version 7 here, so that a repeated request adds no second job.
        """
        return self._store([_prepared({"type": type, "args": args, **options})])[0]

    def enqueue_many(self, jobs: Iterable[Mapping[str, Any]], *, chunk: int = _MOST_JOBS) -> List[Enqueued]:
        """Stores many jobs, each a mapping of ``type``, ``args`` and the options of ``enqueue``; answers in order.

        ``chunk``: jobs a request, 1 to 10,000 (the default); each request is all or nothing. On an error, ``enqueued`` of the
        ``WorcrError`` tells how many jobs of the input were stored.
        """
        return [answer for answers in self.enqueue_chunks(jobs, chunk=chunk) for answer in answers]

    def enqueue_chunks(self, jobs: Iterable[Mapping[str, Any]], *, chunk: int = _MOST_JOBS) -> Iterator[List[Enqueued]]:
        """As ``enqueue_many``, but hands out the answers of each request as it is done: for inputs larger than memory."""
        if not 1 <= chunk <= _MOST_JOBS:
            raise ValueError(f"chunk is {chunk}; it must be 1 to 10,000")
        stored = 0
        for prepared in _chunks(jobs, chunk):
            try:
                answers = self._store(prepared)
            except WorcrError as error:
                error.enqueued = stored
                raise
            stored += len(answers)
            yield answers

    def enqueue_batch(
        self,
        jobs: Iterable[Mapping[str, Any]] = (),
        *,
        id: Optional[str] = None,
        name: Optional[str] = None,
        open: bool = False,
        on_success: Optional[Mapping[str, Any]] = None,
        on_failure: Optional[Mapping[str, Any]] = None,
        on_complete: Optional[Mapping[str, Any]] = None,
    ) -> EnqueuedBatch:
        """Stores jobs that belong together, all or none, and what follows them.

        ``jobs``: at most 10,000 mappings as ``enqueue_many`` takes them, without ``id`` and ``unique``, each with ``name`` and ``after`` (names of those that have to
        succeed before it; then at most 1,000) if it likes. ``on_success`` is enqueued when all have succeeded, ``on_failure`` when the first one has ended otherwise,
        ``on_complete`` when all have ended: each once. ``open``: more jobs may join (``batch=``) until ``close_batch`` (default False). ``id``: a UUID (default: made
        here, so that a repeated request makes no second batch). ``name``: for people.
        """
        body: Dict[str, Any] = {"id": id or _ids.next(), "jobs": [_spec(job) for job in jobs]}
        if name is not None:
            body["name"] = name
        if open:
            body["open"] = True
        for field, job in (("onSuccess", on_success), ("onFailure", on_failure), ("onComplete", on_complete)):
            if job is not None:
                body[field] = _spec(job)
        answer = self._transport.post("/batches", body)
        try:
            told = [Enqueued(each["id"], each["state"], bool(each["duplicate"])) for each in answer.body["jobs"]]
            return EnqueuedBatch(answer.body["id"], bool(answer.body["duplicate"]), told)
        except (KeyError, TypeError) as error:
            raise WorcrError("bad_answer", answer.status, "the batch was answered with something else", ambiguous=True) from error

    def get_batch(self, id: str) -> Dict[str, Any]:
        """A batch: ``open, total, pending, succeeded, failed``, ``finishedAt`` and what was enqueued. Raises with status 404 when there is none."""
        return self._get(f"/batches/{quote(id, safe='')}").body

    def batches(self) -> Iterator[Dict[str, Any]]:
        """All batches, newest first; pages are asked for as you iterate."""
        query = ""
        while True:
            page = self._get(f"/batches{query}").body
            yield from page["items"]
            if page.get("next") is None:
                return
            query = "?" + urlencode({"cursor": page["next"]})

    def close_batch(self, id: str) -> Dict[str, Any]:
        """Closes an open batch, which is complete when all its jobs have ended; the batch."""
        return self._transport.send(_Request("POST", f"/batches/{quote(id, safe='')}/close")).body

    def cancel_batch(self, id: str) -> Dict[str, Any]:
        """Closes a batch and cancels its jobs that have not ended; the batch."""
        return self._transport.send(_Request("DELETE", f"/batches/{quote(id, safe='')}")).body

    def enqueue_children(self, parent: str, jobs: Iterable[Mapping[str, Any]]) -> List[Enqueued]:
        """Stores children of a job that has not ended, all or none: at most 10,000 mappings as ``enqueue_many`` takes them, 16 MiB together.

        Raises with status 404 when there is no such parent, with 409 when it has ended. A handler calls it as ``ctx.enqueue_children``.
        """
        children = [_prepared({**job, "parent": parent}) for job in jobs]
        return self._store(children) if children else []

    def run(self, type: str, args: Any = None, *, wait: Duration = 30.0, **options: Any) -> Dict[str, Any]:
        """Enqueues a job and waits for its end; the whole job. Look at ``state``: a job that failed is an answer too.

        Raises with code ``not_finished`` and status 202 when it has not ended within ``wait`` (default 30 s); the job goes on.
        """
        enqueued = self.enqueue(type, args, **options)
        try:
            self.result(enqueued.id, wait=wait)
        except WorcrError as error:
            if error.status not in (404, 409, 410):  # ended without a result: the job tells
                raise
        return self.get(enqueued.id)

    def get(self, id: str) -> Dict[str, Any]:
        """A whole job. Raises with status 404 when there is none."""
        return self._get(f"/jobs/{quote(id, safe='')}").body

    def result(self, id: str, *, wait: Duration = 0.0) -> Dict[str, Any]:
        """How a job ended: ``state`` with ``result`` or ``error``.

        ``wait``: how long to wait for the end (default: not at all). Raises with code ``not_finished`` and status 202 when it has
        not ended in time, with 404 when there is no such job, with 410 when the result is no longer kept.
        """
        until = time.monotonic() + _seconds(wait)
        while True:
            begun = time.monotonic()
            hold = min(max(0.0, until - begun), _LONGEST_HOLD)
            answer = self._get(f"/jobs/{quote(id, safe='')}/result?wait={round(hold * 1_000)}ms", wait=hold)
            if answer.status != 202:
                return answer.body
            now = time.monotonic()
            if now >= until:
                raise WorcrError("not_finished", 202, f"job {id} had not finished in time")
            if now - begun < _SHORTEST_ROUND:
                time.sleep(min(_SHORTEST_ROUND, until - now))

    def page(self, **query: Any) -> Dict[str, Any]:
        """One page of jobs, newest first: ``{"jobs": [...], "next": cursor}``; no ``next`` on the last one.

        Filters: ``state, type, tenant, tag, queue``; ``limit`` (default of the server) and ``cursor``.
        """
        given = {name: str(value) for name, value in query.items() if value is not None}
        return self._get(f"/jobs?{urlencode(given)}" if given else "/jobs").body

    def list(self, **query: Any) -> Iterator[Dict[str, Any]]:
        """All jobs that match the filters of ``page``, newest first; pages are asked for as you iterate."""
        while True:
            page = self.page(**query)
            yield from page["jobs"]
            query["cursor"] = page.get("next")
            if query["cursor"] is None:
                return

    def logs(self, id: str) -> List[Dict[str, Any]]:
        """The log lines of all attempts, oldest first: ``at, attempt, level, line``."""
        lines: List[Dict[str, Any]] = []
        skip: Any = 0
        while skip is not None:
            page = self._get(f"/jobs/{quote(id, safe='')}/logs?skip={skip}").body
            lines += page["lines"]
            skip = page.get("next")
        return lines

    def cancel(self, id: str) -> None:
        """Cancels a job, also a running one. Raises with 409 when it is finished."""
        self._transport.send(_Request("DELETE", f"/jobs/{quote(id, safe='')}"))

    def retry(self, id: str) -> None:
        """Makes a finished job run again, or a waiting one at once."""
        self._transport.send(_Request("POST", f"/jobs/{quote(id, safe='')}/retry", repeatable=False))

    def interrupt(self, id: str) -> None:
        """Asks the worker of a running job to give it back; it goes on later from its checkpoints."""
        self._transport.send(_Request("POST", f"/jobs/{quote(id, safe='')}/interrupt"))

    def bulk(self, action: str, match: Mapping[str, Any], **options: Any) -> int:
        """Changes all jobs that match; how many. ``action``: ``cancel``, ``retry``, ``discard``, ``reweigh``. Options: ``states``,
        ``weight``, ``dry_run``."""
        body = {"action": action, "match": match, **{_camel(name): value for name, value in options.items() if value is not None}}
        return self._transport.post("/jobs/bulk", body, repeatable=False).body["affected"]

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Any other call of the API: ``path`` below ``/v1`` or ``/v1/ns/{namespace}``, for example ``/limits/shopify``."""
        data = None if body is None else _text(body).encode()
        return self._transport.send(_Request(method, path, data, repeatable=method != "POST")).body

    def _get(self, path: str, wait: float = 0.0) -> _Answer:
        return self._transport.send(_Request("GET", path, wait=wait))

    def _store(self, jobs: List[_Prepared]) -> List[Enqueued]:
        ours = {job.our_id for job in jobs}
        body = "\n".join(job.text for job in jobs).encode()
        kind = "application/json" if len(jobs) == 1 else "application/x-ndjson"
        answer = self._transport.send(_Request("POST", "/jobs", body, kind))
        told = answer.body if isinstance(answer.body, list) else [answer.body]
        try:
            answers = [Enqueued(each["id"], each["state"], bool(each["duplicate"]) and each["id"] not in ours) for each in told]
        except (KeyError, TypeError) as error:
            raise WorcrError("bad_answer", answer.status, "the enqueue was answered with something else", ambiguous=True) from error
        if len(answers) != len(jobs):
            raise WorcrError("bad_answer", answer.status, f"{len(jobs)} jobs were answered with {len(answers)}", ambiguous=True)
        return answers


class _Prepared(NamedTuple):
    """A job that is ready to be sent."""

    text: str
    our_id: Optional[str]


def _prepared(job: Mapping[str, Any]) -> _Prepared:
    """A job's text; every job has an id, so that it can be sent twice."""
    spec = _spec(job)
    our_id = None if "id" in spec else spec.setdefault("id", _ids.next())
    return _Prepared(_text(spec), our_id)


def _chunks(jobs: Iterable[Mapping[str, Any]], size: int) -> Iterator[List[_Prepared]]:
    """Cuts jobs into requests of at most ``size`` jobs and about 8 MiB."""
    chunk: List[_Prepared] = []
    room = _MOST_ENQUEUE_BYTES
    for job in map(_prepared, jobs):
        need = len(job.text.encode()) + 1
        if chunk and (len(chunk) == size or need > room):
            yield chunk
            chunk, room = [], _MOST_ENQUEUE_BYTES
        chunk.append(job)
        room -= need
    if chunk:
        yield chunk


# --- the worker ---------------------------------------------------------------------------------------------------------------------

Handler = Callable[[Job, "JobContext"], Any]
"""Does a job. What it returns is the result: any JSON value, at most 1 MiB. To fail, raise: any exception (tried again as the job's retry
policy has it), ``Retry`` or ``Fail``. To give the job back, raise ``Yield``."""

_LEFT = 0  # what the drain puts among the signals when it is done
_LAST_WORDS = 5.0  # how long the last reports may take to be acknowledged
_BETWEEN_NOTES = 0.1  # progress and log lines are sent at most so often


class JobContext:
    """What a handler can do beside returning a result. All of it may be called from any thread."""

    def __init__(self, job: Job, worker: Worker, keep_alive: bool) -> None:
        self.job = job
        self.checkpoints: Dict[str, Any] = dict(job.checkpoints)
        """The named values that earlier attempts and this one left."""
        self.interrupted = threading.Event()
        """Set when the handler should stop; ``interrupted.wait(seconds)`` is a pause that ends early then."""
        self.reason: Optional[str] = None
        """Why: ``interrupt`` (give the job back), ``timeout`` (the attempt ran too long) or ``lost`` (the lease is not good any more,
        for example because the job was cancelled: whatever the handler reports is not wanted)."""
        self._worker = worker
        self._keep_alive = keep_alive
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._progress: Dict[str, Tuple[float, Optional[float]]] = {}
        self._lines: deque[Tuple[str, str]] = deque(maxlen=_MOST_LINES)
        self._restart()

    def checkpoint(self, name: str, value: Any) -> None:
        """Leaves a named value for the next attempt, should there be one; returns once the server has it.

        Waits out a server that is away until the handler is asked to stop. Raises ``WorcrError``: ``lease_lost`` (stop then),
        ``too_large``.
        """
        self._patiently("checkpoint", {"name": name, "value": value})
        self.checkpoints[name] = value

    def extend(self) -> None:
        """Starts the attempt's time-out anew. Raises ``WorcrError`` ``lease_lost``."""
        self._patiently("extend", {})
        self._restart()

    def progress(self, name: str, done: float, total: Optional[float] = None) -> None:
        """Tells how far the work is; ``total`` None: not known. Never waits; of one name only the latest value counts."""
        with self._lock:
            self._progress[name] = (done, total)
        self._worker._pulse.wake()

    def log(self, line: str, level: str = "info") -> None:
        """Adds a line, cut at 8,192 characters, to the job's log. ``level``: ``debug``, ``info``, ``warn`` or ``error``.

        Never waits; at most 1,000 lines wait to be sent, beyond that the oldest are dropped.
        """
        with self._lock:
            self._lines.append((level, _clean(line)))
        self._worker._pulse.wake()

    def acquire(self, limit: str, key: str = "", n: int = 1, wait: Duration = 0.0) -> bool:
        """Takes ``n`` permits of a rate limit; False when they could not be had within ``wait`` (default: at once).

        Raises ``WorcrError``; ``not_supported`` on servers without limits.
        """
        body = {"limit": limit, "key": key, "n": n, "wait": _duration(wait)}
        return self._worker._note(self, "acquire", body, wait=_seconds(wait)) in (True, "ok")

    def enqueue_children(self, jobs: Iterable[Mapping[str, Any]]) -> List[Enqueued]:
        """Enqueues children of this job, all or none, as ``Client.enqueue_children`` does.

        An attempt whose ``job.children`` is not None comes after one that has enqueued some: so a handler that enqueues all in one call, and only when it is
        None, enqueues them once. ``raise Yield(until="children")`` waits for them.
        """
        return self._worker._client.enqueue_children(self.job.id, jobs)

    def check(self) -> None:
        """Raises ``Yield`` when the handler has been asked to stop: a place where the job may be given back."""
        if self.interrupted.is_set():
            raise Yield()

    def _restart(self) -> None:
        """The attempt's time-out begins now."""
        span = self.job.timeout if self.job.timeout is not None else float("inf")
        self._deadline = time.monotonic() + span
        self._extend_at = time.monotonic() + span / 3 if self._keep_alive else float("inf")

    def _abort(self, reason: str) -> None:
        """Asks the handler to stop; ``lost`` goes before other reasons."""
        with self._lock:
            if self.reason is None or reason == "lost":
                self.reason = reason
        self.interrupted.set()

    def _patiently(self, call: str, body: Dict[str, Any]) -> None:
        retry = 0
        while True:
            try:
                self._worker._note(self, call, body)
                return
            except WorcrError as error:
                if not _passes(error) or self.interrupted.wait(error.retry_after or _jittered(retry, 0.2, 5.0)):
                    raise
            retry += 1

    def _due(self) -> float:
        """When there is something to do for it."""
        if self.reason == "lost":
            return float("inf")
        with self._lock:
            noted = bool(self._lines or self._progress)
        return 0.0 if noted else min(self._deadline, self._extend_at)

    def _tend(self, now: float) -> None:
        """Does what is due."""
        if now >= self._extend_at and self.reason != "lost":
            self._extend_at = now + 1.0  # unless it succeeds
            try:
                self._worker._note(self, "extend", {}, tries=1)
                self._restart()
            except WorcrError as error:
                _log.warning("the time-out of job %s could not be extended: %s", self.job.id, error)
        if now >= self._deadline:
            self._deadline = float("inf")
            self._abort("timeout")
        self._flush(tries=1)

    def _flush(self, tries: Optional[int] = None) -> None:
        """Sends log lines and progress; what cannot be sent now stays."""
        with self._sending:
            while self.reason != "lost":
                with self._lock:
                    lines, progress = self._lines, self._progress
                    if not lines and not progress:
                        return
                    self._lines, self._progress = deque(maxlen=_MOST_LINES), {}
                notes = [("log", {"level": level, "line": line}) for level, line in lines]
                notes += [("progress", {"name": name, "done": done, "total": total or 0}) for name, (done, total) in progress.items()]
                if not self._send(notes, tries):
                    return

    def _send(self, notes: List[Tuple[str, Dict[str, Any]]], tries: Optional[int]) -> bool:
        while notes:
            try:
                self._worker._note(self, *notes[0], tries=tries)
            except WorcrError as error:
                if _passes(error):
                    self._put_back(notes)
                    return False
                if self.reason == "lost":
                    return False
                _log.warning("a note of job %s was refused: %s", self.job.id, error)
            del notes[0]
        return True

    def _put_back(self, notes: List[Tuple[str, Dict[str, Any]]]) -> None:
        with self._lock:
            lines = [(body["level"], body["line"]) for call, body in notes if call == "log"]
            self._lines = deque([*lines, *self._lines], maxlen=_MOST_LINES)
            older = {body["name"]: (body["done"], body["total"]) for call, body in notes if call == "progress"}
            self._progress = {**older, **self._progress}


def _passes(error: WorcrError) -> bool:
    """Whether it may be over later: no answer, overload, a silo that is leaving."""
    return error.status in (0, 408, 429, 502, 503, 504)


class Worker:
    """Leases jobs over HTTP and runs their handlers in threads.

    ``url``: address of any silo. ``key``: an API key with the role ``worker`` (default: none), or a function that gives one, or
    a short-lived token; see ``Client``. ``namespace``: default ``default``.
    ``types``: what to ask for (default: the types that have handlers; ``*`` is every type). ``slots``: how many handlers may run at
    once, 1 to 10,000 (default 10). ``tags``: labels that rules match (default none). ``queues``: serve only jobs with these queue
    labels (default all). ``worker``: a name for people (default ``py-`` and 8 random characters). ``poll``: how long a request
    waits for a job, at most 60 s (default 20 s). ``drain_timeout``: how long handlers may finish after SIGTERM (default 20 s);
    ``grace``: how long they may yield after that (default 5 s). ``client``: what handlers enqueue children with, whose key has to be one that
    may enqueue, which one of the role ``worker`` is not (default: a client with the worker's address, key and namespace). Also ``retries``, ``retry_base``, ``retry_cap`` and
    ``request_timeout`` of ``Client``.

    A lost connection is made again, for ever; a report is sent until the server has taken it or calls it stale. Raises ``ValueError``
    for options that cannot work.
    """

    def __init__(
        self,
        url: str,
        key: Key = None,
        namespace: str = "default",
        *,
        types: Optional[Sequence[str]] = None,
        slots: int = 10,
        tags: Sequence[str] = (),
        queues: Optional[Sequence[str]] = None,
        worker: Optional[str] = None,
        poll: Duration = 20.0,
        drain_timeout: Duration = 20.0,
        grace: Duration = 5.0,
        client: Optional[Client] = None,
        **tuning: Any,
    ) -> None:
        if not 1 <= slots <= 10_000:
            raise ValueError(f"slots is {slots}; it must be 1 to 10,000")
        if not _seconds(poll) <= 60:
            raise ValueError(f"poll is {poll}; it must be at most 60 s")
        self._transport = _Transport(url, key, namespace, **tuning)
        self._client = client if client is not None else Client(url, key, namespace, **tuning)
        self._types = types
        self._slots = slots
        self._request: Dict[str, Any] = {"worker": worker or f"py-{secrets.token_hex(4)}", "tags": list(tags), "wait": _duration(poll)}
        if queues is not None:
            self._request["queues"] = list(queues)
        self._poll = _seconds(poll)
        self._drain_timeout = _seconds(drain_timeout)
        self._grace = _seconds(grace)
        self._handlers: Dict[str, Handler] = {}
        self._kept_alive: set[str] = set()
        self._changed = threading.Condition()
        self._held: Dict[str, JobContext] = {}  # by lease, from its arrival until its report is acknowledged
        self._running: Dict[str, JobContext] = {}
        self._threads = 0
        self._leasing: Optional[threading.Thread] = None
        self._hurried = False
        self._leaving = threading.Event()
        self._left = threading.Event()
        self._waiting: queue.SimpleQueue[JobContext] = queue.SimpleQueue()
        self._signals: queue.SimpleQueue[int] = queue.SimpleQueue()  # its put may be called by a signal handler
        self._line = self._transport.line()
        self._outbox = _Outbox(self._transport, self._forget)
        self._pulse = _Pulse(self._contexts)

    def handler(self, type: str, *, keep_alive: bool = False) -> Callable[[Handler], Handler]:
        """Decorates the function that does jobs of a type; ``*`` takes types that have none of their own.

        ``keep_alive``: extend the job's time-out for as long as the handler runs (default: an attempt that runs longer than the
        job's ``timeout`` is given to somebody else).
        """

        def register(function: Handler) -> Handler:
            self._handlers[type] = function
            if keep_alive:
                self._kept_alive.add(type)
            return function

        return register

    def start(self) -> None:
        """Begins to work, in threads of its own. Raises ``ValueError`` when there is no handler."""
        if not self._handlers:
            raise ValueError("a worker needs at least one handler")
        types = self._types if self._types is not None else ["*"] if "*" in self._handlers else list(self._handlers)
        self._request["types"] = list(types)
        self._spawn(self._outbox.run)
        self._spawn(self._pulse.run)
        self._leasing = self._spawn(self._lease)

    def run(self) -> None:
        """Works until SIGTERM or SIGINT, then drains; a second signal asks the handlers to yield at once. Returns when it has left.

        Call it in the main thread, which alone can hear signals; elsewhere it works until ``drain``.
        """
        hears = threading.current_thread() is threading.main_thread()
        numbers = (signal.SIGTERM, signal.SIGINT) if hears else ()
        before = {number: signal.signal(number, lambda number, _: self._signals.put(number)) for number in numbers}
        try:
            self.start()
            if self._signals.get() == _LEFT:
                return
            self._spawn(self.drain)
            while self._signals.get() != _LEFT:
                self._hurry()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def drain(self) -> None:
        """Leaves in order: takes nothing more, lets handlers finish, then interrupts them, then gives back what still runs, then sees
        the last reports acknowledged. Returns when it has left; a worker is not started again."""
        with self._changed:
            first = not self._leaving.is_set()
            self._leaving.set()
            self._changed.notify_all()
        if first:
            self._depart()
        self._left.wait()

    def stop(self) -> None:
        """As ``drain``, but interrupts the handlers at once."""
        self._hurry()
        self.drain()

    def _hurry(self) -> None:
        with self._changed:
            self._hurried = True
            self._changed.notify_all()

    def _depart(self) -> None:
        self._line.cut()
        if not self._idle(self._drain_timeout, patient=True):
            for context in self._contexts():
                context._abort("interrupt")
            if not self._idle(self._grace, patient=False):
                for context in self._contexts():
                    _log.warning("job %s did not stop in time: it is given back", context.job.id)
                    self._finish(context, _report(context, "yield", 0.0))
        if self._leasing is not None:
            self._leasing.join(_LAST_WORDS)  # jobs that came with the last answer are given back
        self._outbox.empty(_LAST_WORDS)
        self._outbox.stop()
        self._pulse.stop()
        self._left.set()
        self._signals.put(_LEFT)

    @staticmethod
    def _spawn(run: Callable[[], None]) -> threading.Thread:
        """A thread that does not keep the process from leaving."""
        thread = threading.Thread(target=run, name=f"worcr-{run.__name__.strip('_')}", daemon=True)
        thread.start()
        return thread

    def _idle(self, timeout: float, patient: bool) -> bool:
        """Waits until nothing runs; ``patient``: unless it is in a hurry."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running or (patient and self._hurried), timeout)
            return not self._running

    # The way of a job: _lease -> _take -> _serve -> _finish -> the outbox -> _forget.

    def _lease(self) -> None:
        failures = 0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: len(self._running) < self._slots or self._leaving.is_set())
                free = min(self._slots - len(self._running), 1_000)
            if self._leaving.is_set():
                return
            try:
                jobs = self._ask(free)
                failures = 0
            except WorcrError as error:
                if self._leaving.is_set():
                    return
                if error.code == "worker_ended":
                    _log.warning("an operator ended this worker")
                    self._spawn(self.drain)
                    return
                if failures == 0:
                    _log.warning("no jobs can be had, trying again: %s", error)
                self._leaving.wait(error.retry_after or _jittered(failures, 0.2, 5.0))
                failures += 1
                continue
            for job in jobs:
                self._take(job)

    def _ask(self, free: int) -> List[Job]:
        body = _text({**self._request, "max": free}).encode()
        answer = self._transport.once(_Request("POST", "/worker/lease", body, wait=self._poll), self._line)
        try:
            return [Job._read(job) for job in answer.body["jobs"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WorcrError("bad_answer", answer.status, f"a lease was answered with something else: {error!r}") from error

    def _take(self, job: Job) -> None:
        context = JobContext(job, self, (job.type if job.type in self._handlers else "*") in self._kept_alive)
        with self._changed:
            if job.lease in self._held:
                return
            self._held[job.lease] = context
            if not self._leaving.is_set():
                self._running[job.lease] = context
                self._waiting.put(context)
                if len(self._running) > self._threads:
                    self._threads += 1
                    self._spawn(self._serve)
                self._pulse.wake()
                return
        self._outbox.push(job.lease, _report(context, "yield", 0.0))

    def _serve(self) -> None:
        while True:
            context = self._waiting.get()
            report = self._handle(context)
            context._flush()
            self._finish(context, report)

    def _handle(self, context: JobContext) -> str:
        """Runs a handler; the text of the report."""
        job = context.job
        begun = time.monotonic()
        try:
            handler = self._handlers.get(job.type) or self._handlers.get("*")
            if handler is None:
                raise Fail("no_handler", f"this worker has no handler for {job.type!r}")
            result = handler(job, context)
            return _completion(context, result, time.monotonic() - begun)
        except Yield as wish:
            return _report(context, "yield", time.monotonic() - begun, **({} if wish.until is None else {"until": wish.until}))
        except BaseException as error:  # whatever it is, it is the handler's, and the slot goes on
            _log.info("job %s failed", job.id, exc_info=True)
            return _failure(context, error, time.monotonic() - begun)

    def _finish(self, context: JobContext, report: str) -> None:
        """The handler has ended, or is not waited for any longer; only the first report counts, and none of a lost lease."""
        lease = context.job.lease
        with self._changed:
            if self._running.pop(lease, None) is None:
                return
            self._changed.notify_all()
            if context.reason == "lost":
                del self._held[lease]
                return
        self._outbox.push(lease, report)

    def _forget(self, lease: str, answer: str) -> None:
        """The server has answered a report."""
        with self._changed:
            context = self._held.pop(lease, None)
        if answer != "ok" and context is not None:
            _log.info("the report of job %s came too late", context.job.id)

    def _contexts(self) -> List[JobContext]:
        with self._changed:
            return list(self._running.values())

    def _note(self, context: JobContext, call: str, body: Dict[str, Any], tries: Optional[int] = None, wait: float = 0.0) -> Any:
        """Says something about a running job, and hears what the server says of it: the lease may be lost, a yield may be wished for."""
        data = _text({"lease": context.job.lease, **body}).encode()
        request = _Request("POST", f"/worker/{call}", data, repeatable=call != "acquire", wait=wait)
        answer = self._transport.once(request) if tries == 1 else self._transport.send(request)
        told = answer.body if isinstance(answer.body, dict) else {}
        if told.get("result") == "stale":
            context._abort("lost")
            raise WorcrError("lease_lost", 409, f"the lease of job {context.job.id} is not good any more")
        if told.get("interrupt"):
            context._abort("interrupt")
        return told.get("result")


def _report(context: JobContext, outcome: str, seconds: float, **more: Any) -> str:
    return _text({"lease": context.job.lease, "outcome": outcome, **more, "ms": round(seconds * 1_000, 3)})


def _completion(context: JobContext, result: Any, seconds: float) -> str:
    """The report of a handler that returned; a result that cannot be sent is a failure of its job alone."""
    try:
        size = len(_text(result).encode())
    except (TypeError, ValueError, RecursionError) as error:
        return _failure(context, Fail("result_not_json", f"the result is no JSON: {error}", final=True), seconds)
    if size > _MOST_RESULT_BYTES:
        return _failure(context, Fail("result_too_large", "the result is larger than 1 MiB", final=True), seconds)
    return _report(context, "complete", seconds, **({} if result is None else {"result": result}))


def _failure(context: JobContext, error: BaseException, seconds: float) -> str:
    """The report of a handler that raised."""
    told: Dict[str, Any] = {"code": "error", "message": f"{type(error).__name__}: {error}"}
    if isinstance(error, Fail):
        told = {"code": str(error.code), "message": error.message}
        if error.retry_after is not None:
            told["retryAfter"] = error.retry_after
        if error.final:
            told["final"] = True
    if context.reason == "timeout":
        told["code"] = "timeout"
    told.update(code=_clean(told["code"]), message=_clean(told["message"]))
    return _report(context, "fail", seconds, error=told)


def _clean(text: str) -> str:
    """Text that the server takes: not too long, and without halves of characters."""
    return text[:_MOST_MESSAGE].encode(errors="replace").decode()


class _Outbox:
    """Carries reports to the server, all that have gathered in one call, and keeps them until it has answered.

    push -> gathered -> sent: ok or stale -> done
                ^         | refused: for now or without an answer: again later; for a fault: in halves, alone at last as a failure
                +---------+
    """

    def __init__(self, transport: _Transport, done: Callable[[str, str], None]) -> None:
        self._transport = transport
        self._done = done
        self._changed = threading.Condition()
        self._gathered: deque[Tuple[str, str]] = deque()  # lease, report
        self._flying = 0
        self._stopped = threading.Event()

    def push(self, lease: str, report: str) -> None:
        with self._changed:
            self._gathered.append((lease, report))
            self._changed.notify_all()

    def empty(self, timeout: float) -> bool:
        """Waits until every report has been answered."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._gathered and self._flying == 0, timeout)

    def stop(self) -> None:
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()

    def run(self) -> None:
        while not self._stopped.is_set():
            batch = self._batch()
            self._deliver(batch)
            with self._changed:
                self._flying = 0
                self._changed.notify_all()

    def _batch(self) -> List[Tuple[str, str]]:
        batch: List[Tuple[str, str]] = []
        room = _MOST_REPORT_BYTES
        with self._changed:
            self._changed.wait_for(lambda: self._gathered or self._stopped.is_set())
            while self._gathered and len(batch) < _MOST_REPORTS:
                room -= len(self._gathered[0][1].encode()) + 1
                if room < 0 and batch:
                    break
                batch.append(self._gathered.popleft())
            self._flying = len(batch)
        return batch

    def _deliver(self, batch: List[Tuple[str, str]]) -> None:
        tries = broken = 0
        while batch:
            try:
                for (lease, _), answer in zip(batch, self._post(batch)):
                    self._done(lease, answer)
                return
            except WorcrError as error:
                broken += error.status == 500
                if error.status in (400, 413) or broken > 3:
                    return self._apart(batch, error)
                if tries == 0:
                    _log.warning("%d reports could not be delivered, trying again: %s", len(batch), error)
                if self._stopped.wait(error.retry_after or _jittered(tries, 0.2, 5.0)):
                    return
            tries += 1

    def _post(self, batch: List[Tuple[str, str]]) -> List[str]:
        body = f'{{"reports":[{",".join(report for _, report in batch)}]}}'.encode()
        answer = self._transport.once(_Request("POST", "/worker/report", body))
        results = answer.body.get("results") if isinstance(answer.body, dict) else None
        if not isinstance(results, list) or len(results) != len(batch):
            raise WorcrError("bad_answer", 0, f"{len(batch)} reports were answered with {answer.body!r}")
        return results

    def _apart(self, batch: List[Tuple[str, str]], error: WorcrError) -> None:
        """Finds the report that the server will not have; its job fails with the reason."""
        if len(batch) > 1:
            middle = len(batch) // 2
            self._deliver(batch[:middle])
            return self._deliver(batch[middle:])
        lease, report = batch[0]
        _log.error("the report of lease %s was refused: %s", lease, error)
        told = {"code": "report_rejected", "message": _clean(f"the server refused the report: {error}")}
        instead = _text({"lease": lease, "outcome": "fail", "error": told})
        if report == instead:
            return self._done(lease, "refused")
        self._deliver([(lease, instead)])


class _Pulse:
    """What happens while handlers run: time-outs, extending, log lines and progress."""

    def __init__(self, contexts: Callable[[], List[JobContext]]) -> None:
        self._contexts = contexts
        self._woken = threading.Event()
        self._stopped = threading.Event()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopped.set()
        self._woken.set()

    def run(self) -> None:
        while not self._stopped.is_set():
            for context in self._contexts():
                context._tend(time.monotonic())
            due = min((context._due() for context in self._contexts()), default=float("inf"))
            self._woken.wait(None if due == float("inf") else max(0.0, due - time.monotonic()))
            self._woken.clear()
            self._stopped.wait(_BETWEEN_NOTES)
