"""The checks of workers, runs and the test kit, for conformance.py."""

import contextlib
import datetime
import os
import signal
import subprocess
import sys
import threading
import time
import uuid

import tasklane
from tasklane.testing import Kit

CHECKS = {}
QUEUE = None


def check(name):
    def register(function):
        CHECKS[name] = function
        return function

    return register


@contextlib.contextmanager
def working(home, *handlers, slots=1, **options):
    """A worker of these handlers; yields the names of their types."""
    global QUEUE
    QUEUE = QUEUE or home.ask("QUEUE python")
    # The same types again and again, because a server keeps them.
    names = [f"conformance.python.{i}" for i in range(len(handlers))]
    decorated = [tasklane.task(name)(handler) for name, handler in zip(names, handlers)]
    worker = tasklane.Worker(home.address, slots=slots, handlers=decorated, **options)
    worker.start()
    try:
        yield names[0] if len(names) == 1 else names
    finally:
        worker.drain("checked")
        worker.join()


def until(condition, seconds=15):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.02)


def state(task):
    return task.State.Name(task.state)


def once_more():
    return {"retry_policy": {"initial_backoff": datetime.timedelta(milliseconds=10)}}


@check("worker.result")
def result(home, client):
    with working(home, lambda input, run: {"twice": input["n"] * 2}) as kind:
        home.equal(client.run(QUEUE, kind, {"n": 21}), {"twice": 42})


@check("worker.large")
def large(home, client):
    with working(home, lambda input, run: "x" * 300_000) as kind:
        home.equal(client.run(QUEUE, kind), "x" * 300_000)


@check("worker.invalid")
def invalid(home, client):
    with working(home, lambda input, run: {"price": float("nan")}) as kind:
        task = client.wait(client.create(QUEUE, kind))
        home.equal((task.failure.code, task.attempt), ("RESULT_INVALID", 1))


@check("worker.failure")
def failure(home, client):
    def handler(input, run):
        raise tasklane.TaskError("NO_SUCH_SYMBOL", "no AAPL", permanent=True)

    with working(home, handler) as kind:
        task = client.wait(client.create(QUEUE, kind))
        home.equal((state(task), task.attempt), ("STATE_FAILED", 1))
        home.equal((task.failure.code, task.failure.message), ("NO_SUCH_SYMBOL", "no AAPL"))


@check("worker.unexpected")
def unexpected(home, client):
    def handler(input, run):
        if run.attempt < 3:
            raise KeyError("AAPL")
        return run.attempt

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind, **once_more())
        home.equal(client.result(name), 3)
        once = {"retry_policy": {"maximum_attempts": 1}}
        task = client.wait(client.create(QUEUE, kind, **once))
        home.equal(task.failure.code, "UNEXPECTED")
        assert "KeyError" in task.failure.message, task.failure.message
        assert "conformance_workers.py" in task.failure.stack_trace, task.failure.stack_trace


@check("worker.slots")
def slots(home, client):
    lock, now, most = threading.Lock(), [0], [0]

    def handler(input, run):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.2)
        with lock:
            now[0] -= 1

    with working(home, handler, slots=4) as kind:
        names = client.create_all([{"queue": QUEUE, "task_type": kind}] * 20)
        for name in names:
            client.wait(name)
    home.equal(most[0], 4)


@check("worker.computing")
def computing(home, client):
    def handler(input, run):
        end = time.monotonic() + input["seconds"]
        n = 0
        while time.monotonic() < end and not run.cancelled:
            n += sum(range(1000))
        return run.cancelled

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind, {"seconds": 3 * home.lease})
        home.equal(client.result(name), False)
        task = client.get(name)
        home.equal((task.attempt, task.lost_count), (1, 0))
        name = client.create(QUEUE, kind, {"seconds": 60})
        until(lambda: state(client.get(name)) == "STATE_RUNNING")
        client.cancel(name)
        home.equal(client.result(name), True)


@check("worker.cut")
def cut(home, client):
    starts = []

    def handler(input, run):
        starts.append(run.attempt)
        time.sleep(1)
        return len(starts)

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: starts)
        home.ask("CUT")
        home.equal(client.result(name), 1)
        task = client.get(name)
        home.equal((task.attempt, task.lost_count, starts), (1, 0, [1]))


@check("worker.cut.end")
def cut_end(home, client):
    def handler(input, run):
        time.sleep(0.02)
        return input["n"]

    with working(home, handler, slots=4) as kind:
        tasks = [{"queue": QUEUE, "task_type": kind, "input": {"n": n}} for n in range(100)]
        names = client.create_all(tasks)
        for _ in range(6):
            home.ask("CUT")
            time.sleep(0.1)
        home.equal([client.result(name, 30) for name in names], list(range(100)))
    home.equal([client.get(name).attempt for name in names], [1] * 100)


@check("worker.lost")
def lost(home, client):
    stops = []

    def handler(input, run):
        if not stops:
            stops.append(None)
            until(lambda: run.stop, 3 * home.lease + 10)
            stops[0] = run.stop
            run.check()
        return stops[0]

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: stops)
        home.ask("DOWN")
        time.sleep(home.lease + 2)
        home.ask("UP")
        home.equal(client.result(name), "LOST")
        home.equal(client.get(name).attempt, 1)


def process(home, kind, seconds):
    script = os.path.join(os.path.dirname(__file__), "conformance.py")
    words = [sys.executable, script, home.address, "--worker", kind, str(seconds)]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL)


def serve(address, kind, seconds):
    """The worker that the checks of SIGTERM start."""

    def handler(input, run):
        if run.saved is None:
            run.checkpoint({"reached": 1})
            for _ in range(int(input["seconds"] * 50)):
                run.pause(0.02)
        return {"saved": run.saved, "attempt": run.attempt}

    handlers = [tasklane.task(kind)(handler)]
    tasklane.Worker(address, slots=1, handlers=handlers, drain_seconds=float(seconds)).run()


@contextlib.contextmanager
def served(home, drain_seconds):
    global QUEUE
    QUEUE = QUEUE or home.ask("QUEUE python")
    kind = "conformance.python.signals"
    worker = process(home, kind, drain_seconds)
    try:
        with home.client() as client:
            home.registered(client, QUEUE, kind)
        yield worker, kind
    finally:
        worker.kill()
        worker.wait()


def running(client, kind, seconds):
    name = client.create(QUEUE, kind, {"seconds": seconds})
    until(lambda: state(client.get(name)) == "STATE_RUNNING")
    time.sleep(0.2)
    return name


@check("worker.drain")
def drain(home, client):
    with served(home, 30) as (worker, kind):
        first = running(client, kind, 1.0)
        second = client.create(QUEUE, kind, {"seconds": 0})
        worker.send_signal(signal.SIGTERM)
        home.equal(worker.wait(15), 0)
        home.equal(client.wait(first, 5).attempt, 1)
        assert not client.get(second).HasField("start_time")
        client.cancel(second)


@check("worker.release")
def release(home, client):
    with served(home, 0.3) as (worker, kind):
        name = running(client, kind, 60)
        worker.send_signal(signal.SIGTERM)
        home.equal(worker.wait(15), 0)
        home.equal(state(client.get(name)), "STATE_QUEUED")
        again = process(home, kind, 30)
        try:
            home.equal(client.result(name, 20), {"saved": {"reached": 1}, "attempt": 1})
        finally:
            again.kill()
            again.wait()


@check("worker.interrupt")
def interrupt(home, client):
    with served(home, 30) as (worker, kind):
        name = running(client, kind, 60)
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) != 0
        client.cancel(name)


def compute(input, run):
    """A handler at the top of a module, so that a process of its own finds it."""
    if "die" in input and run.attempt == 1:
        os._exit(7)
    if "grow" in input:
        LEAKED.append(bytearray(input["grow"]))
    if "wait" in input:
        run.checkpoint({"by": os.getpid()})
        run.pause(input["wait"])
    run.progress(1, 2)
    return [os.getpid(), run.attempt]


LEAKED = []


@check("python.processes")
def processes(home, client):
    options = {"pool": "processes", "tasks_per_child": 2, "memory_limit": 200_000_000}
    with working(home, compute, **options) as kind:
        pids = [client.run(QUEUE, kind)[0] for _ in range(2)]
        pids.append(client.run(QUEUE, kind, {"grow": 300_000_000})[0])
        pids.append(client.run(QUEUE, kind)[0])
        assert os.getpid() not in pids and pids[0] == pids[1], pids
        home.equal(len(set(pids)), 3)
        home.equal(client.run(QUEUE, kind, {"die": True}, **once_more())[1], 2)
        name = client.create(QUEUE, kind, {"wait": 60})
        until(lambda: state(client.get(name)) == "STATE_RUNNING")
        time.sleep(0.5)
        client.cancel(name)
        home.equal(state(client.wait(name, 10)), "STATE_CANCELLED")


@check("run.facts")
def facts(home, client):
    seen = []

    def handler(input, run):
        seen.append(run)
        left = (run.deadline - run.now()).total_seconds()
        return [run.name, run.task_type, run.attempt, run.labels, 0 < left <= 86400, run.saved]

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind, labels={"desk": "rates"})
        home.equal(client.result(name), [name, kind, 1, {"desk": "rates"}, True, None])
        home.equal(seen[0].lease_id, f"{name}/leases/{seen[0].fencing_token}")


@check("run.retry")
def retry(home, client):
    times = []

    def handler(input, run):
        times.append(time.monotonic())
        if run.attempt == 1:
            raise run.retry(0.7, "the market is shut")
        return run.attempt

    with working(home, handler) as kind:
        home.equal(client.run(QUEUE, kind), 2)
    assert 0.6 < times[1] - times[0] < 4, times


@check("run.cancelled")
def cancelled(home, client):
    def handler(input, run):
        run.partial_result({"done": 3})
        while not run.cancelled:
            time.sleep(0.02)
        run.check()

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: state(client.get(name)) == "STATE_RUNNING")
        time.sleep(0.3)
        client.cancel(name)
        task = client.wait(name)
        home.equal((state(task), task.result_partial), ("STATE_CANCELLED", True))
        home.equal(client.payloads.value(task.result), {"done": 3})


@check("run.pause")
def pause(home, client):
    with working(home, lambda input, run: run.pause(60)) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: state(client.get(name)) == "STATE_RUNNING")
        start = time.monotonic()
        client.cancel(name)
        home.equal(state(client.wait(name)), "STATE_CANCELLED")
        assert time.monotonic() - start < 5


@check("run.progress")
def progress(home, client):
    go = threading.Event()

    def handler(input, run):
        run.progress(3, 7, "AAPL", "reading")
        go.wait(20)

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: client.get(name).progress.completed_units == 3)
        go.set()
        seen = client.wait(name).progress
        home.equal((seen.total_units, seen.current_unit, seen.message), (7, "AAPL", "reading"))


@check("run.checkpoint")
def checkpoint(home, client):
    def handler(input, run):
        if run.saved is None:
            run.checkpoint({"n": 1})
            run.checkpoint({"n": 2})
            try:
                run.checkpoint("x" * 300_000)
            except ValueError:
                raise tasklane.TaskError("NOT_YET") from None
        return run.saved

    with working(home, handler) as kind:
        home.equal(client.run(QUEUE, kind, **once_more()), {"n": 2})


@check("run.log")
def log(home, client):
    with working(home, lambda input, run: run.log("opened", "closed")) as kind:
        name = client.create(QUEUE, kind)
        client.wait(name)
        kept = home.ask(f"LOG {name}")
        assert "opened" in kept and "closed" in kept, kept


@check("run.create_task")
def create_task(home, client):
    def parent(input, run):
        return run.create_task(QUEUE, input["child"], {"n": 5})

    with working(home, parent, lambda input, run: input["n"] + 1, slots=2) as (kind, child):
        home.equal(client.result(client.run(QUEUE, kind, {"child": child})), 6)


@check("run.publish")
def publish(home, client):
    def handler(input, run):
        run.publish("conformance.event", input["subject"], {"attempt": run.attempt})
        if run.attempt == 1:
            raise tasklane.TaskError("NOT_YET")

    subject = f"conformance/{uuid.uuid4()}"
    events = client.subscribe(f'subject = "{subject}"')
    with working(home, handler) as kind:
        client.run(QUEUE, kind, {"subject": subject}, **once_more())
    home.equal(next(events).data, {"attempt": 2})
    events.close()


@check("run.set_fact")
def set_fact(home, client):
    name = "conformance_" + uuid.uuid4().hex
    with working(home, lambda input, run: run.set_fact(name, {"open": True})) as kind:
        client.run(QUEUE, kind)
    home.equal(client.get_fact(name), {"open": True})


@check("run.set_fact_now")
def set_fact_now(home, client):
    name = "conformance_" + uuid.uuid4().hex

    def handler(input, run):
        run.set_fact_now(name, 7)
        raise tasklane.TaskError("NO", permanent=True)

    with working(home, handler) as kind:
        client.wait(client.create(QUEUE, kind))
    home.equal(client.get_fact(name), 7)


@check("run.once")
def once(home, client):
    key, calls = str(uuid.uuid4()), []

    def effect(begun):
        calls.append(begun)
        if len(calls) == 1:
            raise tasklane.TaskError("BROKEN_OFF")
        return {"order": 4711}

    def handler(input, run):
        outcome = run.once(key, effect)
        if run.attempt == 2:
            raise tasklane.TaskError("LATER")
        return outcome

    with working(home, handler) as kind:
        home.equal(client.run(QUEUE, kind, **once_more()), {"order": 4711})
    home.equal(calls, [False, True])


@check("run.step")
def step(home, client):
    calls = []

    def handler(input, run):
        first = run.step("first", lambda: calls.append(1) or {"rows": 3})
        if run.attempt == 1:
            raise tasklane.TaskError("NOT_YET")
        return first

    with working(home, handler) as kind:
        home.equal(client.run(QUEUE, kind, **once_more()), {"rows": 3})
    home.equal(calls, [1])


@check("run.sleep")
def sleep(home, client):
    starts, others = [], []

    def handler(input, run):
        if input.get("other"):
            return others.append(time.monotonic())
        starts.append(time.monotonic())
        run.sleep("a while", 1.0)
        return run.attempt

    with working(home, handler, slots=1) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: starts)
        client.run(QUEUE, kind, {"other": True})
        home.equal(client.result(name), 1)
    assert others[0] < starts[1] and starts[1] - starts[0] > 0.9, (starts, others)


@check("run.await_event")
def await_event(home, client):
    kind_of_event = "conformance.waited"
    subject = f"conformance/{uuid.uuid4()}"
    condition = f'event.subject == "{subject}"'

    def handler(input, run):
        event = run.await_event("the event", kind_of_event, 60, condition)
        return event["data"]

    with working(home, handler) as kind:
        name = client.create(QUEUE, kind)
        until(lambda: state(client.get(name)) == "STATE_SCHEDULED")
        client.publish(kind_of_event, subject, {"n": 9})
        home.equal(client.result(name), {"n": 9})


@check("kit.outcome")
def kit_outcome(home, _):
    def handler(input, run):
        run.log("begun")
        if run.saved is None:
            run.checkpoint({"n": input["n"]})
            raise run.retry(30, "later")
        run.publish("market.news", "symbols/AAPL", {"n": 1})
        run.set_fact("ready", True)
        run.create_task("DATA_FETCHER", "system.echo", {"a": 1})
        run.once("order", lambda begun: 4711)
        return run.step("sum", lambda: run.saved["n"] + 1)

    kit = Kit(handler)
    first = kit.run({"n": 1})
    home.equal((first.failure.code, first.retry_after, first.failure.permanent), ("RETRY", 30, False))
    second = kit.run({"n": 1})
    home.equal((second.attempt, second.result, kit.saved), (2, 2, {"n": 1}))
    home.equal(second.log, ["begun"])
    home.equal(second.events, [("market.news", "symbols/AAPL", {"n": 1})])
    home.equal(second.facts, {"ready": True})
    home.equal([child[:3] for child in second.children], [("DATA_FETCHER", "system.echo", {"a": 1})])
    third = Kit(lambda input, run: {}["x"]).run()
    home.equal(third.failure.code, "UNEXPECTED")


@check("kit.time")
def kit_time(home, _):
    def handler(input, run):
        start = run.step("start", lambda: run.now().isoformat())
        run.sleep("a day", 86_400)
        run.pause(10)
        begun = datetime.datetime.fromisoformat(start)
        return (run.now() - begun).total_seconds()

    real = time.monotonic()
    kit = Kit(handler)
    home.equal(kit.run().result, 86_410.0)
    kit.advance(5)
    home.equal(kit.time, kit.start + datetime.timedelta(seconds=86_415))
    assert time.monotonic() - real < 1


@check("kit.cancel")
def kit_cancel(home, _):
    def handler(input, run):
        run.partial_result("half")
        for _ in range(10):
            run.pause(60)

    outcome = Kit(handler).stop_after(150, "CANCEL").run()
    home.equal((outcome.stopped, outcome.partial_result), ("CANCEL", "half"))
    home.equal(outcome.time - outcome.start, datetime.timedelta(seconds=150))
