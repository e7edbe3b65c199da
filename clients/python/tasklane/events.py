"""Following the event log: every event once, also over broken connections and restarts."""

import json
from typing import NamedTuple

from tasklane.v1 import event_service_pb2 as service


class Event(NamedTuple):
    """An event of the log.

    position is where the log goes on after it: a subscription from there repeats no event up to
    this one, and misses none after it. Keep it with what the event has led to. message is the
    whole Event of the contract.
    """

    type: str
    subject: str
    data: dict
    revision: int
    position: str
    message: object


class Subscription:
    """An endless iterator of events; close() ends it. Only one thread may iterate.

    A position is a resume token of the server, or one with "#" and how many matching events after
    it are handled: the server gives a token for each batch only.
    """

    def __init__(self, connection, stub, filter, position, start_time):
        self._stub = stub
        self._filter = filter
        self._start = start_time
        token, _, handled = position.partition("#")
        self._token = token
        self._skip = int(handled or 0)
        self._call = None
        self._closed = False
        self._messages = connection.stream(self._open, self._request, forever=True)
        # The first message says that the server listens: what happens from now on is not missed.
        self._events = self._take(next(self._messages))

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            for event in self._events:
                return event
            if self._closed:
                raise StopIteration
            self._events = self._take(next(self._messages))

    def close(self):
        """Ends the iteration, also while another thread waits in it."""
        self._closed = True
        if self._call is not None:
            self._call.cancel()

    def _request(self):
        if self._closed:
            return None
        request = service.SubscribeEventsRequest(filter=self._filter, resume_token=self._token)
        if self._start is not None and not self._token:
            request.start_time.FromDatetime(self._start)
        return request

    def _open(self, request):
        self._call = self._stub.SubscribeEvents(request)
        return self._call

    def _take(self, response):
        before, skip = self._token, self._skip
        events = response.batch.events
        last = len(events) - 1
        self._token, self._skip = response.resume_token, max(0, skip - len(events))
        return iter(
            [
                _event(event, response.resume_token if i == last else f"{before}#{i + 1}")
                for i, event in enumerate(events)
                if i >= skip
            ]
        )


def _event(event, position):
    data = json.loads(event.data.inline) if event.data.inline else {}
    return Event(event.event_type, event.subject, data, event.revision, position, event)
