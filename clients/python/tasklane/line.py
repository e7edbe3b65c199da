"""The stream between a worker and the server: offers, reports, heartbeats, and new connections."""

import collections
import os
import queue
import threading
import time

import grpc

from tasklane.connection import Backoff
from tasklane.errors import TasklaneError
from tasklane.v1 import worker_service_pb2 as service

_END = None
# What leaves the stream useless: the worker itself is wrong, or the server cannot serve it.
_FATAL = ("INVALID_ARGUMENT", "UNIMPLEMENTED", "FAILED_PRECONDITION", "ABORTED", "PERMISSION_DENIED")


class Line:
    """Keeps one Work stream open until close().

    Reports are sent in their order, and again after a break until they are acknowledged or refused.
    The owner says what is held, and hears of offers, stops, losses and drains. Its threads only
    move messages, so a handler that computes does not keep the worker from being heard of.
    """

    def __init__(self, stub, hello, owner):
        self._stub = stub
        self._hello = hello
        self._owner = owner
        self._lock = threading.RLock()
        self._unacknowledged = collections.OrderedDict()
        self._waiting = []
        self._outbox = None
        self._sequence = 0
        self._credits = 0
        self._call = None
        self._heard = self._opened = time.monotonic()
        self._welcomed = threading.Event()
        self.known = threading.Event()
        self._interval = 5.0
        self._lease = 15.0
        self._closing = False
        self._usage = _Usage()
        self.error = None

    def report(self, done=None, **message):
        """Sends a message that has to be acknowledged; then done(None), or done(TasklaneError)."""
        with self._lock:
            if self._outbox is None:
                self._waiting.append((message, done))
            else:
                self._unacknowledged[self._put(message)] = (message, done)

    def top_up(self):
        """Gives as many credits as the owner has slots free beyond those that were given."""
        with self._lock:
            more = self._owner.free_slots() - self._credits
            if self._outbox is not None and more > 0:
                self._credits += more
                self._put({"credit": service.Credit(offers=more)})

    def idle(self):
        """Whether every report was acknowledged."""
        with self._lock:
            return not self._unacknowledged and not self._waiting

    def close(self):
        """Half-closes: the worker is STOPPED."""
        with self._lock:
            self._closing = True
            if self._outbox is not None:
                self._outbox.put(_END)

    def abort(self):
        """Ends at once, as a crash would."""
        self._closing = True
        if self._call is not None:
            self._call.cancel()

    def run(self):
        """Runs until close(), or until the server refuses the worker, which is in error then."""
        threading.Thread(target=self._beat, name="heartbeats", daemon=True).start()
        backoff = Backoff()
        while not self._closing:
            try:
                self._once(backoff)
            except grpc.RpcError as failed:
                error = TasklaneError.of_call(failed)
                if error.reason == "WORKER_LOST":
                    self._begin_anew()
                elif error.code in _FATAL and not self._closing:
                    self.error = error
                    self.known.set()
                    break
            finally:
                self._broken()
            if not self._closing:
                time.sleep(backoff.next())

    def _once(self, backoff):
        with self._lock:
            outbox = queue.SimpleQueue()
            self._sequence = 1
            self._hello.lease_ids[:] = self._owner.held()
            outbox.put(service.WorkRequest(sequence=1, hello=self._hello))
            self._call = self._stub.Work(iter(outbox.get, _END))
            self._opened = time.monotonic()
        for response in self._call:
            self._heard = time.monotonic()
            kind = response.WhichOneof("message")
            if kind == "welcome":
                backoff.failures = 0
                self._welcome(response.welcome, outbox)
            else:
                self._handle(kind, getattr(response, kind or "ping"))

    def _welcome(self, welcome, outbox):
        kept = set(welcome.kept_lease_ids)
        self._interval = welcome.heartbeat_interval.ToTimedelta().total_seconds() or 5.0
        self._lease = welcome.lease_duration.ToTimedelta().total_seconds() or 15.0
        lost = [lease for lease in self._hello.lease_ids if lease not in kept]
        with self._lock:
            self._hello.worker.name = welcome.worker
            self._outbox = outbox
            waiting, self._waiting = self._waiting, []
            self._credits = 0
            for message, done in waiting:
                # An end is sent again also for a lease that is gone: it may have been what ended it.
                if "accept" in message and message["accept"].lease_id in lost:
                    continue
                self._unacknowledged[self._put(message)] = (message, done)
        for lease in lost:
            self._owner.lost(lease, "the server does not keep it after the break")
        self.top_up()
        self._welcomed.set()
        self.known.set()
        if self._closing:
            outbox.put(_END)

    def _handle(self, kind, message):
        if kind == "offer":
            with self._lock:
                self._credits -= 1
            self._owner.offered(message)
        elif kind == "acknowledgement":
            self._settle(message.sequence)
        elif kind == "refused":
            self._refuse(message)
        elif kind == "stop":
            grace = message.grace.ToTimedelta().total_seconds()
            name = message.Kind.Name(message.kind).removeprefix("KIND_")
            self._owner.stopped(message.lease_id, name, grace)
        elif kind == "lease_lost":
            self._owner.lost(message.lease_id, message.reason)
        elif kind == "drain":
            self._owner.drained(message.actor.reason)
        self.top_up()

    def _settle(self, sequence):
        with self._lock:
            numbers = [n for n in self._unacknowledged if n <= sequence]
            settled = [self._unacknowledged.pop(n) for n in numbers]
        for _, done in settled:
            if done is not None:
                done(None)

    def _refuse(self, refused):
        with self._lock:
            message, done = self._unacknowledged.pop(refused.sequence, (None, None))
            for body in (message or {}).values():
                # Credits that a refused message carried were not given.
                self._credits -= getattr(body, "credit", 0)
        error = TasklaneError.of_status(refused.status)
        if message is not None and error.code == "UNAVAILABLE":
            threading.Timer(0.2, self.report, (done,), message).start()
        elif done is not None:
            done(error)

    def credit(self):
        """1 for a report that ends a run, where the slot can take another offer; else 0."""
        with self._lock:
            if self._owner.free_slots() <= self._credits:
                return 0
            self._credits += 1
            return 1

    def _put(self, message):
        self._sequence += 1
        self._outbox.put(service.WorkRequest(sequence=self._sequence, **message))
        return self._sequence

    def _broken(self):
        with self._lock:
            if self._outbox is not None:
                self._outbox.put(_END)
            self._outbox = None
            self._waiting = list(self._unacknowledged.values()) + self._waiting
            self._unacknowledged.clear()
            for message, _ in self._waiting:
                for body in message.values():
                    # A new stream begins without credits, and gives its own.
                    if getattr(body, "credit", 0):
                        body.credit = 0
            if self._call is not None:
                self._call.cancel()

    def _begin_anew(self):
        self._hello.worker.name = ""
        for lease in list(self._hello.lease_ids):
            self._owner.lost(lease, "the worker was lost")

    def _beat(self):
        while not self._closing and self.error is None:
            # A new connection begins with a heartbeat, and may have told another interval.
            self._welcomed.wait(self._interval)
            self._welcomed.clear()
            now = time.monotonic()
            with self._lock:
                if self._outbox is not None:
                    self._put({"heartbeat": self._heartbeat()})
            if now - self._heard > self._lease:
                for lease in self._owner.held():
                    self._owner.lost(lease, f"nothing was heard of the server for {self._lease} s")
            if now - max(self._heard, self._opened) > 3 * self._interval and self._call is not None:
                self._call.cancel()

    def _heartbeat(self):
        cpu, memory = self._usage.read()
        return service.Heartbeat(leases=self._owner.signs(), cpu_load=cpu, memory_bytes=memory)


class _Usage:
    """Share of the processors, and memory, that this process uses."""

    def __init__(self):
        self._last = (time.monotonic(), time.process_time())

    def read(self):
        wall, used = time.monotonic(), time.process_time()
        share = (used - self._last[1]) / max(1e-3, wall - self._last[0]) / (os.cpu_count() or 1)
        self._last = (wall, used)
        return min(1.0, max(0.0, share)), memory_of("self")


def memory_of(pid):
    """Resident memory of a process in bytes; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/statm") as numbers:
            return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
