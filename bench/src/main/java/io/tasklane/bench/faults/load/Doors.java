package io.tasklane.bench.faults.load;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.ListQueuesRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The APIs of all nodes; a client that gets no answer at one asks the next. */
public final class Doors implements AutoCloseable {
  private static final Duration ONE_CALL = Duration.ofSeconds(5);
  private static final Duration READY = Duration.ofSeconds(2);
  // Far more than any outage; a client that waited for ever would hide that one never ends.
  private static final Duration ANY_CALL = Duration.ofMinutes(15);
  private static final long PAUSE_MILLIS = 100;
  // What a client of a node that is broken in the middle of a call may see. INTERNAL and UNKNOWN
  // are
  // repeated too, but counted: they are faults of ours.
  private static final Set<Status.Code> NO_ANSWER =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.CANCELLED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN);

  private final List<Door> doors;
  private final Map<Status.Code, LongAdder> unanswered = new ConcurrentSkipListMap<>();

  /** To nodes at these addresses, "HOST:PORT". */
  public Doors(List<String> addresses) {
    doors = addresses.stream().map(Door::new).toList();
  }

  /** A call that may be repeated. */
  interface Call<R> {
    R ask(Door door, Duration patience);
  }

  int size() {
    return doors.size();
  }

  Door door(int node) {
    return doors.get(Math.floorMod(node, doors.size()));
  }

  /**
   * Asks one node after the other until one answers.
   *
   * @param first the node to begin with
   * @param call safe to repeat
   * @throws StatusRuntimeException where the answer is that the call is wrong
   * @throws IllegalStateException where none answers for a very long time
   */
  <R> R untilAnswered(int first, Call<R> call) throws InterruptedException {
    long begin = System.nanoTime();
    for (int node = first; ; node++) {
      try {
        return call.ask(door(node), ONE_CALL);
      } catch (StatusRuntimeException e) {
        requireNoAnswer(e);
        if (System.nanoTime() - begin > ANY_CALL.toNanos()) {
          throw new IllegalStateException("no node has answered for " + ANY_CALL, e);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /**
   * Asks one node, once.
   *
   * @param call not safe to repeat
   * @return the answer, empty where there was none: then nobody knows what became of the call
   * @throws StatusRuntimeException where the answer is that the call is wrong
   */
  <R> Optional<R> once(int node, Call<R> call) {
    try {
      return Optional.of(call.ask(door(node), ONE_CALL));
    } catch (StatusRuntimeException e) {
      requireNoAnswer(e);
      return Optional.empty();
    }
  }

  /** Notes that a node gave no answer, or lets fly what is one. */
  void requireNoAnswer(StatusRuntimeException e) {
    Status.Code code = e.getStatus().getCode();
    if (!NO_ANSWER.contains(code)) {
      throw e;
    }
    unanswered.computeIfAbsent(code, c -> new LongAdder()).increment();
  }

  /** Whether this node can answer a question that needs the database. */
  public boolean isReady(int node) {
    try {
      door(node).queues(READY).listQueues(ListQueuesRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException notReady) {
      return false;
    }
  }

  /** How often a call of a client got no answer, by what it got instead. */
  public Map<String, Long> unanswered() {
    Map<String, Long> counts = new TreeMap<>();
    unanswered.forEach((code, count) -> counts.put(code.name(), count.sum()));
    return counts;
  }

  @Override
  public void close() {
    doors.forEach(Door::close);
  }
}
