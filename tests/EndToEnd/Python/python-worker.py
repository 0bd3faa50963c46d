"""A worker on the Python SDK: python-worker.py URL TYPE. SIGTERM drains it, without patience."""

import logging
import sys

from worcr import Fail, Retry, Worker, Yield

logging.basicConfig(level=logging.INFO)
url, type = sys.argv[1:]
worker = Worker(url, worker="python-worker", slots=4, drain_timeout=0, grace=30)


def square(job, ctx):
    return {"square": job.args["n"] ** 2}


def fail_once(job, ctx):
    if job.attempt == 1:
        raise Retry(after="1ms", message="the first attempt fails", code="by-design")
    return {"attempt": job.attempt}


def fail_for_good(job, ctx):
    raise Fail("410", "gone", final=True)


def resume(job, ctx):
    """Leaves a checkpoint and waits until it is asked to yield, or killed; the next attempt ends."""
    if "page" in ctx.checkpoints:
        return {"page": ctx.checkpoints["page"]}
    ctx.checkpoint("page", 7)
    print("checkpointed", flush=True)
    beats = 0
    while not ctx.interrupted.wait(0.05):
        beats += 1
        ctx.progress("beats", beats)
    ctx.log(f"asked to stop: {ctx.reason}")
    ctx.check()


def parent(job, ctx):
    """Has children, and ends when they have."""
    if job.children is None:
        ctx.enqueue_children({"type": job.type, "args": {"n": n}} for n in range(job.args["n"]))
    if job.children is None or job.children.pending > 0:
        raise Yield(until="children")
    return {"children": job.children.succeeded}


DEEDS = {"parent": parent, "square": square, "fail_once": fail_once, "fail_for_good": fail_for_good, "resume": resume}


@worker.handler(type)
def work(job, ctx):
    return DEEDS[job.args.get("do", "square")](job, ctx)


worker.run()
print("left", flush=True)
