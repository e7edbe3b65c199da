package io.tasklane.trading.testing;

import io.tasklane.artifact.ArtifactReference;
import io.tasklane.fact.Fact;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.EffectAction;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One attempt that remembers what its handler reported. */
public final class RecordedRun implements Run {
  private final String task;
  private final Payload input;
  private final Clock clock;
  private final long token;
  private boolean cancelled;

  /** What the handler created, logged and reported. */
  public final List<TaskRequest> children = new ArrayList<>();

  public final List<String> lines = new ArrayList<>();
  public final List<String> units = new ArrayList<>();
  public final List<Publication> events = new ArrayList<>();

  public RecordedRun(String task, long token, String input, Clock clock) {
    this.task = task;
    this.token = token;
    this.input = Payload.json(input);
    this.clock = clock;
  }

  public RecordedRun thatIsCancelled() {
    cancelled = true;
    return this;
  }

  /** Runs the handler and reads its result. */
  public JsonObject of(TaskHandler handler) throws Exception {
    Payload result = handler.handle(this);
    return (JsonObject) JsonText.parse("result", result.text());
  }

  @Override
  public String task() {
    return task;
  }

  @Override
  public String queue() {
    return "queues/TEST";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Payload input() {
    return input;
  }

  @Override
  public long fencingToken() {
    return token;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Instant deadline() {
    return clock.instant().plusSeconds(300);
  }

  @Override
  public boolean preempted() {
    return false;
  }

  @Override
  public void checkpoint(Payload state) {
    throw new UnsupportedOperationException("trading tasks keep no checkpoints");
  }

  @Override
  public Optional<Payload> savedCheckpoint() {
    return Optional.empty();
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void progress(
      long completedUnits, long totalUnits, String currentUnit, String message, String details) {
    units.add(currentUnit);
  }

  @Override
  public Payload step(String name, RetryPolicy policy, Callable<Payload> body) {
    throw new AssertionError("no trading handler has steps");
  }

  @Override
  public void sleep(String name, Duration duration) {
    throw new AssertionError("no trading handler sleeps");
  }

  @Override
  public Optional<Payload> awaitEvent(
      String name, String eventType, String condition, Duration timeout) {
    throw new AssertionError("no trading handler waits for events");
  }

  @Override
  public void partialResult(Payload partial) {
    throw new AssertionError("no trading handler keeps partial results");
  }

  @Override
  public Payload once(String effectKey, EffectAction action) {
    throw new AssertionError("no trading handler has effects outside");
  }

  @Override
  public void log(String line) {
    lines.add(line);
  }

  @Override
  public String createTask(TaskRequest child) {
    children.add(child);
    return "tasks/child-" + children.size();
  }

  @Override
  public InputStream open(ArtifactReference artifact) {
    throw new AssertionError("no trading handler reads artifacts");
  }

  @Override
  public ArtifactReference keep(String contentType, InputStream bytes) {
    throw new AssertionError("no trading handler keeps artifacts");
  }

  @Override
  public void publish(Publication event) {
    events.add(event);
  }

  @Override
  public void setFact(Fact fact) {
    throw new UnsupportedOperationException("no handler of the three queues sets facts");
  }

  @Override
  public void setFactNow(Fact fact) {
    throw new UnsupportedOperationException("no handler of the three queues sets facts");
  }
}
