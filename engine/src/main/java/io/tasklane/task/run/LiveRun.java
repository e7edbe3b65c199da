package io.tasklane.task.run;

import io.tasklane.api.LogContext;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.fact.Fact;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.EffectAction;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.Run;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

/**
 * A run in progress on this node. The handler's thread works with it; other threads may stop it.
 */
final class LiveRun implements Run {
  private static final Logger LOG = Logger.getLogger(LiveRun.class.getName());

  private final Task task;
  private final Payload input;
  private final TaskRunner runner;
  private final Instant deadline;
  private final RunEffects effects;
  private final StopWatch stopping;
  private final RunLog log = new RunLog();
  private final List<TaskRequest> children = new ArrayList<>();
  private final Publications events;
  private final RunFacts facts;
  private final RunSteps steps;
  private final RunProgress progress = new RunProgress();
  private final AtomicReference<Payload> unsaved = new AtomicReference<>();
  private volatile Payload checkpoint;
  private volatile Optional<String> preemptedBy = Optional.empty();
  private volatile Payload partial;

  /**
   * A run of this task.
   *
   * @param task as claimed
   * @param input its input, with the outputs of needed tasks
   * @param runner has what runs share
   */
  LiveRun(Task task, Payload input, TaskRunner runner) {
    this.task = task;
    this.input = input;
    this.runner = runner;
    this.effects = new RunEffects(runner.ledger(), task, () -> whyStopped() == Stop.LEASE_OVER);
    this.stopping = new StopWatch(runner.ticker(), limit(task));
    this.events = new Publications(task.name());
    this.facts = new RunFacts(runner.facts(), task, () -> whyStopped() == Stop.LEASE_OVER);
    this.steps =
        new RunSteps(
            this,
            new StepRecords(
                runner.steps(), runner.artifacts(), this, () -> whyStopped() == Stop.LEASE_OVER));
    this.deadline = clock().instant().plus(limit(task));
  }

  /**
   * The time limit of this run: that of one attempt, or the rest of the total timeout if that is
   * less.
   */
  private static Duration limit(Task task) {
    return task.totalLeft()
        .filter(left -> left.compareTo(task.attemptLeft()) < 0)
        .orElse(task.attemptLeft());
  }

  /** Whether the total timeout ends this run, and not the timeout of one attempt. */
  boolean isLimitedByTotal() {
    return limit(task).compareTo(task.attemptLeft()) < 0;
  }

  Task claimed() {
    return task;
  }

  /** When and why the run has to stop. */
  StopWatch stopping() {
    return stopping;
  }

  Stop whyStopped() {
    return stopping.why();
  }

  Optional<Payload> leftOver() {
    return Optional.ofNullable(partial);
  }

  /** What it has reported last. */
  RunProgress progress() {
    return progress;
  }

  Optional<Payload> takeUnsavedCheckpoint() {
    return Optional.ofNullable(unsaved.getAndSet(null));
  }

  /** Asks the run to yield to this waiting task of higher priority. */
  void preempt(String by) {
    preemptedBy = Optional.of(by);
  }

  /** The task that the run was asked to yield to. */
  Optional<String> preemptedBy() {
    return preemptedBy;
  }

  List<TaskRequest> children() {
    return children;
  }

  List<Publication> events() {
    return events.collected();
  }

  List<Fact> facts() {
    return facts.collected();
  }

  /** The end of a run whose step sleeps or waits. */
  Optional<RunEnd.Suspended> suspended() {
    return steps.suspended();
  }

  long nanos() {
    return runner.ticker().nanos();
  }

  Duration since(long nanos) {
    return runner.ticker().since(nanos);
  }

  RunLog log() {
    return log;
  }

  @Override
  public String task() {
    return task.name();
  }

  @Override
  public String queue() {
    return "queues/" + task.queue();
  }

  @Override
  public int attempt() {
    return task.attempt();
  }

  @Override
  public Payload input() {
    return input;
  }

  @Override
  public long fencingToken() {
    return task.fencingToken().value();
  }

  @Override
  public Clock clock() {
    return runner.clock();
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return whyStopped() != Stop.NONE;
  }

  @Override
  public boolean preempted() {
    return preemptedBy.isPresent();
  }

  @Override
  public void checkpoint(Payload state) {
    RunPayloads.require("a checkpoint", state);
    checkpoint = state;
    unsaved.set(state);
  }

  @Override
  public Optional<Payload> savedCheckpoint() {
    return Optional.ofNullable(checkpoint).or(() -> runner.checkpoints().apply(task.id()));
  }

  @Override
  public InputStream open(ArtifactReference artifact) {
    return reached(() -> runner.artifacts().open(artifact));
  }

  /** A storage that serves a run is not away. */
  private <T, E extends Exception> T reached(Access<T, E> access) throws E {
    T served = access.get();
    runner.watch().faults().ended(Outage.STORAGE);
    return served;
  }

  @FunctionalInterface
  private interface Access<T, E extends Exception> {
    T get() throws E;
  }

  @Override
  public ArtifactReference keep(String contentType, InputStream bytes) throws IOException {
    return reached(() -> runner.artifacts().keep(contentType, bytes, task()));
  }

  @Override
  public void progress(
      long completedUnits, long totalUnits, String currentUnit, String message, String details) {
    progress.report(completedUnits, totalUnits, currentUnit, message, details, clock().instant());
  }

  @Override
  public void partialResult(Payload reached) {
    RunPayloads.require("a partial result", reached);
    partial = reached;
  }

  @Override
  public Payload once(String effectKey, EffectAction action) throws Exception {
    return effects.once(effectKey, action);
  }

  @Override
  public Payload step(String name, RetryPolicy policy, Callable<Payload> body) throws Exception {
    return steps.step(name, policy, body);
  }

  @Override
  public void sleep(String name, Duration duration) {
    steps.sleep(name, duration);
  }

  @Override
  public Optional<Payload> awaitEvent(
      String name, String eventType, String condition, Duration timeout) {
    return steps.awaitEvent(name, eventType, condition, timeout);
  }

  @Override
  public void log(String line) {
    log.add(clock().instant(), line);
    try (LogContext.Scope mine =
        LogContext.with(logIds())) { // on whatever thread the handler works
      LOG.info(line);
    }
  }

  /** The fields of every log record of this run. */
  Map<String, String> logIds() {
    return Map.of("task", task(), "queue", queue(), "attempt", Integer.toString(attempt()));
  }

  @Override
  public String createTask(TaskRequest child) {
    TaskRequest named = child.taskId().isPresent() ? child : child.withTaskId(runner.names().get());
    children.add(named);
    return "tasks/" + named.taskId().orElseThrow();
  }

  @Override
  public void publish(Publication event) {
    events.add(event);
  }

  @Override
  public void setFact(Fact fact) {
    facts.set(fact);
  }

  @Override
  public void setFactNow(Fact fact) {
    facts.setNow(fact);
  }
}
