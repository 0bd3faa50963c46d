"""The client, against a server that misbehaves."""

from __future__ import annotations

import base64
import json
import re
import socket
import time
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any, Dict, List
from unittest import mock

import worcr
from worcr import Client, Enqueued, WorcrError

from .fake_api import FakeApi, Reply, Request, problem


def taken(request: Request) -> Reply:
    """An enqueue as the server answers it."""
    jobs = [json.loads(line) for line in request.body.splitlines()]
    return Reply([{"id": job["id"], "state": "ready", "duplicate": False} for job in jobs], 201)


class ClientCase(unittest.TestCase):
    """A client of a fake server; ``pauses`` are the waits between tries, none of which is waited."""

    def setUp(self) -> None:
        self.script: List[Reply] = []
        self.api = FakeApi(lambda request: self.script.pop(0) if self.script else taken(request))
        self.addCleanup(self.api.close)
        self.pauses: List[float] = []
        patch = mock.patch.object(worcr.time, "sleep", self.pauses.append)
        patch.start()
        self.addCleanup(patch.stop)
        self.client = Client(self.api.url)

    def refused(self, call: Any) -> WorcrError:
        with self.assertRaises(WorcrError) as caught:
            call()
        return caught.exception


class BatchTests(ClientCase):
    """Batches and families."""

    def test_a_batch_goes_with_its_order_and_its_callbacks(self) -> None:
        self.script = [Reply({"id": "b", "duplicate": False, "jobs": [{"id": "1", "state": "ready", "duplicate": False}]}, 201)]
        jobs = [{"type": "a", "name": "first"}, {"type": "b", "after": ("first",), "timeout": 30, "retry": {"max_attempts": 2}}]
        batch = self.client.enqueue_batch(jobs, name="n", open=True, on_success={"type": "s"}, on_failure={"type": "f"}, on_complete={"type": "c", "args": [1]})
        self.assertEqual(batch, ("b", False, [Enqueued("1", "ready", False)]))
        request = self.api.next()
        body = request.json
        self.assertRegex(body.pop("id"), r"^[0-9a-f-]{36}$")
        self.assertEqual((request.method, request.path), ("POST", "/v1/batches"))
        self.assertEqual(body, {
            "name": "n", "open": True,
            "jobs": [{"type": "a", "name": "first"}, {"type": "b", "after": ["first"], "timeout": "30000ms", "retry": {"maxAttempts": 2}}],
            "onSuccess": {"type": "s"}, "onFailure": {"type": "f"}, "onComplete": {"type": "c", "args": [1]},
        })

    def test_a_batch_whose_answer_was_lost_is_made_again_with_the_same_id(self) -> None:
        self.script = [Reply(drop=True), Reply({"id": "b", "duplicate": True, "jobs": []})]
        self.assertEqual(self.client.enqueue_batch([{"type": "a"}]), ("b", True, []))
        self.assertEqual(self.api.next().body, self.api.next().body)

    def test_batches_are_read_closed_cancelled_and_listed_page_by_page(self) -> None:
        self.script = [Reply({"id": "b"})] * 3 + [Reply({"items": [{"id": "1"}, {"id": "2"}], "next": "c.d"}), Reply({"items": [{"id": "3"}]})]
        for call in (self.client.get_batch, self.client.close_batch, self.client.cancel_batch):
            self.assertEqual(call("b"), {"id": "b"})
        self.assertEqual([each["id"] for each in self.client.batches()], ["1", "2", "3"])
        asked = [self.api.next() for _ in range(5)]
        self.assertEqual([(each.method, each.path) for each in asked], [
            ("GET", "/v1/batches/b"), ("POST", "/v1/batches/b/close"), ("DELETE", "/v1/batches/b"), ("GET", "/v1/batches"), ("GET", "/v1/batches?cursor=c.d"),
        ])

    def test_children_go_in_one_request_each_with_an_id(self) -> None:
        self.assertEqual(self.client.enqueue_children("p", []), [])
        answers = self.client.enqueue_children("p", [{"type": "a"}, {"type": "b", "then": {"type": "c", "result_ttl": 1}}])
        request = self.api.next()
        sent = [json.loads(line) for line in request.body.splitlines()]
        self.assertEqual([each.id for each in answers], [each.pop("id") for each in sent])
        self.assertEqual(sent, [{"type": "a", "parent": "p"}, {"type": "b", "then": {"type": "c", "resultTtl": "1000ms"}, "parent": "p"}])


class EnqueueTests(ClientCase):
    def test_every_job_gets_an_id_of_version_7_that_grows(self) -> None:
        ids = [self.client.enqueue("t").id for _ in range(3)]
        for each in ids:
            self.assertRegex(each, r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        self.assertEqual(ids, sorted(ids))
        self.assertEqual(len(set(ids)), 3)

    def test_ids_of_one_millisecond_stay_in_order_beyond_the_counter(self) -> None:
        with mock.patch.object(worcr.time, "time", return_value=1_700_000_000.0):
            made = [worcr._ids.next() for _ in range(5_000)]
        self.assertEqual(made, sorted(set(made)))

    def test_a_dropped_connection_is_repeated_with_the_same_id_and_is_no_duplicate(self) -> None:
        self.script = [Reply(drop=True)]
        first = None

        def remember(request: Request) -> Reply:
            nonlocal first
            if first is None:
                first = request.json["id"]
                return Reply(drop=True)
            return Reply({"id": request.json["id"], "state": "ready", "duplicate": True})

        self.api.reply = remember
        self.assertEqual(self.client.enqueue("t"), Enqueued(first, "ready", False))

    def test_the_duplicate_of_an_id_of_the_callers_own_is_told(self) -> None:
        self.script = [Reply({"id": "mine", "state": "succeeded", "duplicate": True})]
        self.assertTrue(self.client.enqueue("t", id="mine").duplicate)

    def test_an_answer_that_breaks_off_is_repeated(self) -> None:
        self.script = [Reply(b"[{", 201, {"Content-Length": "99"})]
        self.client.enqueue("t")
        ids = {self.api.next().json["id"] for _ in range(2)}
        self.assertEqual(len(ids), 1)

    def test_options_are_written_as_the_server_reads_them(self) -> None:
        at = datetime(2026, 12, 1, 1, tzinfo=timezone(timedelta(hours=1)))
        self.client.enqueue(
            "t", {"é": 1}, slo=300, run_at=at, expires_in=timedelta(hours=12), timeout="30s", order_key="k", result_ttl=0.25,
            tags=("a", "b"), retry={"max_attempts": None, "max_fails": 3, "base": 1.5}, unique={"key": "u", "for_": 60, "on_conflict": "reject"},
        )
        sent = self.api.next().json
        del sent["id"]
        self.assertEqual(sent, {
            "type": "t", "args": {"é": 1}, "slo": "300000ms", "runAt": "2026-12-01T00:00:00.000Z", "expiresIn": "43200000ms", "timeout": "30s",
            "orderKey": "k", "resultTtl": "250ms", "tags": ["a", "b"], "retry": {"maxAttempts": None, "maxFails": 3, "base": "1500ms"},
            "unique": {"key": "u", "for": "60000ms", "onConflict": "reject"},
        })

    def test_what_cannot_be_sent_is_refused_before_it_is_sent(self) -> None:
        for bad in ({"slo": -1}, {"args": float("nan")}, {"args": object()}, {"run_at": datetime(2026, 1, 1)}, {"retry": {"base": -1}}, {"type": ""}):
            with self.subTest(bad), self.assertRaises((ValueError, TypeError)):
                list(self.client.enqueue_chunks([{"type": "t", **bad}]))
        self.assertTrue(self.api.requests.empty())

    def test_many_jobs_go_in_batches(self) -> None:
        answers = self.client.enqueue_many(({"type": "t", "args": n} for n in range(25)), chunk=10)
        self.assertEqual(len(answers), 25)
        self.assertEqual([len(self.api.next().body.splitlines()) for _ in range(3)], [10, 10, 5])

    def test_large_jobs_go_in_more_batches(self) -> None:
        self.client.enqueue_many({"type": "t", "args": "x" * 1_000_000} for _ in range(20))
        sizes = [len(self.api.next().body) for _ in range(3)]
        self.assertLessEqual(max(sizes), 8 * 1024 * 1024)

    def test_an_error_tells_how_many_were_stored(self) -> None:
        def second_fails(request: Request) -> Reply:
            return problem(413, "too_large") if b'"n":10' in request.body else taken(request)

        self.api.reply = second_fails
        jobs = [{"type": "t", "args": {"n": n}} for n in range(20)]
        self.assertEqual(self.refused(lambda: self.client.enqueue_many(jobs, chunk=10)).enqueued, 10)

    def test_answers_that_make_no_sense_are_errors_of_ours(self) -> None:
        for reply in (Reply(b"<html>"), Reply(None), Reply([]), Reply({"id": "x"}), Reply([1]), Reply(b"\xff\xfe"), Reply(b"")):
            with self.subTest(reply.body):
                self.script = [reply]
                error = self.refused(lambda: self.client.enqueue("t"))
                self.assertEqual((error.code, error.ambiguous), ("bad_answer", True))


class KeyTests(ClientCase):
    """Keys that a function gives."""

    def setUp(self) -> None:
        super().setUp()
        self.given = 0
        self.life: Any = None
        self.client = Client(self.api.url, self.give)

    def give(self) -> str:
        self.given += 1
        if self.life is None:
            return f"key-{self.given}"
        claims = json.dumps({"n": self.given, "exp": time.time() + self.life}).encode()
        return f"e30.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.c2ln"

    def sent(self) -> str:
        return self.api.next().headers["authorization"].partition(" ")[2]

    def test_a_key_is_kept_until_it_is_refused_and_the_request_is_made_once_more(self) -> None:
        self.client.enqueue("t")
        self.client.enqueue("t")
        self.script = [problem(401, "unauthorized")]
        self.client.enqueue("t")
        self.assertEqual([self.sent() for _ in range(4)], ["key-1", "key-1", "key-1", "key-2"])

    def test_a_request_whose_new_key_is_refused_too_fails(self) -> None:
        self.script = [problem(401, "unauthorized"), problem(401, "unauthorized")]
        self.assertEqual(self.refused(lambda: self.client.enqueue("t")).code, "unauthorized")
        self.assertEqual([self.sent(), self.sent()], ["key-1", "key-2"])

    def test_a_fixed_key_that_is_refused_is_not_tried_again(self) -> None:
        self.script = [problem(401, "unauthorized")]
        client = Client(self.api.url, "fixed")
        self.assertEqual(self.refused(lambda: client.enqueue("t")).status, 401)
        self.assertEqual(self.sent(), "fixed")
        self.assertTrue(self.api.requests.empty())

    def test_a_token_is_replaced_shortly_before_it_ends(self) -> None:
        self.life = 600
        self.client.enqueue("t")
        self.client.enqueue("t")
        self.assertEqual(self.given, 1)
        with mock.patch.object(worcr.time, "time", lambda now=time.time() + 591: now):
            self.client.enqueue("t")
        self.assertEqual(self.given, 2)

    def test_a_function_that_fails_is_told_as_an_error_of_ours(self) -> None:
        client = Client(self.api.url, lambda: {}["token"], retries=0)
        self.assertEqual(self.refused(lambda: client.enqueue("t")).code, "no_key")


class RetryTests(ClientCase):
    def test_429_waits_as_long_as_retry_after_says(self) -> None:
        self.script = [problem(429, "overloaded", after=7), problem(503, "draining", after=2)]
        self.client.enqueue("t")
        self.assertEqual(self.pauses, [7.0, 2.0])

    def test_a_retry_after_may_be_a_date(self) -> None:
        self.script = [problem(429, "overloaded", after="Thu, 01 Jan 1970 00:00:00 GMT")]
        self.client.enqueue("t")
        self.assertEqual(self.pauses, [0.0])

    def test_a_retry_after_beyond_the_cap_is_raised_at_once(self) -> None:
        self.script = [problem(429, "overloaded", after=120)]
        error = self.refused(lambda: self.client.enqueue("t"))
        self.assertEqual((error.status, error.retry_after, self.pauses), (429, 120.0, []))

    def test_backoff_doubles_with_full_jitter_and_ends(self) -> None:
        self.script = [problem(503, "unavailable") for _ in range(5)]
        with mock.patch.object(worcr.random, "random", return_value=0.5):
            error = self.refused(lambda: self.client.enqueue("t"))
        self.assertEqual((error.code, error.ambiguous), ("unavailable", True))
        self.assertEqual(self.pauses, [0.05, 0.1, 0.2, 0.4])

    def test_what_the_server_refuses_is_not_repeated(self) -> None:
        self.script = [problem(400, "invalid_field", detail="must be positive", errors=[{"path": "[0].weight", "message": "m"}])]
        error = self.refused(lambda: self.client.enqueue("t", weight=-1))
        self.assertEqual((error.code, error.status, error.detail, error.field), ("invalid_field", 400, "must be positive", "[0].weight"))
        self.assertEqual(self.api.requests.qsize(), 1)

    def test_a_retry_of_a_job_whose_fate_nobody_knows_is_not_repeated(self) -> None:
        self.script = [Reply(drop=True)]
        error = self.refused(lambda: self.client.retry("x"))
        self.assertEqual((error.code, error.status, error.ambiguous), ("network", 0, True))
        self.assertEqual(self.api.requests.qsize(), 1)

    def test_a_retry_that_was_certainly_not_taken_is_repeated(self) -> None:
        self.script = [problem(503, "draining"), Reply({})]
        self.client.retry("x")
        self.assertEqual(self.api.requests.qsize(), 2)

    def test_a_server_that_is_not_there_is_told_plainly(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            nobody = Client(f"http://127.0.0.1:{free.getsockname()[1]}", retries=1)
            error = self.refused(lambda: nobody.retry("x"))
        self.assertEqual((error.code, error.ambiguous, len(self.pauses)), ("network", False, 1))

    def test_a_connection_that_the_server_closed_meanwhile_is_made_again(self) -> None:
        self.script = [Reply({}, headers={"Connection": "close"}), Reply({})]
        self.client.retry("x")
        self.client.retry("y")
        self.assertEqual(self.api.requests.qsize(), 2)

    def test_an_error_that_is_no_problem_document_is_still_an_error(self) -> None:
        self.script = [Reply(b"<html>", 502)]
        error = self.refused(lambda: self.client.get("x"))
        self.assertEqual((error.code, error.status, error.detail), ("http_502", 502, "Bad Gateway"))


class ReadTests(ClientCase):
    def test_a_result_is_asked_for_again_until_it_is_there(self) -> None:
        self.script = [Reply({}, 202), Reply({"id": "x", "state": "succeeded", "result": 1})]
        self.assertEqual(self.client.result("x", wait="1m")["result"], 1)
        self.assertRegex(self.api.next().path, r"/v1/jobs/x/result\?wait=30000ms$")

    def test_a_result_that_is_not_there_in_time_is_told(self) -> None:
        self.script = [Reply({}, 202)]
        error = self.refused(lambda: self.client.result("x"))
        self.assertEqual((error.code, error.status), ("not_finished", 202))

    def test_run_gives_the_whole_job_however_it_ended(self) -> None:
        def server(request: Request) -> Reply:
            if request.method == "POST":
                return taken(request)
            return problem(404, "not_found") if "/result" in request.path else Reply({"id": "x", "state": "cancelled"})

        self.api.reply = server
        self.assertEqual(self.client.run("t")["state"], "cancelled")

    def test_list_walks_the_pages(self) -> None:
        self.script = [Reply({"jobs": [{"id": "1"}], "next": "a b"}), Reply({"jobs": [{"id": "2"}]})]
        self.assertEqual([job["id"] for job in self.client.list(type="t", state=None)], ["1", "2"])
        self.assertEqual([self.api.next().path for _ in range(2)], ["/v1/jobs?type=t", "/v1/jobs?type=t&cursor=a+b"])

    def test_logs_walk_the_pages(self) -> None:
        self.script = [Reply({"lines": [{"line": "a"}], "next": 1}), Reply({"lines": [{"line": "b"}]})]
        self.assertEqual([each["line"] for each in self.client.logs("x")], ["a", "b"])

    def test_the_key_the_namespace_and_ids_are_put_where_they_belong(self) -> None:
        self.script = [Reply({"affected": 3}), Reply({})]
        client = Client(self.api.url + "/below/", "secret", "team a")
        self.assertEqual(client.bulk("reweigh", {"types": ["t"]}, weight=2, dry_run=True), 3)
        client.cancel("a/b")
        bulk, cancel = self.api.next(), self.api.next()
        self.assertEqual((bulk.path, bulk.headers["authorization"]), ("/below/v1/ns/team%20a/jobs/bulk", "Bearer secret"))
        self.assertEqual(bulk.json, {"action": "reweigh", "match": {"types": ["t"]}, "weight": 2, "dryRun": True})
        self.assertEqual((cancel.method, cancel.path), ("DELETE", "/below/v1/ns/team%20a/jobs/a%2Fb"))

    def test_options_that_cannot_work_are_refused(self) -> None:
        wrong: List[Dict[str, Any]] = [{"url": "localhost:1"}, {"url": "ftp://x"}, {"url": "http://x:0"}, {"url": "http://x", "retries": -1}, {"url": "http://x", "retry_cap": "x"}]
        for options in wrong:
            with self.subTest(options), self.assertRaises(ValueError) as caught:
                Client(**options)
            self.assertTrue(re.search(r"it must be|write 250ms", str(caught.exception)))
