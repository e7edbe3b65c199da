package io.tasklane.bench.hot;

import io.tasklane.queue.QueuePolicy;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunEnd;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What core decides between the creation of a task and its end. */
@State(Scope.Thread)
public class Moves {
  private final RandomGenerator random = new SplittableRandom(42);
  private final RetryPolicy jittered =
      new RetryPolicy(
          10, Duration.ofSeconds(1), 2.0, Duration.ofHours(1), 0.5, List.of("BAD_SYMBOL"));
  private final QueuePolicy aging =
      QueuePolicy.STANDARD.withAging(Optional.of(Duration.ofMinutes(1)));
  private TaskState state = TaskState.RUNNING;
  private Move move = Move.SUCCEED;
  private int priority = 7;
  private int attempt = 3;
  private Instant time = Instant.parse("2026-01-02T14:30:00Z");
  private RunEnd success = new RunEnd.Succeeded(Payload.json("{\"price\": 189.5}"), List.of());
  private RunEnd failure =
      new RunEnd.Failed(
          new Failure(Failure.Kind.RETRYABLE, "FEED_DOWN", "no answer in 5 s", "", time),
          Optional.empty(),
          Optional.empty());

  /** Where a move leads. */
  @Benchmark
  public TaskState nextState() {
    return MoveTable.STANDARD.require(state, move);
  }

  /** The place of a new task in its queue, strictly by priority. */
  @Benchmark
  public long orderKeyByPriority() {
    return QueuePolicy.STANDARD.orderKey(new Priority(priority), time);
  }

  /** The same where waiting counts too. */
  @Benchmark
  public long orderKeyWithAging() {
    return aging.orderKey(new Priority(priority), time);
  }

  /** What becomes of a task that succeeded. */
  @Benchmark
  public RunCompletion settleSuccess() {
    return RunCompletion.of(success, jittered, attempt, random);
  }

  /** What becomes of a task that failed and is tried again, its backoff included. */
  @Benchmark
  public RunCompletion settleRetry() {
    return RunCompletion.of(failure, jittered, attempt, random);
  }
}
