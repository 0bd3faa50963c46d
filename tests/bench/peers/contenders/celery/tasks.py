"""The task, and what a worker process of Celery notes down about it (as load/tally.mjs does)."""
import json
import os
import time

from celery import Celery

ORDER = json.loads(os.environ["ORDER"])

app = Celery("tasks", broker=ORDER["address"])
app.conf.update(task_ignore_result=True, worker_hijack_root_logger=False, broker_pool_limit=12, task_serializer="json", accept_content=["json"])
started = set()


def note(what, text, mode):
    with open(f"{ORDER['tallies']}/{what}-{os.getpid()}", mode, encoding="ascii") as file:
        file.write(f"{text}\n")


@app.task(name="noop")
def noop(number, enqueued=None):
    now = time.monotonic_ns()
    if enqueued:
        note("waits", now - enqueued, "a")
    if os.getpid() not in started:
        started.add(os.getpid())
        note("first", now, "w")
