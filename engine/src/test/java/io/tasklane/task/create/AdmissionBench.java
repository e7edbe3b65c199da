package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Run;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskType;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import io.tasklane.time.SettableClock;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An admission over a real database with three queues, and what its tests ask of it. */
abstract class AdmissionBench {
  private static final QueueSettings LIMITED =
      new QueueSettings(
          "LIMITED",
          QueuePolicy.STANDARD,
          RetryPolicy.DEFAULT,
          new Timeouts(
              Duration.ofMinutes(2),
              Optional.of(Duration.ofMinutes(3)),
              Optional.of(Duration.ofMinutes(4)),
              Duration.ofMinutes(5)),
          Duration.ofHours(5));

  final Database database = Postgres.empty();
  final TaskAdmission admission = admission();

  private TaskAdmission admission() {
    try (GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {})) {
      committer
          .submit(
              new EnsureQueues(),
              List.of(
                  queue("Q", 3), queue("OTHER", RetryPolicy.DEFAULT.maximumAttempts()), LIMITED))
          .join();
    }
    List<TaskHandler> handlers = new ArrayList<>(SystemTypes.all());
    handlers.add(new OwnType());
    return new TaskAdmission(
        new QueueDirectory(database), new Handlers(handlers), () -> "drawn", new SettableClock());
  }

  private static QueueSettings queue(String id, int attempts) {
    return new QueueSettings(
        id,
        QueuePolicy.STANDARD,
        RetryPolicy.attempts(attempts),
        Duration.ofMinutes(2),
        Duration.ofHours(5));
  }

  static TaskRequest sleep(String input) {
    return TaskRequest.of("Q", "system.sleep", Payload.json(input));
  }

  static TaskRequest noop() {
    return TaskRequest.of("Q", "system.noop", Payload.json("{}"));
  }

  static TaskRequest with(Duration attemptTimeout, Duration resultTtl) {
    return new TaskRequest(
        Optional.empty(),
        "Q",
        "system.noop",
        Payload.json("{}"),
        Priority.DEFAULT,
        Optional.empty(),
        RequestedTimeouts.NONE.withAttempt(attemptTimeout),
        Optional.of(resultTtl),
        Map.of(),
        StartConditions.NONE,
        Optional.empty(),
        RunRules.NONE);
  }

  void refused(TaskRequest request, String reason, String field, String message) {
    assertThatThrownBy(() -> admission.admit(request, "", "ann"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.reason().name()).isEqualTo(reason);
              assertThat(r.field()).contains(field);
              assertThat(r.getMessage()).contains(message);
            });
  }

  private static final class OwnType implements TaskHandler {
    @Override
    public TaskType type() {
      return TaskType.named("own.type")
          .acceptedBy("OTHER", "LIMITED")
          .withRetryPolicy(RetryPolicy.attempts(9))
          .withTimeouts(
              RequestedTimeouts.NONE
                  .withAttempt(Duration.ofSeconds(7))
                  .withTotal(Duration.ofMinutes(8)));
    }

    @Override
    public Payload handle(Run run) {
      return run.input();
    }
  }
}
