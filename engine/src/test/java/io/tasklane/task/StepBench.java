package io.tasklane.task;

import io.tasklane.artifact.ArtifactReference;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.effect.EffectService;
import io.tasklane.fact.FactService;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.step.StepService;
import io.tasklane.step.TaskStep;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.run.CompleteInput;
import io.tasklane.task.run.RunArtifacts;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs handlers on the real store, one run at a time, and lets nodes die: what a dead node's thread
 * still does is that of a run whose lease is lost.
 */
final class StepBench implements AutoCloseable {
  final StoreBench store = new StoreBench();
  final EngineContext context =
      new EngineContext(store.database, store.committer, store.nobody, Clock.systemUTC());
  final StepService steps = new StepService(context);
  final RunWatch watch =
      new RunWatch(store.committer, Thread::new, new OngoingFaults(Clock.systemUTC(), () -> {}));
  private long incarnation = 1;
  private Ownership owner = store.take("n1", 1).orElseThrow();

  /** What a handler does. */
  @FunctionalInterface
  interface Work {
    /** What the handler of the test does with a run. */
    Payload handle(Run run) throws Exception;
  }

  private record Worker(Work work) implements TaskHandler {
    @Override
    public TaskType type() {
      return TaskType.named("system.noop");
    }

    @Override
    public Payload handle(Run run) throws Exception {
      return work.handle(run);
    }
  }

  private record NoArtifacts() implements RunArtifacts {
    @Override
    public InputStream open(ArtifactReference artifact) {
      throw new AssertionError("nothing is large here");
    }

    @Override
    public ArtifactReference keep(String contentType, InputStream bytes, String task) {
      throw new AssertionError("nothing is large here");
    }
  }

  private TaskRunner runner(Work work) {
    return new TaskRunner(
        new Handlers(List.of(new Worker(work))),
        watch,
        Clock.systemUTC(),
        () -> "child",
        new CompleteInput(store.database, (type, input) -> {}),
        new NoArtifacts(),
        new EffectService(store.committer),
        new FactService(context),
        steps,
        task -> store.database.with(c -> SaveCheckpoints.find(c, task)),
        Ticker.SYSTEM);
  }

  Task claim() {
    return store.claim(owner).claimed().orElseThrow();
  }

  TaskRunner.Ran run(Task task, Work work) {
    return runner(work).run(task);
  }

  /** On a thread of its own, which outlives the lease. */
  CompletableFuture<TaskRunner.Ran> start(Task task, Work work) {
    TaskRunner runner = runner(work);
    CompletableFuture<TaskRunner.Ran> end = new CompletableFuture<>();
    Thread thread = new Thread(() -> end.complete(runner.run(task)));
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  CompleteAndClaimResult complete(Task task, RunEnd end) {
    return store.complete(owner, task, end, false);
  }

  /** Claims the task, runs it and completes the run. */
  RunEnd claimAndRun(Work work) {
    Task task = claim();
    RunEnd end = run(task, work).end();
    complete(task, end);
    return end;
  }

  /** The node dies and starts again; its losses do not count against the task. */
  void die() {
    incarnation++;
    store.live("n1", incarnation);
    owner = store.take("n1", incarnation).orElseThrow();
    Postgres.run(store.database, "DELETE FROM task_suspect");
    Postgres.run(store.database, "UPDATE task SET lost_count = 0, lost_alone_count = 0");
  }

  /** What waits for a time is due now. */
  void makeDue() {
    Postgres.run(
        store.database,
        "UPDATE task SET next_attempt_time = clock_timestamp() WHERE next_attempt_time IS NOT NULL;"
            + " UPDATE task_due d SET due = k.next_attempt_time FROM task k"
            + " WHERE k.id = d.task AND k.next_attempt_time IS NOT NULL");
    StoreBench.get(store.committer.submit(store.due, 10));
  }

  TaskStep step(String taskId, String name) {
    return steps.list(taskId).stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    watch.close();
    store.close();
  }
}
