package io.tasklane.differential;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.dependency.Dependency;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Durability;
import io.tasklane.queue.KeyRetry;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Progress;
import io.tasklane.task.RunEnd;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.timeout.Timeouts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Turns what a script says into the values of the engine. */
final class EngineValues {
  private static final Duration ATTEMPT = Duration.ofMinutes(10);
  private final Instant begin;
  private final Map<String, Integer> queues;

  private EngineValues(Instant begin, Map<String, Integer> queues) {
    this.begin = begin;
    this.queues = queues;
  }

  /** Makes the queues and resources that a script begins with. */
  static EngineValues begin(
      GroupCommitter committer, Connection connection, EngineParts parts, Script script) {
    List<QueueSettings> settings = script.queues().stream().map(EngineValues::settings).toList();
    committer.submit(new EnsureQueues(), settings).join();
    script
        .resources()
        .forEach(
            (id, units) ->
                committer
                    .submit(
                        parts.resources,
                        new ChangeResources.Create(id, ResourceLimits.capacity(units)))
                    .join());
    try {
      Map<String, Integer> keys = new HashMap<>();
      for (Queue queue : new QueueReader(connection).list("", 100)) {
        keys.put(queue.queueId(), queue.key().value());
      }
      return new EngineValues(TestClock.now(connection), keys);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static QueueSettings settings(QueueSpec spec) {
    QueuePolicy policy =
        QueuePolicy.concurrently(spec.concurrency())
            .withAging(
                Optional.of(Duration.ofMinutes(spec.agingMinutes())).filter(d -> !d.isZero()))
            .with(spec.grouped() ? Durability.GROUPED : Durability.EACH)
            .with(spec.passes() ? KeyRetry.PASS : KeyRetry.HOLD);
    return new QueueSettings(
        spec.name(), policy, RetryPolicy.DEFAULT, ATTEMPT, Duration.ofHours(1));
  }

  /** The instant from which the hours of the script count. */
  Instant begin() {
    return begin;
  }

  int queue(String id) {
    return queues.get(id);
  }

  List<NewTask> tasks(List<TaskSpec> all) {
    return all.stream().map(this::task).toList();
  }

  private NewTask task(TaskSpec spec) {
    List<Dependency> needs =
        spec.needs().stream()
            .map(need -> new Dependency(need.task(), need.policy(), Optional.empty()))
            .toList();
    Duration backoff = Duration.ofMinutes(spec.backoffMinutes());
    return new NewTask(
        new io.tasklane.task.TaskSpec(
            spec.name(),
            spec.queue(),
            spec.type(),
            Payload.json(TaskSpec.input(spec.name())),
            new Priority(spec.priority()),
            retryPolicy(spec.attempts(), backoff),
            new Timeouts(
                attemptLimit(spec.attempts()),
                hours(spec.queueHours()),
                hours(spec.totalHours()),
                cancelGrace(spec.units())),
            Duration.ofHours(TaskSpec.RESULT_HOURS),
            spec.labels(),
            new StartConditions(needs, at(spec.runAfterHour()), at(spec.expireHour())),
            set(spec.deduplicationKey()),
            new RunRules(set(spec.orderingKey()), spec.units(), spec.preemptible())),
        true,
        new QueueKey(queue(spec.queue())),
        Model.CLIENT,
        "",
        0);
  }

  /** The policy of a task: jitter only where there is nothing to draw from. */
  private static RetryPolicy retryPolicy(int attempts, Duration backoff) {
    double jitter = backoff.isZero() ? 0.5 : 0.0;
    return new RetryPolicy(
        attempts, backoff, 2.0, Duration.ofHours(4), jitter, List.of(TaskSpec.NO_RETRY));
  }

  private static Duration attemptLimit(int attempts) {
    return ATTEMPT.plusMinutes(attempts);
  }

  private static Duration cancelGrace(Map<String, Integer> units) {
    return units.isEmpty() ? Timeouts.DEFAULT_CANCEL_GRACE : Duration.ofSeconds(20);
  }

  /**
   * What follows from the rest of a script's task, and is otherwise in this one; empty for none.
   */
  static String unlike(Task task) {
    RetryPolicy policy = task.retryPolicy();
    List<String> unlike = new ArrayList<>();
    if (!policy.equals(retryPolicy(policy.maximumAttempts(), policy.initialBackoff()))) {
      unlike.add("" + policy);
    }
    if (!task.attemptTimeout().equals(attemptLimit(policy.maximumAttempts()))) {
      unlike.add("attempt limit " + task.attemptTimeout());
    }
    if (!task.timeouts().cancelGrace().equals(cancelGrace(task.rules().resourceUnits()))) {
      unlike.add("cancel grace " + task.timeouts().cancelGrace());
    }
    if (!task.resultTtl().equals(Duration.ofHours(TaskSpec.RESULT_HOURS))) {
      unlike.add("result kept for " + task.resultTtl());
    }
    if (!task.input().text().equals(TaskSpec.input(task.taskId()))) {
      unlike.add("input " + task.input().text());
    }
    if (!task.input().isJson() || !task.result().map(Payload::isJson).orElse(true)) {
      unlike.add("content type");
    }
    return String.join(", ", unlike);
  }

  private static Optional<Duration> hours(int hours) {
    return Optional.of(Duration.ofHours(hours)).filter(d -> !d.isZero());
  }

  private Optional<Instant> at(int hour) {
    return hour == 0 ? Optional.empty() : Optional.of(begin.plus(Duration.ofHours(hour)));
  }

  private static Optional<String> set(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  Progress progress(int units) {
    return new Progress(units, 9, "unit " + units, "", begin);
  }

  TaskUpdate update(TaskChange change) {
    Set<TaskUpdate.Field> fields = EnumSet.noneOf(TaskUpdate.Field.class);
    change.priority().ifPresent(v -> fields.add(TaskUpdate.Field.PRIORITY));
    change.runAfterHour().ifPresent(v -> fields.add(TaskUpdate.Field.RUN_AFTER_TIME));
    change.expireHour().ifPresent(v -> fields.add(TaskUpdate.Field.EXPIRE_TIME));
    change.labels().ifPresent(v -> fields.add(TaskUpdate.Field.LABELS));
    return new TaskUpdate(
        fields,
        new Priority(change.priority().orElse(5)),
        at(change.runAfterHour().orElse(0)),
        at(change.expireHour().orElse(0)),
        change.labels().orElse(Map.of()));
  }

  DiscardDeadLetters.Request discard(String task) {
    return new DiscardDeadLetters.Request(task, new Actor(Model.CLIENT, "done with"));
  }

  CompleteAndClaim.Completion settle(Task run, Command.Ended ended) {
    RunOutcome outcome = ended.outcome();
    RunCompletion what =
        RunCompletion.of(end(outcome), run.retryPolicy(), run.attempt(), new Random(1));
    return CompleteAndClaim.Completion.of(
        run, what, List.of(), outcome.log(), ended.progress().map(this::progress));
  }

  private static RunEnd end(RunOutcome outcome) {
    Optional<Payload> result = set(outcome.result()).map(Payload::json);
    return switch (outcome) {
      case SUCCEEDED -> new RunEnd.Succeeded(result.orElseThrow(), List.of());
      case STOPPED -> new RunEnd.Stopped(result);
      case PREEMPTED -> new RunEnd.Preempted("tasks/urgent");
      case HANDED_BACK -> new RunEnd.HandedBack();
      case FAILED, FAILED_PARTLY, FAILED_UNWANTED, FAILED_FOR_GOOD, TIMED_OUT ->
          new RunEnd.Failed(failure(outcome), Optional.empty(), result);
    };
  }

  private static Failure failure(RunOutcome outcome) {
    Failure.Kind kind =
        outcome.isRetryable()
            ? Failure.Kind.RETRYABLE
            : outcome == RunOutcome.TIMED_OUT ? Failure.Kind.TIMEOUT : Failure.Kind.PERMANENT;
    return new Failure(kind, outcome.code(), outcome.message(), outcome.trace(), Instant.EPOCH);
  }
}
