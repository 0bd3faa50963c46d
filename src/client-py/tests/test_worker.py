"""The worker, against a server that loses connections, repeats itself and changes its mind."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import unittest
from pathlib import Path
from typing import Any, Iterator, List
from unittest import mock

import worcr
from worcr import Fail, Job, JobContext, Retry, WorcrError, Worker, Yield

from .fake_api import PATIENCE, FakeJobs, Reply, problem


def happened(event: threading.Event, what: str) -> None:
    if not event.wait(PATIENCE):
        raise AssertionError(f"{what} never happened")


class WorkerCase(unittest.TestCase):
    """A worker on a fake server; waits between tries are none."""

    def setUp(self) -> None:
        logging.getLogger("worcr").setLevel(logging.CRITICAL)
        patch = mock.patch.object(worcr, "_jittered", lambda *_: 0.001)
        patch.start()
        self.addCleanup(patch.stop)
        self.server = FakeJobs()
        self.addCleanup(self.server.close)

    @contextlib.contextmanager
    def working(self, handler: Any, type: str = "t", keep_alive: bool = False, **options: Any) -> Iterator[Worker]:
        options.setdefault("slots", 2)
        worker = Worker(self.server.url, grace=options.pop("grace", 5), **options)
        worker.handler(type, keep_alive=keep_alive)(handler)
        worker.start()
        try:
            yield worker
        finally:
            worker.stop()


class FamilyTests(WorkerCase):
    """A handler with children."""

    def test_a_handler_enqueues_children_once_and_waits_for_them(self) -> None:
        def handle(job: Job, ctx: JobContext) -> Any:
            if job.children is None:
                ctx.enqueue_children([{"type": "part"}])
            if job.children is None or job.children.pending > 0:
                raise Yield(until="children")
            return list(job.children)

        client = mock.create_autospec(worcr.Client, instance=True)
        with self.working(handle, client=client):
            self.server.add(n=1)
            self.assertEqual((self.server.report()["until"], client.enqueue_children.call_args.args), ("children", ("id-1", [{"type": "part"}])))
            self.server.add(n=2, children={"pending": 1, "succeeded": 0, "failed": 0})
            report = self.server.report()
            self.assertEqual((report["outcome"], report["until"]), ("yield", "children"))
            self.server.add(n=3, children={"pending": 0, "succeeded": 1, "failed": 2})
            self.assertEqual(self.server.report()["result"], [0, 1, 2])
        client.enqueue_children.assert_called_once()

    def test_nothing_else_can_be_waited_for(self) -> None:
        self.assertRaises(ValueError, lambda: Yield(until="parents"))


class OutcomeTests(WorkerCase):
    def reported(self, handler: Any, **job: Any) -> Any:
        self.server.add(**job)
        with self.working(handler):
            report = self.server.report()
        self.assertGreaterEqual(report.pop("ms"), 0)
        self.assertEqual(report.pop("lease"), "lease-1")
        return report

    def raising(self, error: BaseException) -> Any:
        def handler(job: Job, ctx: JobContext) -> None:
            raise error

        return self.reported(handler)

    def test_what_a_handler_returns_is_the_result(self) -> None:
        self.assertEqual(self.reported(lambda job, ctx: job.args["n"] + 1, args={"n": 1}), {"outcome": "complete", "result": 2})

    def test_nothing_is_a_result_too(self) -> None:
        self.assertEqual(self.reported(lambda job, ctx: None), {"outcome": "complete"})

    def test_an_exception_is_a_failure(self) -> None:
        told = {"code": "error", "message": "KeyError: 'to'"}
        self.assertEqual(self.raising(KeyError("to")), {"outcome": "fail", "error": told})

    def test_a_failure_may_have_a_code_and_be_final(self) -> None:
        told = {"code": "410", "message": "gone", "final": True}
        self.assertEqual(self.raising(Fail("410", "gone", final=True)), {"outcome": "fail", "error": told})

    def test_another_attempt_may_be_asked_for(self) -> None:
        self.assertEqual(self.raising(Retry(after=1.5, code="429"))["error"]["retryAfter"], "1500ms")
        self.assertNotIn("retryAfter", self.raising(Retry())["error"])

    def test_a_job_may_be_given_back(self) -> None:
        self.assertEqual(self.raising(Yield()), {"outcome": "yield"})

    def test_a_handler_that_exits_fails_its_job_and_not_the_worker(self) -> None:
        self.assertEqual(self.raising(SystemExit(3))["error"]["message"], "SystemExit: 3")

    def test_a_result_that_is_no_json_or_too_large_fails_its_job_for_good(self) -> None:
        for result, code in ((object(), "result_not_json"), (float("nan"), "result_not_json"), ("\ud800", "result_not_json"), ("é" * 600_000, "result_too_large")):
            with self.subTest(code):
                error = self.reported(lambda job, ctx, result=result: result)["error"]
                self.assertEqual((error["code"], error["final"]), (code, True))

    def test_text_that_is_no_text_is_mended(self) -> None:
        self.assertEqual(self.raising(Fail("\udc80", "\ud800" + "x" * 9_000))["error"], {"code": "?", "message": "?" + "x" * 8_191})

    def test_a_type_without_a_handler_fails(self) -> None:
        self.assertEqual(self.reported(lambda job, ctx: 1, type="other")["error"]["code"], "no_handler")


class LeaseTests(WorkerCase):
    def test_it_asks_for_what_it_has_handlers_and_slots_for(self) -> None:
        with self.working(lambda job, ctx: None, slots=3, tags=["eu"], queues=["fast"], worker="w", poll=7):
            asked = self.server.leases.get(timeout=PATIENCE)
        self.assertEqual(asked, {"worker": "w", "types": ["t"], "tags": ["eu"], "queues": ["fast"], "max": 3, "wait": "7000ms"})

    def test_never_more_handlers_run_than_there_are_slots(self) -> None:
        release = threading.Event()
        started: "List[str]" = []
        with self.working(lambda job, ctx: started.append(job.id) or release.wait(PATIENCE), slots=2):
            self.server.add(n=1)
            self.assertEqual(self.server.leases.get(timeout=PATIENCE)["max"], 2)
            self.assertEqual(self.server.leases.get(timeout=PATIENCE)["max"], 1)
            self.server.add(n=2)
            self.server.add(n=3)
            release.set()
            for _ in range(3):
                self.server.report()
        self.assertEqual(sorted(started), ["id-1", "id-2", "id-3"])

    def test_a_lease_that_comes_twice_runs_once(self) -> None:
        release = threading.Event()
        ran: "List[str]" = []
        with self.working(lambda job, ctx: ran.append(job.id) or release.wait(PATIENCE), slots=3):
            for number in (1, 1, 2):
                self.server.add(n=number)
            for _ in range(4):
                self.server.leases.get(timeout=PATIENCE)
            release.set()
            self.assertEqual({self.server.report()["lease"] for _ in range(2)}, {"lease-1", "lease-2"})
        self.assertEqual(sorted(ran), ["id-1", "id-2"])

    def test_it_goes_on_asking_after_every_kind_of_bad_answer(self) -> None:
        self.server.faults["lease"] = [
            Reply(drop=True), problem(429, "overloaded", after=0), problem(503, "draining", after=0), problem(401, "unauthorized"),
            Reply(b"<html>"), Reply({}), Reply([]), Reply({"jobs": [{}]}), Reply({"jobs": None}), Reply(b"{", headers={"Content-Length": "9"}),
        ]
        self.server.add()
        with self.working(lambda job, ctx: 1):
            self.assertEqual(self.server.report()["outcome"], "complete")

    def test_options_that_cannot_work_are_refused(self) -> None:
        for options in ({"slots": 0}, {"slots": 10_001}, {"poll": "2m"}):
            with self.subTest(options), self.assertRaises(ValueError):
                Worker(self.server.url, **options)  # type: ignore[arg-type]
        with self.assertRaises(ValueError):
            Worker(self.server.url).start()


class ReportTests(WorkerCase):
    def test_a_report_is_sent_until_it_is_answered(self) -> None:
        self.server.faults["report"] = [
            Reply(drop=True), problem(503, "unavailable", after=0), problem(429, "overloaded", after=0), problem(500, "internal"),
            Reply(b"<html>"), Reply({"results": []}), Reply({}), Reply(b"{", headers={"Content-Length": "9"}),
        ]
        self.server.add()
        with self.working(lambda job, ctx: 7):
            self.assertEqual(self.server.report()["result"], 7)

    def test_a_report_that_the_server_refuses_fails_its_job_alone(self) -> None:
        def judge(request: Any) -> Reply:
            if request.path.endswith("/report") and b"poison" in request.body:
                return problem(400, "invalid_field")
            return plain(request)

        plain, self.server.api.reply = self.server.api.reply, judge
        self.server.jobs.put([self.job(1, "poison"), self.job(2, "fine")])
        with self.working(lambda job, ctx: job.args):
            reports = {report["lease"]: report for report in (self.server.report(), self.server.report())}
        self.assertEqual(reports["lease-1"]["error"]["code"], "report_rejected")
        self.assertEqual(reports["lease-2"]["result"], "fine")

    def test_a_batch_with_a_bad_report_is_taken_apart(self) -> None:
        answered: "List[Any]" = []
        outbox = worcr._Outbox(worcr._Transport(self.server.url, None, "default"), lambda lease, answer: answered.append((lease, answer)))
        self.server.faults["report"] = [problem(413, "too_large")]
        outbox._deliver([(f"l{n}", f'{{"lease":"l{n}","outcome":"yield"}}') for n in range(5)])
        self.assertEqual(answered, [(f"l{n}", "ok") for n in range(5)])

    def test_a_stale_answer_ends_the_matter(self) -> None:
        self.server.report_answer = "stale"
        self.server.add()
        with self.working(lambda job, ctx: 7) as worker:
            self.server.report()
            self.assertTrue(worker._outbox.empty(PATIENCE))
            self.assertEqual(worker._held, {})

    @staticmethod
    def job(number: int, args: Any) -> Any:
        return {"id": f"id-{number}", "lease": f"lease-{number}", "type": "t", "args": args, "attempt": 1}


class ContextTests(WorkerCase):
    def test_checkpoints_come_from_earlier_attempts_and_are_there_once_taken(self) -> None:
        def handler(job: Job, ctx: JobContext) -> Any:
            self.server.faults["checkpoint"] = [Reply(drop=True), problem(503, "draining", after=0)]
            ctx.checkpoint("page", ctx.checkpoints["page"] + 1)
            return ctx.checkpoints

        self.server.add(checkpoints={"page": 7})
        with self.working(handler):
            self.assertEqual(self.server.report()["result"], {"page": 8})
        self.assertEqual(self.server.note("checkpoint"), {"lease": "lease-1", "name": "page", "value": 8})

    def test_a_stale_lease_stops_the_work_and_is_not_reported(self) -> None:
        caught: "List[WorcrError]" = []
        stopped = threading.Event()

        def handler(job: Job, ctx: JobContext) -> None:
            try:
                ctx.checkpoint("page", 1)
            except WorcrError as error:
                caught.append(error)
                self.assertEqual((ctx.interrupted.is_set(), ctx.reason), (True, "lost"))
                stopped.set()
                raise

        self.server.notes_answer = {"result": "stale"}
        self.server.add()
        with self.working(handler) as worker:
            happened(stopped, "the end of the handler")
        self.assertEqual(caught[0].code, "lease_lost")
        self.assertTrue(self.server.reports.empty())
        self.assertEqual(worker._held, {})

    def test_a_checkpoint_that_is_too_large_is_the_handlers_error(self) -> None:
        self.server.faults["checkpoint"] = [problem(413, "too_large", detail="too much")]
        self.server.add()
        with self.working(lambda job, ctx: ctx.checkpoint("page", 1)):
            self.assertIn("too_large: too much", self.server.report()["error"]["message"])

    def test_progress_and_log_come_before_the_report_and_only_the_latest_progress_counts(self) -> None:
        def handler(job: Job, ctx: JobContext) -> None:
            for done in range(100):
                ctx.progress("rows", done, 100)
            ctx.progress("bytes", 5)
            ctx.log("half\ud800 way", "warn")

        self.server.add()
        with self.working(handler):
            self.server.report()
            notes = [self.server.notes.get(timeout=PATIENCE) for _ in range(self.server.notes.qsize())]
        rows = [body["done"] for call, body in notes if body.get("name") == "rows"]
        self.assertEqual((rows[-1], rows == sorted(rows)), (99, True))
        self.assertLess(len(rows), 10)
        self.assertIn(("log", {"lease": "lease-1", "level": "warn", "line": "half? way"}), notes)
        self.assertIn(("progress", {"lease": "lease-1", "name": "bytes", "done": 5, "total": 0}), notes)

    def test_lines_that_could_not_be_sent_are_sent_again_in_order(self) -> None:
        def handler(job: Job, ctx: JobContext) -> None:
            self.server.faults["log"] = [Reply(drop=True) for _ in range(2)]
            for number in range(3):
                ctx.log(str(number))

        self.server.add()
        with self.working(handler):
            self.server.report()
        self.assertEqual([self.server.note("log")["line"] for _ in range(3)], ["0", "1", "2"])

    def test_an_interrupt_reaches_the_handler_with_the_next_note(self) -> None:
        def handler(job: Job, ctx: JobContext) -> None:
            ctx.log("here")
            happened(ctx.interrupted, "the interrupt")
            self.assertEqual(ctx.reason, "interrupt")
            ctx.check()

        self.server.notes_answer = {"result": "ok", "interrupt": True}
        self.server.add()
        with self.working(handler):
            self.assertEqual(self.server.report()["outcome"], "yield")

    def test_an_attempt_that_takes_too_long_is_asked_to_stop(self) -> None:
        def handler(job: Job, ctx: JobContext) -> None:
            happened(ctx.interrupted, "the time-out")
            raise RuntimeError(ctx.reason)

        self.server.add(timeout="50ms")
        with self.working(handler):
            self.assertEqual(self.server.report()["error"], {"code": "timeout", "message": "RuntimeError: timeout"})

    def test_a_job_is_kept_alive_while_its_handler_runs(self) -> None:
        extended = threading.Event()

        def handler(job: Job, ctx: JobContext) -> Any:
            happened(extended, "the extending")
            return ctx.reason

        self.server.faults["extend"] = [Reply(drop=True)]
        self.server.add(timeout="3s")
        with self.working(handler, keep_alive=True):
            self.assertEqual(self.server.note("extend"), {"lease": "lease-1"})
            extended.set()
            self.assertNotIn("result", self.server.report())

    def test_a_lost_job_is_not_kept_alive(self) -> None:
        def handler(job: Job, ctx: JobContext) -> None:
            happened(ctx.interrupted, "the loss")
            self.assertEqual((ctx.reason, ctx._due()), ("lost", float("inf")))
            done.set()

        done = threading.Event()
        self.server.notes_answer = {"result": "stale"}
        self.server.add(timeout="300ms")
        with self.working(handler, keep_alive=True):
            happened(done, "the end of the handler")
        self.assertTrue(self.server.reports.empty())

    def test_a_handler_may_extend_by_itself(self) -> None:
        self.server.add(timeout="1h")
        with self.working(lambda job, ctx: ctx.extend()):
            self.assertEqual(self.server.report()["outcome"], "complete")
        self.server.note("extend")

    def test_a_limit_that_the_server_does_not_have_is_an_error(self) -> None:
        self.server.faults["acquire"] = [problem(501, "not_supported")]
        self.server.add()
        with self.working(lambda job, ctx: ctx.acquire("shopify")):
            self.assertIn("not_supported", self.server.report()["error"]["message"])

    def test_permits_are_had_or_not(self) -> None:
        for answer, had in ((True, True), (False, False)):
            self.server.notes_answer = {"result": answer}
            self.server.add()
            with self.subTest(answer), self.working(lambda job, ctx: ctx.acquire("shopify", "k", 2, wait=1)):
                self.assertEqual(self.server.report()["result"], had)
            self.assertEqual(self.server.note("acquire"), {"lease": "lease-1", "limit": "shopify", "key": "k", "n": 2, "wait": "1000ms"})


class LeavingTests(WorkerCase):
    def test_a_drain_lets_handlers_finish_and_takes_nothing_more(self) -> None:
        started, release = threading.Event(), threading.Event()
        self.server.add()
        with self.working(lambda job, ctx: started.set() or release.wait(PATIENCE)) as worker:
            happened(started, "the start of the job")
            leaving = threading.Thread(target=worker.drain)
            leaving.start()
            happened(worker._leaving, "the drain")
            release.set()
            leaving.join(PATIENCE)
            self.assertFalse(leaving.is_alive())
        self.assertEqual(self.server.report()["result"], True)

    def test_a_worker_that_an_operator_ends_finishes_what_runs_and_leaves(self) -> None:
        began, ends = threading.Event(), threading.Event()

        def handle(job: Job, ctx: JobContext) -> None:
            began.set()
            happened(ends, "the end")

        self.server.add()
        worker = Worker(self.server.url, slots=2)
        worker.handler("t")(handle)
        run = threading.Thread(target=worker.run)
        run.start()
        happened(began, "the job")
        self.server.faults["lease"] = [problem(409, "worker_ended")]
        self.server.jobs.put([])
        ends.set()
        self.assertEqual(self.server.report()["outcome"], "complete")
        run.join(PATIENCE)
        self.assertFalse(run.is_alive(), "the worker went on")

    def test_a_worker_whose_token_is_refused_gets_another_and_its_job_goes_on(self) -> None:
        began, ends = threading.Event(), threading.Event()
        keys = iter(f"key-{n}" for n in range(1, 100))

        def handle(job: Job, ctx: JobContext) -> None:
            began.set()
            happened(ends, "the end")
            self.assertFalse(ctx.interrupted.is_set())

        self.server.add()
        with self.working(handle, key=lambda: next(keys)):
            happened(began, "the job")
            self.server.faults["lease"] = [problem(401, "unauthorized")]
            self.server.jobs.put([])
            while self.server.api.next(lambda r: r.path.endswith("lease"), "a lease with another key").headers["authorization"] != "Bearer key-2":
                pass
            ends.set()
            self.assertEqual(self.server.report()["outcome"], "complete")

    def test_handlers_that_take_too_long_are_asked_to_yield(self) -> None:
        started = threading.Event()

        def handler(job: Job, ctx: JobContext) -> None:
            started.set()
            happened(ctx.interrupted, "the interrupt")
            ctx.check()

        self.server.add()
        with self.working(handler, drain_timeout=0.05) as worker:
            happened(started, "the start of the job")
            worker.drain()
        self.assertEqual(self.server.report()["outcome"], "yield")

    def test_what_does_not_yield_is_given_back_and_its_late_end_is_not_reported(self) -> None:
        started, release = threading.Event(), threading.Event()
        self.server.add()
        with self.working(lambda job, ctx: started.set() or release.wait(PATIENCE), drain_timeout=0, grace=0.05) as worker:
            happened(started, "the start of the job")
            worker.drain()
        self.assertEqual(self.server.report()["outcome"], "yield")
        release.set()
        self.assertTrue(self.server.reports.empty())

    def test_jobs_that_come_while_it_leaves_are_given_back(self) -> None:
        worker = Worker(self.server.url)
        worker.handler("t")(lambda job, ctx: self.fail("it ran"))
        asked, answer = threading.Event(), threading.Event()

        def late(request: Any) -> Reply:
            if not request.path.endswith("/lease"):
                return plain(request)
            asked.set()
            happened(answer, "the drain")
            return Reply({"jobs": [ReportTests.job(1, None)]})

        plain, self.server.api.reply = self.server.api.reply, late
        worker.start()
        happened(asked, "a lease")
        leaving = threading.Thread(target=worker.drain)
        leaving.start()
        happened(worker._leaving, "the drain")
        answer.set()
        self.assertEqual(self.server.report()["outcome"], "yield")
        leaving.join(PATIENCE)
        self.assertFalse(leaving.is_alive())

    def test_a_process_that_is_terminated_drains_and_leaves_with_zero(self) -> None:
        self.assert_leaves([signal.SIGTERM], "result")

    def test_a_second_signal_asks_handlers_to_yield_at_once(self) -> None:
        self.assert_leaves([signal.SIGTERM, signal.SIGINT], "yield")

    def assert_leaves(self, signals: "List[signal.Signals]", expected: str) -> None:
        program = (
            "import sys, worcr\n"
            "w = worcr.Worker(sys.argv[1], slots=1, drain_timeout=600)\n"
            "@w.handler('t')\n"
            "def work(job, ctx):\n"
            "    print('started', flush=True)\n"
            "    while not w._leaving.wait(0.01): pass\n"
            "    print('leaving', flush=True)\n"
            "    if sys.argv[2] == 'yield':\n"
            "        ctx.interrupted.wait(60)\n"
            "        ctx.check()\n"
            "    return 'done'\n"
            "w.run()\n"
            "print('left', flush=True)\n"
        )
        self.server.add()
        environment = {**os.environ, "PYTHONPATH": str(Path(worcr.__file__).parent)}
        with subprocess.Popen([sys.executable, "-c", program, self.server.url, expected], stdout=subprocess.PIPE, text=True, env=environment) as child:
            assert child.stdout is not None
            for number, line in zip(signals, ("started", "leaving")):
                self.assertEqual(child.stdout.readline().strip(), line)
                child.send_signal(number)
            self.assertEqual(child.stdout.read().split()[-1], "left")
            self.assertEqual(child.wait(PATIENCE), 0)
        report = self.server.report()
        self.assertEqual(report.get("result", report["outcome"]), "done" if expected == "result" else "yield")
