"""The Python client against a silo: python-client.py URL TYPE. A worker of the type squares numbers. Says what it did, or fails."""

import sys

from worcr import Client, WorcrError

url, type = sys.argv[1:]
client = Client(url)


def refused(call, *args, **options):
    try:
        call(*args, **options)
    except WorcrError as error:
        return error.code, error.status, error.field
    raise AssertionError("it was not refused")


job = client.run(type, {"n": 12}, wait="30s", tenant="acme", tags=["eu"], retry={"max_attempts": 2, "base": 0.5}, meta={"k": "é"})
assert (job["state"], job["result"], job["tenant"], job["worker"]) == ("succeeded", {"square": 144}, "acme", "python-worker"), job
assert (job["retry"]["maxAttempts"], job["retry"]["base"], job["meta"]) == (2, "500ms", {"k": "é"}), job
assert client.logs(job["id"]) == []

ids = [each.id for each in client.enqueue_many(({"type": type, "args": {"n": n}} for n in range(300)), chunk=100)]
for n, id in enumerate(ids):
    assert client.result(id, wait=30)["result"] == {"square": n * n}
assert {each["id"] for each in client.list(type=type, state="succeeded", limit=70)} == {job["id"], *ids}
assert client.enqueue(type, {"n": 1}, id=ids[0]).duplicate

waiting = client.enqueue(type, delay="1h", unique={"key": f"{type}-u", "on_conflict": "reject"}, order_key="k")
assert waiting.state == "scheduled"
assert refused(client.enqueue, type, unique={"key": f"{type}-u", "on_conflict": "reject"})[:2] == ("unique_conflict", 409)
assert refused(client.result, waiting.id)[:2] == ("not_finished", 202)
assert client.bulk("cancel", {"types": [type]}, dry_run=True) == 1
client.cancel(waiting.id)
assert client.get(waiting.id)["state"] == "cancelled"
client.retry(ids[0])
assert client.result(ids[0], wait=30)["state"] == "succeeded"
assert refused(client.enqueue, type, weight=-1) == ("invalid_field", 400, "weight")
assert refused(client.get, "00000000-0000-7000-8000-000000000000")[:2] == ("not_found", 404)
assert client.request("PUT", f"/tenants/{type}", {"share": 2})["share"] == 2

family = client.run(type, {"do": "parent", "n": 5}, wait="30s", then={"type": f"{type}.then", "delay": None})
assert family["result"] == {"children": 5}, family
assert len(list(client.list(type=f"{type}.then"))) == 1
jobs = [{"type": type, "args": {"n": 2}, "name": "b", "after": ["a"]}, {"type": type, "args": {"n": 1}, "name": "a"}]
batch = client.enqueue_batch(jobs, on_complete={"type": type, "args": {"n": 3}})
assert [each.state for each in batch.jobs] == ["scheduled", "ready"], batch
for each in batch.jobs:
    client.result(each.id, wait=30)
seen = client.get_batch(batch.id)
assert (seen["succeeded"], seen["pending"], seen["open"]) == (2, 0, False), seen
assert client.result(seen["onComplete"], wait=30)["result"] == {"square": 9}
assert seen["id"] in [each["id"] for each in client.batches()]
print("all is well")
