package io.tasklane.client.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.tasklane.client.Facts;
import io.tasklane.client.Payloads;
import io.tasklane.v1.AwaitEventStep;
import io.tasklane.v1.BeginStep;
import io.tasklane.v1.ChildTask;
import io.tasklane.v1.EffectState;
import io.tasklane.v1.Event;
import io.tasklane.v1.Fact;
import io.tasklane.v1.Lease;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Progress;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.SleepStep;
import io.tasklane.v1.StepFailure;
import io.tasklane.v1.StepSuccess;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** One run of a task, as its handler sees it. Any thread of the handler may call it. */
public final class Run {
  private static final int INLINE_LIMIT = 256 * 1024;
  private static final int LINE_LIMIT = 8192;
  private static final Set<StopReason> UNWANTED =
      Set.of(StopReason.CANCEL, StopReason.TIMEOUT, StopReason.LOST);

  private final Port port;
  private final Lease lease;
  private final Instant deadline;
  final List<ChildTask> children = new CopyOnWriteArrayList<>();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Fact> facts = new CopyOnWriteArrayList<>();

  Run(Port port, Lease lease) {
    this.port = port;
    this.lease = lease;
    long limit = Durations.toNanos(lease.getTimeLimit());
    deadline = port.now().plus(limit > 0 ? Duration.ofNanos(limit) : Duration.ofDays(1));
  }

  /** The task as it was when the run began; its attempt is the number of this one, from 1. */
  public Task task() {
    return lease.getTask();
  }

  /**
   * Larger than the token of every earlier run of any task; pass it to the systems you write to.
   */
  public long fencingToken() {
    return lease.getFencingToken();
  }

  /** "tasks/{task}/leases/{fencing_token}". */
  public String leaseId() {
    return lease.getLeaseId();
  }

  /** The input, read as a type; byte[] for the bytes as they are. */
  public <T> T input(Class<T> type) {
    return port.value(task().getInput(), type);
  }

  /** The last checkpoint of an earlier run. */
  public <T> Optional<T> saved(Class<T> type) {
    return lease.hasCheckpoint()
        ? Optional.ofNullable(port.value(lease.getCheckpoint(), type))
        : Optional.empty();
  }

  /** The time to use inside a handler. */
  public Instant now() {
    return port.now();
  }

  /** When its time is up. */
  public Instant deadline() {
    return deadline;
  }

  /** Why it should stop; empty if it should not. */
  public Optional<StopReason> stop() {
    return port.stop();
  }

  /** Whether the work is not wanted any more; long loops should look now and then. */
  public boolean cancelled() {
    return stop().filter(UNWANTED::contains).isPresent();
  }

  /** Throws {@link StoppedException} if it should stop, for whatever reason. */
  public void check() {
    stop()
        .ifPresent(
            why -> {
              throw new StoppedException(why);
            });
  }

  /** Reports how far it is, in units of its choice; the last report counts. */
  public void progress(long completed, long total, String unit, String message) {
    port.progress(
        Progress.newBuilder()
            .setCompletedUnits(completed)
            .setTotalUnits(total)
            .setCurrentUnit(unit)
            .setMessage(message.substring(0, Math.min(message.length(), 1024)))
            .build());
  }

  /**
   * Keeps a state for the next run; it is durable when this returns.
   *
   * @param state JSON or byte[], at most 256 KiB
   */
  public void checkpoint(Object state) {
    port.checkpoint(small("a checkpoint", state));
  }

  /** What is kept as the result if a cancel or a time limit ends it, at most 256 KiB. */
  public void partialResult(Object value) {
    port.partialResult(small("a partial result", value));
  }

  /** Adds lines to the log of the attempt. */
  public void log(String... lines) {
    port.log(
        Stream.of(lines)
            .map(line -> line.substring(0, Math.min(line.length(), LINE_LIMIT)))
            .toList());
  }

  /**
   * Creates a task if and when this run succeeds.
   *
   * @param task as {@link #newTask} begins it
   * @return its name
   */
  public String createTask(Task.Builder task) {
    String id = UUID.randomUUID().toString();
    children.add(ChildTask.newBuilder().setTaskId(id).setTask(task).build());
    return "tasks/" + id;
  }

  /** A task to create, whose further fields are set in the builder. */
  public Task.Builder newTask(String queue, String taskType, Object input) {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(queue.startsWith("queues/") ? queue : "queues/" + queue)
            .setTaskType(taskType);
    return input == null ? task : task.setInput(port.payload(input));
  }

  /** Publishes an event, whose data are a JSON object, if and when this run succeeds. */
  public void publish(String eventType, String subject, Object data) {
    Event.Builder event = Event.newBuilder().setEventType(eventType).setSubject(subject);
    event.getDataBuilder().setInline(Payloads.json(data));
    events.add(event.build());
  }

  /** Sets a fact if and when this run succeeds. */
  public void setFact(String name, Object value) {
    facts.add(Facts.fact(name, value).build());
  }

  /** The same for a fact that is absent from a time on. */
  public void setFact(String name, Object value, Instant expireTime) {
    Timestamp time = Timestamp.newBuilder().setSeconds(expireTime.getEpochSecond()).build();
    facts.add(Facts.fact(name, value).setExpireTime(time).build());
  }

  /** Sets a fact at once, whatever ends this run; it is durable when this returns. */
  public void setFactNow(String name, Object value) {
    port.setFactNow(Facts.fact(name, value).build());
  }

  /**
   * Causes an external effect once, whatever fails in between.
   *
   * @param effectKey its business identity over all tasks, 1 to 512 characters
   * @return its outcome, of this run or an earlier one
   */
  public <T> T once(String effectKey, Class<T> type, Effect effect) throws Exception {
    RecordEffectResponse known = port.intend(effectKey);
    if (known.getPreviousState() == EffectState.EFFECT_STATE_DONE) {
      return port.value(known.getOutcome(), type);
    }
    boolean begun = known.getPreviousState() == EffectState.EFFECT_STATE_INTENDED;
    Payload outcome = small("an outcome", effect.perform(begun));
    port.effectDone(effectKey, outcome);
    return port.value(outcome, type);
  }

  /**
   * Runs an action once for all runs of the task, and returns its kept result. One that throws is
   * run again by the next attempt.
   *
   * @param name unique in the task
   */
  public <T> T step(String name, Class<T> type, Callable<?> action) throws Exception {
    Port.Known known = port.step(request(name).setBegin(BeginStep.getDefaultInstance()));
    if (known.done()) {
      return port.value(known.result(), type);
    }
    Instant start = now();
    try {
      Payload result = port.payload(action.call());
      var time = Durations.fromNanos(Duration.between(start, now()).toNanos());
      port.step(
          request(name).setSuccess(StepSuccess.newBuilder().setResult(result).setRunTime(time)));
      return port.value(result, type);
    } catch (Exception failed) {
      StepFailure.Builder failure = StepFailure.newBuilder().setFailedTries(1);
      port.step(request(name).setFailure(failure.setFailure(Outcome.described(failed))));
      throw failed;
    }
  }

  /**
   * Sleeps as a step: the slot is free meanwhile, and no restart begins it anew. The handler is run
   * again from its beginning when the time has come, and gets past this.
   */
  public void sleep(String name, Duration time) {
    var duration = Durations.fromNanos(time.toNanos());
    await(request(name).setSleep(SleepStep.newBuilder().setDuration(duration)));
  }

  /**
   * Waits as a step for an event.
   *
   * @param condition CEL over event; empty for any of the type
   * @return the event as JSON; empty if the time is over
   */
  public Optional<JsonObject> awaitEvent(
      String name, String eventType, Duration timeout, String condition) {
    AwaitEventStep.Builder wait =
        AwaitEventStep.newBuilder().setEventType(eventType).setCondition(condition);
    wait.setTimeout(Durations.fromNanos(timeout.toNanos()));
    JsonElement event = port.value(await(request(name).setAwaitEvent(wait)), JsonElement.class);
    return event == null || event.isJsonNull()
        ? Optional.empty()
        : Optional.of(event.getAsJsonObject());
  }

  private Payload await(RecordStepRequest.Builder request) {
    Port.Known known = port.step(request);
    if (!known.done()) {
      throw new SuspendedException(request.getName(), known.rest());
    }
    return known.result();
  }

  private static RecordStepRequest.Builder request(String name) {
    return RecordStepRequest.newBuilder().setName(name);
  }

  /** Waits a moment in this slot; throws {@link StoppedException} as soon as it should stop. */
  public void pause(Duration time) {
    port.pause(time);
    check();
  }

  /** The exception to throw to be tried again after this time. */
  public TaskException retry(Duration after, String message) {
    return TaskException.retryable("RETRY", message).after(after);
  }

  private static Payload small(String what, Object value) {
    Payload payload = Payloads.inline(value);
    int size = payload.getInline().size();
    if (size > INLINE_LIMIT) {
      throw new IllegalArgumentException(
          what + " has " + size + " bytes; at most " + INLINE_LIMIT + " fit");
    }
    return payload;
  }
}
