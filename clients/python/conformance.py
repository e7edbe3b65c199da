"""Checks the behaviours of clients/conformance/behaviours.txt: conformance.py HOST:PORT [NAME..]

The address is that of a proxy, which the caller breaks when a line of standard output asks for it:
CUT, DOWN, UP, or COUNT and a label. It answers each with a line on standard input.
"""

import datetime
import os
import pathlib
import sys
import threading
import time
import traceback
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import conformance_workers  # noqa: E402
import tasklane  # noqa: E402
from tasklane import TaskFailed, TasklaneError, chain, for_each, group, task_node  # noqa: E402

FETCHER = "DATA_FETCHER"
BEHAVIOURS = pathlib.Path(__file__).parent.parent / "conformance" / "behaviours.txt"
CHECKS = {}
ADDRESS = sys.argv[1]


def check(name):
    def register(function):
        CHECKS[name] = function
        return function

    return register


def ask(command):
    print(command, flush=True)
    return sys.stdin.readline().strip()


def raised(kind, action):
    try:
        value = action()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}, but {value!r}")


def equal(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def later(client, **options):
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    return client.create(FETCHER, "system.noop", run_after_time=tomorrow, **options)


def subject():
    return f"conformance/{uuid.uuid4()}"


@check("create.wait")
def create_wait(client):
    equal(client.run(FETCHER, "system.echo", {"symbol": "AAPL"}), {"symbol": "AAPL"})


@check("create.failure")
def create_failure(client):
    run = {"code": "NO_SUCH_SYMBOL", "retryable": False}
    error = raised(TaskFailed, lambda: client.run(FETCHER, "system.fail", run))
    failure = error.task.failure
    equal((failure.code, failure.Kind.Name(failure.kind)), ("NO_SUCH_SYMBOL", "KIND_PERMANENT"))
    assert "NO_SUCH_SYMBOL" in str(error), str(error)


@check("create.options")
def create_options(client):
    time_of = datetime.datetime(2199, 1, 2, 3, 4, 5, 678000, datetime.timezone.utc)
    options = {
        "priority": 8,
        "ordering_key": subject(),
        "labels": {"desk": "rates"},
        "run_after_time": time_of,
        "retry_policy": {"maximum_attempts": 3, "initial_backoff": datetime.timedelta(seconds=1.5)},
    }
    task = client.get(client.create(FETCHER, "system.noop", **options))
    client.cancel(task.name)
    equal((task.priority, task.labels["desk"]), (8, "rates"))
    equal(task.ordering_key, options["ordering_key"])
    equal(task.run_after_time.ToDatetime(datetime.timezone.utc), time_of)
    equal(task.retry_policy.initial_backoff.ToMilliseconds(), 1500)
    raised(TypeError, lambda: client.create(FETCHER, "system.noop", priorty=8))


@check("create.existing")
def create_existing(client):
    key = subject()
    first = later(client, deduplication_key=key)
    second = later(client, deduplication_key=key)
    client.cancel(first)
    equal((first.existing, second.existing, first == second), (False, True, True))


@check("create.many")
def create_many(client):
    run = str(uuid.uuid4())
    names = client.create_all(
        {"queue": FETCHER, "task_type": "system.noop", "task_id": f"{run}.{i}"} for i in range(1000)
    )
    equal(names, [f"tasks/{run}.{i}" for i in range(1000)])


@check("create.refused")
def create_refused(client):
    run = str(uuid.uuid4())
    tasks = [
        {"queue": queue, "task_type": "system.noop", "labels": {"run": run}}
        for queue in (FETCHER, "NO_SUCH_QUEUE", FETCHER)
    ]
    error = raised(TasklaneError, lambda: client.create_all(tasks))
    equal((error.code, error.reason), ("INVALID_ARGUMENT", "QUEUE_UNKNOWN"))
    equal([v.field for v in error.violations], ["request.task.queue"])
    assert "NO_SUCH_QUEUE" in error.violations[0].description, error.violations
    equal(ask(f"COUNT {run}"), "2")


@check("create.large")
def create_large(client):
    large = {"text": "\u00e9" * 200_000}
    name = client.create(FETCHER, "system.echo", large)
    equal(client.get(name).input.reference.size_bytes, 400_011)
    equal(client.result(name), large)


@check("create.bytes")
def create_bytes(client):
    data = bytes(range(256))
    equal(client.run(FETCHER, "system.echo", data), data)


@check("create.nan")
def create_nan(client):
    raised(ValueError, lambda: client.create(FETCHER, "system.echo", {"price": float("nan")}))


@check("create.cut")
def create_cut(client):
    run = str(uuid.uuid4())
    task = {"queue": FETCHER, "task_type": "system.noop", "labels": {"run": run}}
    names = []
    worker = threading.Thread(target=lambda: names.extend(client.create_all([task] * 1500)))
    worker.start()
    for _ in range(5):
        ask("CUT")
        worker.join(0.1)
    worker.join()
    equal(len(set(names)), 1500)
    equal(ask(f"COUNT {run}"), "1500")


@check("create.bounded")
def create_bounded(_):
    with tasklane.Client(ADDRESS, retry_for=1.0) as client:
        client.run(FETCHER, "system.noop")
        ask("DOWN")
        try:
            start = time.monotonic()
            error = raised(TasklaneError, lambda: client.create(FETCHER, "system.noop"))
            took = time.monotonic() - start
        finally:
            ask("UP")
        equal(error.code, "UNAVAILABLE")
        assert 0.9 <= took < 4, took


@check("create.back")
def create_back(client):
    ask("DOWN")
    back = threading.Timer(1.5, lambda: ask("UP"))
    back.start()
    name = client.create(FETCHER, "system.noop")
    back.join()
    client.wait(name)


@check("wait.timeout")
def wait_timeout(client):
    name = later(client)
    start = time.monotonic()
    raised(tasklane.WaitTimeout, lambda: client.wait(name, timeout=0.5))
    assert 0.4 < time.monotonic() - start < 5
    equal(client.get(name).HasField("end_time"), False)
    client.cancel(name)


@check("wait.cut")
def wait_cut(client):
    name = client.create(FETCHER, "system.sleep", {"millis": 800})
    cut = threading.Timer(0.3, lambda: ask("CUT"))
    cut.start()
    task = client.wait(name)
    cut.join()
    equal(task.State.Name(task.state), "STATE_SUCCEEDED")


@check("watch.task")
def watch_task(client):
    name = client.create(FETCHER, "system.sleep", {"millis": 300})
    states = [task.State.Name(task.state) for task in client.watch(name)]
    changes = [state for i, state in enumerate(states) if i == 0 or state != states[i - 1]]
    equal(changes[-2:], ["STATE_RUNNING", "STATE_SUCCEEDED"])


@check("cancel.task")
def cancel_task(client):
    task = client.cancel(later(client), reason="not needed")
    equal((task.State.Name(task.state), task.cancel_actor.reason), ("STATE_CANCELLED", "not needed"))


@check("workflow.tree")
def workflow_tree(client):
    echo = task_node(FETCHER, "system.echo", expressions={"symbol": "item", "at": "index"})
    name = client.start_workflow(
        chain(
            group(
                task_node(FETCHER, "system.echo", {"day": 1}, id="first"),
                task_node(FETCHER, "system.echo", {"day": 2}),
            ),
            for_each("inputs.symbols", echo, maximum_parallel=2),
        ),
        inputs={"symbols": ["AAPL", "MSFT", "NVDA"]},
    )
    expected = [{"symbol": s, "at": i} for i, s in enumerate(["AAPL", "MSFT", "NVDA"])]
    equal(client.workflow_result(name), expected)


@check("workflow.failure")
def workflow_failure(client):
    fail = task_node(FETCHER, "system.fail", {"code": "MARKET_SHUT", "retryable": False})
    name = client.start_workflow(chain(fail))
    error = raised(tasklane.WorkflowFailed, lambda: client.workflow_result(name))
    equal(error.workflow.State.Name(error.workflow.state), "STATE_FAILED")
    assert "MARKET_SHUT" in str(error), str(error)


@check("workflow.watch")
def workflow_watch(client):
    sleep = task_node(FETCHER, "system.sleep", {"millis": 400}, id="sleep")
    name = client.start_workflow(chain(sleep, task_node(FETCHER, "system.noop", id="last")))
    cut = threading.Timer(0.2, lambda: ask("CUT"))
    cut.start()
    seen = [(workflow, node) for workflow, nodes in client.watch_workflow(name) for node in nodes]
    cut.join()
    equal(seen[-1][0].State.Name(seen[-1][0].state), "STATE_SUCCEEDED")
    assert {"sleep", "last"} <= {node.node_id for _, node in seen}


@check("workflow.cancel")
def workflow_cancel(client):
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    node = task_node(FETCHER, "system.noop", run_after_time=tomorrow)
    name = client.start_workflow(group(node))
    client.cancel_workflow(name, reason="not needed")
    error = raised(tasklane.WorkflowFailed, lambda: client.workflow_result(name))
    equal(error.workflow.State.Name(error.workflow.state), "STATE_CANCELLED")


@check("event.once")
def event_once(client):
    where, event_id = subject(), str(uuid.uuid4())
    first = client.publish("conformance.event", where, {"n": 1}, event_id=event_id)
    equal(client.publish("conformance.event", where, {"n": 1}, event_id=event_id), first)


@check("event.listen")
def event_listen(client):
    where = subject()
    with_end = client.subscribe(f'subject = "{where}"')
    client.publish("conformance.event", where, {"symbol": "AAPL", "price": 1.5})
    event = next(with_end)
    with_end.close()
    equal((event.type, event.subject), ("conformance.event", where))
    equal(event.data, {"symbol": "AAPL", "price": 1.5})


@check("event.cut")
def event_cut(client):
    where = subject()
    events = client.subscribe(f'subject = "{where}"')
    numbers = []
    for n in range(60):
        client.publish("conformance.event", where, {"n": n})
        if n % 15 == 7:
            ask("CUT")
        if n % 20 == 19:
            numbers.extend(next(events).data["n"] for _ in range(20))
    events.close()
    equal(numbers, list(range(60)))


@check("event.position")
def event_position(client):
    where = subject()
    filter = f'subject = "{where}"'
    events = client.subscribe(filter)
    for n in range(8):
        client.publish("conformance.event", where, {"n": n})
    positions = [next(events).position for _ in range(8)]
    events.close()
    # From the beginning all of them are one batch, whose events have no token of their own.
    again = client.subscribe(filter, start_time=datetime.datetime.now(datetime.timezone.utc)
                             - datetime.timedelta(minutes=10))
    positions += [next(again).position for _ in range(8)]
    again.close()
    for i, position in enumerate(positions):
        if i % 8 < 7:
            rest = client.subscribe(filter, position=position)
            expected = list(range(i % 8 + 1, 8))
            equal([next(rest).data["n"] for _ in expected], expected)
            rest.close()


@check("event.refused")
def event_refused(client):
    error = raised(TasklaneError, lambda: client.subscribe("colour = red"))
    equal((error.code, error.reason), ("INVALID_ARGUMENT", "FILTER"))


@check("event.close")
def event_close(client):
    events = client.subscribe(f'subject = "{subject()}"')
    threading.Timer(0.3, events.close).start()
    equal(list(events), [])


@check("fact.value")
def fact_value(client):
    name = "conformance_" + uuid.uuid4().hex
    value = {"open": True, "symbols": ["AAPL", None], "price": 1.5}
    client.set_fact(name, value)
    equal(client.get_fact(name), value)
    client.delete_fact(name)
    equal(raised(TasklaneError, lambda: client.get_fact(name)).reason, "FACT_NOT_FOUND")


@check("artifact.bytes")
def artifact_bytes(client):
    data = uuid.uuid4().bytes * 40_000
    reference = client.upload(data)
    equal(client.download(reference), data)
    equal(client.run(FETCHER, "system.echo", reference), data)


class Home:
    """What the checks of workers need of the runner."""

    address = ADDRESS
    ask = staticmethod(ask)
    equal = staticmethod(equal)
    # Seconds without a sign of life after which the server takes a lease back.
    lease = float(os.environ.get("TASKLANE_LEASE", "15"))

    @staticmethod
    def client():
        return tasklane.Client(ADDRESS)

    @staticmethod
    def registered(client, queue, kind):
        """Waits until a worker has registered a type."""
        end = time.monotonic() + 20
        while True:
            try:
                return client.cancel(client.create(queue, kind, run_after_time=FAR))
            except TasklaneError as error:
                if error.reason != "TASK_TYPE_UNKNOWN" or time.monotonic() > end:
                    raise
                time.sleep(0.05)


FAR = datetime.datetime(2199, 1, 1, tzinfo=datetime.timezone.utc)


def main():
    if sys.argv[2:3] == ["--worker"]:
        conformance_workers.serve(ADDRESS, *sys.argv[3:])
        return
    lines = BEHAVIOURS.read_text().splitlines()
    names = [line.split()[0] for line in lines if line and not line.startswith("#")]
    workers = conformance_workers.CHECKS
    with tasklane.Client(ADDRESS) as client:
        for name in sys.argv[2:] or names:
            start = time.monotonic()
            try:
                workers[name](Home, client) if name in workers else CHECKS[name](client)
                print(f"PASS {name} {time.monotonic() - start:.2f}", flush=True)
            except BaseException as error:
                traceback.print_exc()
                print(f"FAIL {name} {type(error).__name__} {error}".replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
