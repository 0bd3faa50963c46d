"""A worker on the Python SDK that keeps a diary: crash_worker.py URL TYPE SLOTS NAME."""

import sys
import time

from worcr import Worker

url, type, slots, name = sys.argv[1:]
worker = Worker(url, worker=name, slots=int(slots), grace=30)


def say(verb, lease="-", job="-", attempt=0):
    print(time.monotonic_ns(), verb, lease, job, attempt, flush=True)


@worker.handler(type)
def work(job, ctx):
    say("start", job.lease, job.id, job.attempt)
    say("done", job.lease, job.id, job.attempt)
    return {"attempt": job.attempt}


say("ready")
worker.run()
