"""Creates over one kept stream, many of which are in progress at once."""

import collections
import concurrent.futures
import itertools
import queue
import threading
import time

import grpc

from tasklane.connection import Backoff
from tasklane.errors import TasklaneError
from tasklane.v1 import task_service_pb2 as service

# As many as the server has in progress for one stream; more would wait on the way.
_IN_PROGRESS = 1024
_END = None


class _Element:
    def __init__(self, request, end):
        self.request = request
        self.end = end
        self.result = concurrent.futures.Future()


class CreateStream:
    """Sends creates and settles their futures with a StreamCreateTasksResult, or an error.

    The stream is opened with the first element. When it breaks off it is opened again, and what was
    not acknowledged is sent again under its request_id, for as long as calls are repeated.
    """

    def __init__(self, connection, stub):
        self._connection = connection
        self._stub = stub
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(_IN_PROGRESS)
        self._work = threading.Event()
        self._numbers = itertools.count(1)
        self._pending = collections.OrderedDict()
        self._outbox = queue.SimpleQueue()
        self._call = None
        self._thread = None
        self._closed = False

    def submit(self, request):
        """Sends a CreateTaskRequest that has a request_id; waits while 1024 are in progress."""
        element = _Element(request, time.monotonic() + self._connection.retry_for)
        self._room.acquire()
        element.result.add_done_callback(lambda _: self._room.release())
        with self._lock:
            if self._closed:
                raise RuntimeError("the client is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="creates", daemon=True)
                self._thread.start()
            self._send(element)
        return element.result

    def close(self):
        """Ends the stream; what is not acknowledged fails with CANCELLED."""
        with self._lock:
            self._closed = True
            call, thread = self._call, self._thread
            self._outbox.put(_END)
        self._work.set()
        if call is not None:
            call.cancel()
        if thread is not None:
            thread.join()

    def _send(self, element):
        number = next(self._numbers)
        self._pending[number] = element
        self._outbox.put((number, element))
        self._work.set()

    def _run(self):
        backoff = Backoff()
        while True:
            self._work.wait()
            with self._lock:
                if self._closed:
                    break
                # A new stream begins with everything that the last one did not acknowledge.
                self._outbox = queue.SimpleQueue()
                for item in self._pending.items():
                    self._outbox.put(item)
                self._call = self._stub.StreamCreateTasks(_messages(self._outbox))
            reason = TasklaneError("UNAVAILABLE", "the server has ended the stream")
            try:
                for response in self._call:
                    backoff = Backoff()
                    self._settle(response.results)
            except grpc.RpcError as failed:
                reason = TasklaneError.of_call(failed)
            if not self._closed:
                self._broken(reason)
                time.sleep(backoff.next())
        self._fail_all(lambda element: TasklaneError("CANCELLED", "the client was closed"))

    def _settle(self, results):
        settled = []
        with self._lock:
            for result in results:
                element = self._pending.pop(result.sequence)
                if result.status.code == _UNAVAILABLE and time.monotonic() < element.end:
                    self._send(element)
                else:
                    settled.append((element, result))
        for element, result in settled:
            if result.status.code:
                element.result.set_exception(TasklaneError.of_status(result.status))
            else:
                element.result.set_result(result)

    def _broken(self, reason):
        with self._lock:
            self._outbox.put(_END)
        repeatable = reason.code == "UNAVAILABLE"
        now = time.monotonic()
        self._fail_all(lambda e: None if repeatable and now < e.end else reason)
        with self._lock:
            if not self._pending and not self._closed:
                self._work.clear()

    def _fail_all(self, reason_of):
        failed = []
        with self._lock:
            for number, element in list(self._pending.items()):
                reason = reason_of(element)
                if reason is not None:
                    del self._pending[number]
                    failed.append((element, reason))
        for element, reason in failed:
            element.result.set_exception(reason)


_UNAVAILABLE = grpc.StatusCode.UNAVAILABLE.value[0]


def _messages(outbox):
    while (item := outbox.get()) is not _END:
        number, element = item
        yield service.StreamCreateTasksRequest(sequence=number, request=element.request)
