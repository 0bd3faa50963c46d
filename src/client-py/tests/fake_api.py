"""A server that answers as a test tells it to, and whose every request can be waited for."""

from __future__ import annotations

import json
import queue
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, NamedTuple, Optional

PATIENCE = 20.0  # how long a test waits for what must happen before it says that it did not; never how long it takes


class Request(NamedTuple):
    """What a client has sent."""

    method: str
    path: str
    headers: Dict[str, str]
    body: bytes
    connection: socket.socket

    @property
    def abandoned(self) -> bool:
        """Whether the client has hung up instead of waiting for the answer."""
        try:
            return self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(NamedTuple):
    """What it gets."""

    body: Any = None
    status: int = 200
    headers: Dict[str, str] = {}
    drop: bool = False
    """Hang up instead of answering."""


def problem(status: int, code: str, **more: Any) -> Reply:
    headers = {"Content-Type": "application/problem+json"}
    if "after" in more:
        headers["Retry-After"] = str(more.pop("after"))
    return Reply({"title": code, "code": code, "status": status, **more}, status, headers)


class FakeApi:
    """Answers with what ``reply`` makes of a request; keeps the requests in order."""

    def __init__(self, reply: Callable[[Request], Reply]) -> None:
        self.reply = reply
        self.requests: "queue.Queue[Request]" = queue.Queue()
        self.closing = threading.Event()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, self.path, headers, self.rfile.read(length), self.connection)
                if len(request.body) < length:
                    self.close_connection = True  # the client has hung up in the middle
                    return
                api.requests.put(request)
                api.send(self, api.reply(request))

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        if reply.drop:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if "Content-Length" not in reply.headers:
                handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
            if "Content-Length" in reply.headers:
                handler.close_connection = True
        except OSError:
            handler.close_connection = True  # the client has hung up

    def next(self, wanted: Optional[Callable[[Request], bool]] = None, what: str = "a request") -> Request:
        """The next request (that is wanted); fails when none comes."""
        while True:
            try:
                request = self.requests.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"{what} never came") from None
            if wanted is None or wanted(request):
                return request

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class FakeJobs:
    """A server's part towards a worker: jobs that are handed out, what was reported and noted. ``faults`` come before answers."""

    def __init__(self) -> None:
        self.api = FakeApi(self._reply)
        self.url = self.api.url
        self.jobs: "queue.Queue[Any]" = queue.Queue()
        self.reports: "queue.Queue[Dict[str, Any]]" = queue.Queue()
        self.notes: "queue.Queue[Any]" = queue.Queue()
        self.faults: Dict[str, Any] = {}
        self.notes_answer: Dict[str, Any] = {"result": "ok"}
        self.report_answer = "ok"
        self.leases: "queue.Queue[Dict[str, Any]]" = queue.Queue()

    def add(self, type: str = "t", **fields: Any) -> Dict[str, Any]:
        number = fields.pop("n", 1)
        job = {"id": f"id-{number}", "lease": f"lease-{number}", "type": type, "args": None, "attempt": 1, "timeout": "30m", **fields}
        self.jobs.put([job])
        return job

    def report(self) -> Dict[str, Any]:
        return self._get(self.reports, "a report")

    def note(self, call: str) -> Dict[str, Any]:
        """The next note of that kind."""
        while True:
            made, body = self._get(self.notes, f"a note {call}")
            if made == call:
                return body

    def close(self) -> None:
        self.api.close()

    @staticmethod
    def _get(source: "queue.Queue[Any]", what: str) -> Any:
        try:
            return source.get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError(f"{what} never came") from None

    def _reply(self, request: Request) -> Reply:
        call = request.path.rpartition("/")[2]
        faults = self.faults.get(call)
        if faults:
            return faults.pop(0)
        if call == "lease":
            self.leases.put(request.json)
            return Reply({"jobs": self._next_jobs(request)})
        if call == "report":
            reports = request.json["reports"]
            for report in reports:
                self.reports.put(report)
            return Reply({"results": [self.report_answer for _ in reports]})
        self.notes.put((call, request.json))
        return Reply(self.notes_answer)

    def _next_jobs(self, request: Request) -> Any:
        while not self.api.closing.is_set() and not request.abandoned:
            try:
                return self.jobs.get(timeout=0.02)
            except queue.Empty:
                continue
        return []
