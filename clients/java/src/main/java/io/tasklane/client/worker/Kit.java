package io.tasklane.client.worker;

import com.google.gson.JsonNull;
import io.tasklane.client.Payloads;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Lease;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Runs a handler without a server, with time that passes only as it is told. It stands for one
 * task: each run is the next one, and finds what a server would keep of those before.
 */
public final class Kit {
  private static final Instant START = Instant.parse("2026-01-05T09:30:00Z");
  private final Handler handler;
  private final KitPort port = new KitPort(START);
  private final Task.Builder task = Task.newBuilder().setName("tasks/test").setTaskType("test");
  private int attempt;

  /** For a handler, at 2026-01-05 09:30 UTC. */
  public Kit(Handler handler) {
    this.handler = handler;
  }

  /** The task, to set its labels and whatever else the handler looks at. */
  public Task.Builder task() {
    return task;
  }

  /** The stepped time. */
  public Instant time() {
    return port.now();
  }

  /** Lets time pass. */
  public Kit advance(Duration time) {
    port.advance(time);
    return this;
  }

  /** Asks the handler to stop when so much time has passed. */
  public Kit stopAfter(Duration time, StopReason why) {
    port.stopAt(port.now().plus(time), why);
    return this;
  }

  /** What a wait for an event of this type yields. */
  public Kit event(String eventType, Object event) {
    port.event(eventType, Payloads.inline(event));
    return this;
  }

  /** The last checkpoint. */
  public <T> Optional<T> saved(Class<T> type) {
    return port.saved().map(saved -> Payloads.read(saved.getInline(), type));
  }

  /** Runs the handler once, over all its sleeps. */
  public KitOutcome run(Object input) {
    attempt++;
    task.setAttempt(attempt).setInput(Payloads.inline(input));
    KitOutcome outcome = new KitOutcome(attempt, port.now());
    port.begin(outcome);
    Run run = new Run(port, lease());
    Outcome end = Outcome.of(handler, run);
    while (end.kind() == Outcome.Kind.SUSPENDED) {
      advance(((SuspendedException) end.error()).rest());
      run = new Run(port, lease());
      end = Outcome.of(handler, run);
    }
    outcome.end(port.now());
    settle(end, run, outcome);
    return outcome;
  }

  private Lease lease() {
    Lease.Builder lease = Lease.newBuilder().setTask(task).setFencingToken(attempt);
    lease.setLeaseId("tasks/test/leases/" + attempt).getTimeLimitBuilder().setSeconds(3600);
    port.saved().ifPresent(lease::setCheckpoint);
    return lease.build();
  }

  private void settle(Outcome end, Run run, KitOutcome outcome) {
    if (end.error() instanceof StoppedException || end.kind() == Outcome.Kind.LOST) {
      outcome.stopped(run.stop().orElseThrow());
      // What was given back uses no attempt.
      attempt -= end.kind() == Outcome.Kind.RELEASED ? 1 : 0;
    } else if (end.error() != null) {
      outcome.failed(Outcome.described(end.error()), end.error());
    } else {
      succeed(end.value(), run, outcome);
    }
  }

  private static void succeed(Object value, Run run, KitOutcome outcome) {
    try {
      Payload result = Payloads.inline(value == null ? JsonNull.INSTANCE : value);
      outcome.succeeded(result, run);
    } catch (IllegalArgumentException invalid) {
      TaskException error = TaskException.permanent("RESULT_INVALID", invalid.getMessage());
      Failure failure = Outcome.described(error);
      outcome.failed(failure, error);
    }
  }
}
