package io.tasklane.bench.latency;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Event stream of one queue: when the client learned that tasks had started and had succeeded. */
final class StreamedEvents implements StreamObserver<SubscribeEventsResponse>, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Map<String, CompletableFuture<Long>> arrivals = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Context.CancellableContext call = Context.current().withCancellation();

  private StreamedEvents() {}

  /** Subscribes, and returns when the stream has begun. */
  static StreamedEvents of(ManagedChannel channel, String queue) {
    String filter =
        "event_type = \"task.state_changed\" AND queue = \"%s\"".formatted(queue)
            + " AND state = RUNNING OR state = SUCCEEDED";
    SubscribeEventsRequest request = SubscribeEventsRequest.newBuilder().setFilter(filter).build();
    StreamedEvents events = new StreamedEvents();
    events.call.run(() -> EventServiceGrpc.newStub(channel).subscribeEvents(request, events));
    events.begun.join();
    return events;
  }

  /** {@link System#nanoTime} when the event arrived that the task runs; waits for it. */
  long ofStart(String task) throws Exception {
    return await(task, "RUNNING");
  }

  /** {@link System#nanoTime} when the event arrived that the task has succeeded; waits for it. */
  long ofResult(String task) throws Exception {
    return await(task, "SUCCEEDED");
  }

  @Override
  public void onNext(SubscribeEventsResponse message) {
    long now = System.nanoTime();
    begun.complete(null);
    for (Event event : message.getBatch().getEventsList()) {
      JsonObject data =
          JsonParser.parseString(event.getData().getInline().toStringUtf8()).getAsJsonObject();
      arrival(event.getSubject(), data.get("state").getAsString()).complete(now);
    }
  }

  @Override
  public void onError(Throwable error) {
    begun.completeExceptionally(error);
    arrivals.values().forEach(arrival -> arrival.completeExceptionally(error));
  }

  @Override
  public void onCompleted() {
    onError(new IllegalStateException("the event stream ended"));
  }

  @Override
  public void close() {
    call.cancel(null);
  }

  private long await(String task, String state) throws Exception {
    return arrival(task, state).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Long> arrival(String task, String state) {
    return arrivals.computeIfAbsent(task + " " + state, key -> new CompletableFuture<>());
  }
}
