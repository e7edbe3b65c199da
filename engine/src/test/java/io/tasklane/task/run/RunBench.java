package io.tasklane.task.run;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.effect.EffectService;
import io.tasklane.fact.FactService;
import io.tasklane.fault.Faults;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.step.StepService;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskResult;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskStatus;
import io.tasklane.task.TaskType;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.SettableClock;
import io.tasklane.time.Ticker;
import io.tasklane.timeout.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A runner whose clock moves when told to. What it reports goes nowhere: it has no database. */
final class RunBench implements AutoCloseable {
  static final String TYPE = "test";
  final SettableClock clock = new SettableClock();
  private volatile Duration steps = Duration.ZERO;
  private final Ticker ticker =
      () -> Duration.between(Instant.EPOCH, clock.instant()).minus(steps).toNanos();
  private final GroupCommitter committer =
      new GroupCommitter(new Database(null, null), Thread::new, () -> {});
  final RunWatch watch = new RunWatch(committer, Thread::new, Faults.here());

  /** What a handler does. */
  @FunctionalInterface
  interface Work {
    /** What the handler of the test does with a run. */
    Payload handle(Run run) throws Exception;
  }

  /** Somebody sets the clock forward, or back; no time passes. */
  void stepClock(Duration step) {
    steps = steps.plus(step);
    clock.pass(step);
  }

  TaskRunner runner(Work work) {
    return runner(List.of(new Worker(work)));
  }

  TaskRunner runner(List<TaskHandler> handlers) {
    return runner(handlers, new CompleteInput(null, (type, input) -> {}), clock, ticker);
  }

  /** Whose steps on the way to the handler are these. */
  TaskRunner runner(Work work, CompleteInput input, Clock time, Ticker monotonic) {
    return runner(List.of(new Worker(work)), input, time, monotonic);
  }

  private TaskRunner runner(
      List<TaskHandler> handlers, CompleteInput input, Clock time, Ticker monotonic) {
    return new TaskRunner(
        new Handlers(handlers),
        watch,
        time,
        () -> "child",
        input,
        new NoArtifacts(),
        new EffectService(committer),
        new FactService(new EngineContext(null, committer, null, time)),
        new StepService(new EngineContext(null, committer, null, time)),
        task -> Optional.empty(),
        monotonic);
  }

  CompletableFuture<TaskRunner.Ran> start(Task task, Work work) {
    TaskRunner runner = runner(work);
    return CompletableFuture.supplyAsync(() -> runner.run(task));
  }

  static Task task(long id) {
    return task(id, TYPE, "{}", 1);
  }

  static Task task(long id, String type, String input, int attempt) {
    return task(id, type, input, attempt, Timeouts.ofAttempt(Duration.ofMinutes(1)));
  }

  /** The same under these limits; its total began with this run. */
  static Task limited(Task task, Timeouts timeouts) {
    return task(task.id().value(), task.taskType(), task.input().text(), task.attempt(), timeouts);
  }

  private static Task task(long id, String type, String input, int attempt, Timeouts timeouts) {
    return task(id, type, input, attempt, timeouts, StartConditions.NONE);
  }

  /** One that is given the output of another. */
  static Task dependent(long id) {
    Dependency needed =
        new Dependency("needed", DependencyPolicy.ON_SUCCESS, Optional.of("needed"));
    return task(
        id,
        TYPE,
        "{}",
        1,
        Timeouts.ofAttempt(Duration.ofMinutes(1)),
        StartConditions.after(List.of(needed)));
  }

  private static Task task(
      long id, String type, String input, int attempt, Timeouts timeouts, StartConditions start) {
    return new Task(
        new TaskKey(id),
        Instant.EPOCH,
        Optional.empty(),
        "tester",
        new TaskSpec(
            "t" + id,
            "Q",
            type,
            Payload.json(input),
            Priority.DEFAULT,
            RetryPolicy.DEFAULT,
            timeouts,
            Duration.ofHours(1),
            Map.of(),
            start,
            Optional.empty(),
            RunRules.NONE),
        new TaskStatus(
            TaskState.RUNNING,
            attempt,
            0,
            0,
            new FencingToken(1),
            "n1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Instant.EPOCH),
            Optional.empty(),
            Optional.empty(),
            timeouts.total().map(Instant.EPOCH::plus),
            2,
            2,
            false,
            Duration.ZERO),
        new TaskResult(Optional.empty(), false, Optional.empty()));
  }

  @Override
  public void close() {
    watch.close();
    committer.close();
  }

  private record Worker(Work work) implements TaskHandler {
    @Override
    public TaskType type() {
      return TaskType.named(TYPE).withAttemptTimeout(Duration.ofMinutes(1));
    }

    @Override
    public Payload handle(Run run) throws Exception {
      return work.handle(run);
    }
  }
}
