"""The messages in src/Protocol/vectors, as far as a client and a worker over HTTP say or hear them."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any, Dict, List
from unittest import mock

import worcr
from worcr import Client, Fail, Job, JobContext, Worker

from .fake_api import FakeApi, Reply

VECTORS = Path(__file__).resolve().parents[2] / "Protocol" / "vectors"


def rest(type: str) -> List[Dict[str, Any]]:
    """All messages of a type; there must be some."""
    found = [each for file in sorted((VECTORS / "rest").glob("*.json")) for each in json.loads(file.read_text("utf-8")) if each["type"] == type]
    assert found, f"no vector of {type}"
    return found


def hub(name: str) -> Any:
    return json.loads((VECTORS / f"worker-{name}.json").read_text("utf-8"))["message"]


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


class VectorTests(unittest.TestCase):
    def answered(self, reply: Any, status: int = 200) -> Client:
        api = FakeApi(lambda _: Reply(reply, status))
        self.addCleanup(api.close)
        return Client(api.url)

    def test_jobs_are_written_as_the_vectors_are(self) -> None:
        for vector in rest("JobRequest"):
            with self.subTest(vector["name"]):
                self.assertEqual(worcr._spec({snake(name): value for name, value in vector["message"].items()}), vector["message"])

    def test_answers_to_an_enqueue_are_read(self) -> None:
        for vector in rest("EnqueueAnswer"):
            with self.subTest(vector["name"]):
                answer = self.answered(vector["message"]).enqueue("t", id=vector["message"]["id"])
                self.assertEqual(answer._asdict(), vector["message"])

    def test_documents_are_handed_on_as_they_are(self) -> None:
        for type, read in (("JobDocument", Client.get), ("JobResult", Client.result)):
            for vector in rest(type):
                with self.subTest(vector["name"]):
                    self.assertEqual(read(self.answered(vector["message"]), "x"), vector["message"])
        self.assertEqual(list(self.answered(rest("JobPage")[0]["message"]).list()), [])

    def test_bulk_actions_are_written_and_answered(self) -> None:
        answer = rest("BulkJobsAnswer")[0]["message"]
        for vector in rest("BulkJobsRequest"):
            with self.subTest(vector["name"]):
                client = self.answered(answer)
                with mock.patch.object(client._transport, "post", wraps=client._transport.post) as post:
                    options = {snake(name): value for name, value in vector["message"].items()}
                    self.assertEqual(client.bulk(options.pop("action"), options.pop("match"), **options), answer["affected"])
                self.assertEqual(post.call_args.args[1], vector["message"])

    def test_a_problem_is_read(self) -> None:
        for vector in rest("Problem"):
            told = vector["message"]
            with self.subTest(vector["name"]), self.assertRaises(worcr.WorcrError) as caught:
                self.answered(told, told["status"]).get("x")
            error = caught.exception
            self.assertEqual((error.code, error.status, error.detail, error.errors), tuple(told[n] for n in ("code", "status", "detail", "errors")))
            self.assertEqual(error.field, told["errors"][0]["path"])

    def test_leased_jobs_are_read(self) -> None:
        for sent in hub("run")["arguments"][0]:
            job = Job._read(sent)
            for name in ("id", "lease", "type", "args", "tenant", "queue", "attempt"):
                self.assertEqual(getattr(job, name), sent[name])
            self.assertEqual(list(job.tags), sent["tags"])
            self.assertEqual((job.checkpoints, job.meta), (sent.get("checkpoints", {}), sent.get("meta", {})))
            self.assertEqual(job.timeout, {"30s": 30.0, "1500ms": 1.5}[sent["timeout"]])

    def test_reports_are_written_as_the_vectors_are(self) -> None:
        complete = hub("report-complete")["arguments"][0]
        fail = hub("report-fail")["arguments"][0]
        given = hub("report-yield")["arguments"][0]
        for vector in complete:
            self.assertEqual(json.loads(worcr._completion(self.context(vector), vector.get("result"), vector["ms"] / 1_000)), vector)
        told = fail[0]["error"]
        error = Fail(told["code"], told["message"], final=told["final"], retry_after=told["retryAfter"])
        self.assertEqual(json.loads(worcr._failure(self.context(fail[0]), error, 0.0)), fail[0])
        self.assertEqual(json.loads(worcr._report(self.context(given[0]), "yield", 0.25)), given[0])

    @staticmethod
    def context(report: Dict[str, Any]) -> JobContext:
        job = Job._read({"id": "x", "lease": report["lease"], "type": "t"})
        return JobContext(job, Worker("http://127.0.0.1:1"), keep_alive=False)
