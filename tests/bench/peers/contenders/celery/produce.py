"""A producer process of Celery: as load/produce.mjs."""
import json
import threading
import time

from tasks import ORDER, noop

CALLERS = ORDER.get("callers", 10)


def single(jobs, first, timed):
    def call(caller):
        for i in range(caller, jobs, CALLERS):
            noop.delay(first + i)

    threads = [threading.Thread(target=call, args=(caller,)) for caller in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def steady(jobs, first, timed):
    begun = time.monotonic_ns()
    for i in range(jobs):
        seconds = (begun + i * 1_000_000_000 // ORDER.get("perSecond", 100) - time.monotonic_ns()) / 1e9
        if seconds > 0:
            time.sleep(seconds)
        noop.delay(first + i, time.monotonic_ns() if timed else None)


run = {"single": single, "steady": steady}[ORDER["mode"]]
run(ORDER["warm"], 0, False)
began = time.monotonic_ns()
run(ORDER["jobs"], ORDER["warm"], True)
print(json.dumps({"seconds": (time.monotonic_ns() - began) / 1e9}))
