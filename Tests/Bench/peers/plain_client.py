"""A plain client of ten threads with the manners of fs-fetch in their simplest form: plain_client.py URL COUNT.

A broken body is asked for twice more. 429 pauses all threads once an event, and then they go on at 0.7 of the rate that went through,
a little faster with each answer. Five failures of the host in a row leave one probe a second until one succeeds.
Prints how many of G1, G2, ... arrived.
"""
import collections
import http.client
import json
import random
import sys
import threading
import time
from urllib.parse import urlsplit

host = urlsplit(sys.argv[1]).netloc
waiting = collections.deque((f"G{i}", 0, 0.0) for i in range(1, int(sys.argv[2]) + 1))
left = len(waiting)
arrived = 0
lock = threading.Lock()
rate, next_slot, paused_until, failures = None, 0.0, 0.0, 0
sent = collections.deque(maxlen=1000)


def take():
    """The next symbol that may be asked for, or None once all are settled."""
    global next_slot
    while True:
        with lock:
            if left == 0:
                return None
            now = time.monotonic()
            if now >= paused_until and ((rate is None and failures < 5) or now >= next_slot):
                for _ in range(len(waiting)):
                    item = waiting.popleft()
                    if item[2] <= now:
                        next_slot = now + (1 if failures >= 5 else 1 / rate if rate else 0)
                        sent.append(now)
                        return item + (now,)
                    waiting.append(item)
        time.sleep(0.005)


def ask(connection, symbol):
    """What became of a request: ok, throttled, broken or failed; and the pause that was asked for."""
    try:
        connection.request("GET", f"/v8/finance/chart/{symbol}?interval=1d&range=1mo")
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return "failed", 0
    if answer.status == 429:
        return "throttled", float(answer.headers.get("Retry-After", 1))
    if answer.status >= 500:
        return "failed", 0
    try:
        json.loads(body)
        return "ok", 0
    except ValueError:
        return "broken", 0


def work():
    global left, arrived, rate, paused_until, failures
    connection = http.client.HTTPConnection(host, timeout=10)
    while (item := take()) is not None:
        symbol, attempts, _, asked = item
        outcome, pause = ask(connection, symbol)
        with lock:
            now = time.monotonic()
            failures = failures + 1 if outcome == "failed" else 0
            if outcome == "ok":
                arrived += 1
                left -= 1
                if rate:
                    rate += 0.02
            elif outcome == "throttled":
                if asked > paused_until - pause and now >= paused_until:
                    through = sum(t > now - 2 for t in sent) / 2
                    rate = max(1, 0.7 * min(through, rate or through))
                    paused_until = now + pause
                waiting.append((symbol, attempts, 0))
            elif outcome == "broken" and attempts == 2:
                left -= 1
            else:
                delay = random.uniform(0, min(8, 0.25 * 2**attempts))
                waiting.append((symbol, min(attempts + 1, 5) if outcome == "failed" else attempts + 1, now + delay))


threads = [threading.Thread(target=work) for _ in range(10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(arrived)
