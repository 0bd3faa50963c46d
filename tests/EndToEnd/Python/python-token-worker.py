"""A worker with short-lived tokens: python-token-worker.py URL KEY. Its job lasts until three tokens were asked for."""

import sys

from worcr import Client, Worker

url, key = sys.argv[1:]
desk = Client(url, key)
tokens = 0


def token():
    global tokens
    tokens += 1
    print(f"tokens {tokens}", flush=True)
    return desk.request("POST", "/tokens", {"types": ["mail"], "ttl": "10s"})["token"]


worker = Worker(url, token, worker="python-token-worker", slots=1)


@worker.handler("mail")
def work(job, ctx):
    while tokens < 3 and not ctx.interrupted.wait(0.1):
        ctx.progress("tokens", tokens)
    return tokens


worker.run()
