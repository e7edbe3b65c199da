package io.tasklane.bench.hot;

import io.tasklane.deadletter.Fingerprint;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyGraph;
import io.tasklane.dependency.Standing;
import io.tasklane.filter.EventFilter;
import io.tasklane.filter.TaskFilter;
import io.tasklane.task.Failure;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What core does with a call before the database is asked, and with a failure before it is kept.
 */
@State(Scope.Thread)
public class Requests {
  private static final int CHAIN = 1000;

  private final Map<String, Set<String>> chain = chain();
  private final Map<String, TaskState> states =
      Map.of("prices", TaskState.SUCCEEDED, "news", TaskState.RUNNING, "rates", TaskState.QUEUED);
  private final List<Dependency> needs =
      List.of(Dependency.on("prices"), Dependency.on("news"), Dependency.on("rates"));
  private final Failure failure =
      new Failure(
          Failure.Kind.PERMANENT,
          "BAD_SYMBOL",
          "no quote for AAPL at 2026-01-02T14:30:00Z from \"feed-7\"",
          trace(),
          Instant.parse("2026-01-02T14:30:00Z"));

  /** The filter of a list of tasks. */
  @Benchmark
  public TaskFilter parseTaskFilter() {
    return TaskFilter.parse(
        "state = QUEUED OR state = RUNNING AND queue = \"queues/DATA_FETCHER\""
            + " AND labels.desk = us AND create_time >= \"2026-01-02T00:00:00Z\"");
  }

  /** The filter of a subscription. */
  @Benchmark
  public EventFilter parseEventFilter() {
    return EventFilter.parse(
        "event_type = \"task.state_changed\" AND queue = \"queues/DATA_FETCHER\""
            + " AND state = RUNNING OR state = SUCCEEDED");
  }

  /** One task of a batch that is a chain of a thousand: looked at for a cycle and put in order. */
  @Benchmark
  @OperationsPerInvocation(CHAIN)
  public List<String> orderBatch() {
    return new DependencyGraph(chain).inOrder();
  }

  /** Where a new task stands with the three that it needs. */
  @Benchmark
  public Standing standWithNeeds() {
    return Standing.of(needs, states::get);
  }

  /** The root cause that a dead letter is counted under. */
  @Benchmark
  public String fingerprintFailure() {
    return Fingerprint.of(failure);
  }

  private static Map<String, Set<String>> chain() {
    Map<String, Set<String>> chain = new LinkedHashMap<>();
    for (int i = CHAIN - 1; i >= 0; i--) {
      chain.put("task-" + i, i == 0 ? Set.of() : Set.of("task-" + (i - 1)));
    }
    return chain;
  }

  private static String trace() {
    StringBuilder trace = new StringBuilder("java.lang.IllegalStateException: no quote\n");
    IntStream.range(0, 30)
        .forEach(i -> trace.append("\tat desk.Quotes.step" + i + "(Quotes.java:" + i + ")\n"));
    return trace.toString();
  }
}
