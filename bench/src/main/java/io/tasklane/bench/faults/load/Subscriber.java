package io.tasklane.bench.faults.load;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Event;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows the log of all tasks from its beginning to the end. Its stream is cut whenever a node is,
 * and also without that after some seconds; it goes on at another node from the last token it has.
 */
public final class Subscriber implements AutoCloseable {
  private static final String FILTER = "event_type = \"task.state_changed\"";
  private static final Duration ONE_STREAM = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 50;

  private final Doors doors;
  private final Chronicle chronicle;
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong finished = new AtomicLong();
  private final AtomicLong streams = new AtomicLong();
  private final CountDownLatch following = new CountDownLatch(1);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> work;
  private volatile boolean over;
  private String token = "";

  /**
   * Begins at the present.
   *
   * @param doors the nodes
   * @param chronicle where the events are noted
   */
  public Subscriber(Doors doors, Chronicle chronicle) {
    this.doors = doors;
    this.chronicle = chronicle;
    work = thread.submit(this::follow);
  }

  /** Waits until nothing that happens from now on is missed. */
  public void awaitBegin() throws InterruptedException {
    while (!following.await(1, TimeUnit.SECONDS)) {
      requireHealth();
    }
  }

  /** How many tasks have ended, by the log. */
  public long finished() {
    return finished.get();
  }

  /** How many tasks have been created and have not ended, by the log. */
  public long unfinished() {
    return begun.get() - finished.get();
  }

  /** How many streams it took. */
  public long streams() {
    return streams.get();
  }

  private Void follow() throws InterruptedException {
    for (int node = 0; !over; node++) {
      Context.CancellableContext call = Context.current().withCancellation();
      Context former = call.attach();
      try {
        readStream(doors.door(node));
      } catch (StatusRuntimeException e) {
        doors.requireNoAnswer(e);
      } finally {
        call.detach(former);
        call.cancel(null);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return null;
  }

  private void readStream(Door door) {
    streams.incrementAndGet();
    SubscribeEventsRequest request =
        SubscribeEventsRequest.newBuilder().setFilter(FILTER).setResumeToken(token).build();
    Iterator<SubscribeEventsResponse> messages = door.events(ONE_STREAM).subscribeEvents(request);
    while (!over && messages.hasNext()) {
      SubscribeEventsResponse message = messages.next();
      message.getBatch().getEventsList().forEach(this::note);
      token = message.getResumeToken();
      following.countDown();
    }
  }

  private void note(Event event) {
    JsonObject data =
        JsonParser.parseString(event.getData().getInline().toStringUtf8()).getAsJsonObject();
    TaskState to = TaskState.valueOf(data.get("state").getAsString());
    chronicle.add(
        new Entry.Moved(
            chronicle.now(),
            Timestamps.toMicros(event.getEventTime()),
            event.getRevision(),
            event.getSubject(),
            data.get("queue").getAsString(),
            Move.valueOf(data.get("move").getAsString()),
            data.has("previous_state")
                ? TaskState.valueOf(data.get("previous_state").getAsString())
                : null,
            to,
            data.get("attempt").getAsInt(),
            data.get("priority").getAsInt()));
    if (!data.has("previous_state")) {
      begun.incrementAndGet();
    }
    if (to.isFinal()) {
      finished.incrementAndGet();
    }
  }

  /** Fails where it has failed. */
  public void requireHealth() throws InterruptedException {
    if (work.isDone()) {
      Outcomes.await(List.of(work));
    }
  }

  @Override
  public void close() {
    over = true;
    thread.shutdownNow();
  }
}
