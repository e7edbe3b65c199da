package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskType;
import io.tasklane.task.type.Handlers;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit by itself: the task's, else its input's, else its type's, else its queue's. */
class TaskDefaultsTest {
  private static final String TYPE = "t";
  private static QueueDirectory directory;

  /** The queue Q states minutes; BARE states what every queue has. */
  @BeforeAll
  static void createQueues() {
    Database database = Postgres.empty();
    io.tasklane.commit.GroupCommitter committer =
        new io.tasklane.commit.GroupCommitter(database, Thread::new, () -> {});
    Timeouts minutes =
        new Timeouts(
            Duration.ofMinutes(4),
            Optional.of(Duration.ofMinutes(5)),
            Optional.of(Duration.ofMinutes(6)),
            Duration.ofMinutes(7));
    committer
        .submit(
            new io.tasklane.queue.admin.EnsureQueues(),
            List.of(
                QueueSettings.of(
                    "Q",
                    QueuePolicy.STANDARD,
                    new QueueDefaults(RetryPolicy.attempts(4), minutes, Duration.ofHours(8)))))
        .join();
    committer.close();
    directory = new QueueDirectory(database);
    directory.refresh();
  }

  /**
   * A limit.
   *
   * @param name of the limit
   * @param set sets it to so many seconds
   * @param get reads it
   * @param ofQueue seconds that the queue states
   */
  private record Limit(
      String name,
      Function<Duration, RequestedTimeouts> set,
      Function<Timeouts, Duration> get,
      long ofQueue) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Limit> limits() {
    RequestedTimeouts none = RequestedTimeouts.NONE;
    return Stream.of(
        new Limit("attempt_timeout", none::withAttempt, Timeouts::attempt, 240),
        new Limit("queue_timeout", none::withQueue, t -> t.queue().orElseThrow(), 300),
        new Limit("total_timeout", none::withTotal, t -> t.total().orElseThrow(), 360),
        new Limit("cancel_grace", none::withCancelGrace, Timeouts::cancelGrace, 420));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void a_limit_is_the_tasks_else_the_types_else_the_queues(Limit limit) {
    TaskType silent = TaskType.named(TYPE);
    TaskType states = silent.withTimeouts(limit.set().apply(Duration.ofSeconds(20)));
    TaskRequest plain = TaskRequest.of("Q", TYPE, Payload.json("{}"));
    TaskRequest own = plain.withTimeouts(limit.set().apply(Duration.ofSeconds(10)));

    assertThat(limit.get().apply(admitted(states, own).timeouts())).hasSeconds(10);
    assertThat(limit.get().apply(admitted(states, plain).timeouts())).hasSeconds(20);
    assertThat(limit.get().apply(admitted(silent, plain).timeouts())).hasSeconds(limit.ofQueue());
    for (Limit other : limits().filter(o -> !o.name().equals(limit.name())).toList()) {
      assertThat(other.get().apply(admitted(states, own).timeouts()))
          .as("%s is not touched by %s", other, limit)
          .hasSeconds(other.ofQueue());
    }
  }

  @Test
  void a_limit_that_the_input_carries_goes_before_that_of_the_type() {
    TaskType states =
        TaskType.named(TYPE)
            .withInputSchema("{\"properties\": {\"timeout_seconds\": {\"type\": \"integer\"}}}")
            .withAttemptTimeout(Duration.ofSeconds(20));
    TaskRequest carries = TaskRequest.of("Q", TYPE, Payload.json("{\"timeout_seconds\": 15}"));
    TaskRequest own =
        carries.withTimeouts(RequestedTimeouts.NONE.withAttempt(Duration.ofSeconds(10)));
    assertThat(admitted(states, carries).timeouts().attempt()).hasSeconds(15);
    assertThat(admitted(states, own).timeouts().attempt()).hasSeconds(10);
  }

  @Test
  void a_retry_policy_is_the_tasks_else_the_types_else_the_queues() {
    TaskType silent = TaskType.named(TYPE);
    TaskType states = silent.withRetryPolicy(RetryPolicy.attempts(2));
    TaskRequest plain = TaskRequest.of("Q", TYPE, Payload.json("{}"));
    TaskRequest own =
        new TaskRequest(
            plain.taskId(),
            plain.queue(),
            plain.taskType(),
            plain.input(),
            plain.priority(),
            Optional.of(RetryPolicy.attempts(1)),
            plain.timeouts(),
            plain.resultTtl(),
            plain.labels(),
            plain.start(),
            plain.deduplicationKey(),
            plain.rules());
    assertThat(admitted(states, own).retryPolicy().maximumAttempts()).isOne();
    assertThat(admitted(states, plain).retryPolicy().maximumAttempts()).isEqualTo(2);
    assertThat(admitted(silent, plain).retryPolicy().maximumAttempts()).isEqualTo(4);
  }

  @Test
  void the_system_types_state_nothing() {
    for (TaskHandler handler : io.tasklane.task.type.SystemTypes.all()) {
      assertThat(handler.type().retryPolicy()).as(handler.type().name()).isEmpty();
      assertThat(handler.type().timeouts()).isEqualTo(RequestedTimeouts.NONE);
    }
  }

  @Test
  void a_type_without_a_part_is_refused_when_it_is_registered() {
    TaskType type = TaskType.named(TYPE);
    assertThatThrownBy(() -> type.withInputSchema(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("task type t: input schema null is not allowed");
    assertThatThrownBy(() -> type.describedAs(null)).hasMessageContaining("description null");
    assertThatThrownBy(() -> type.withAttemptTimeout(Duration.ZERO))
        .hasMessageContaining("must be more than zero");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "7", "{", "{} {}", " "})
  void a_type_whose_input_schema_is_none_is_refused_when_it_is_registered(String schema) {
    TaskType type = TaskType.named(TYPE).withInputSchema(schema);
    assertThatThrownBy(() -> new Handlers(List.of(handler(type))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("task type t: its input schema is not allowed: ")
        .hasMessageEndingWith(": " + schema);
  }

  private static TaskSpec admitted(TaskType type, TaskRequest request) {
    return new TaskAdmission(
            directory, new Handlers(List.of(handler(type))), () -> "drawn", Clock.systemUTC())
        .admit(request, "", "tester")
        .spec();
  }

  private static TaskHandler handler(TaskType type) {
    return new TaskHandler() {
      @Override
      public TaskType type() {
        return type;
      }

      @Override
      public Payload handle(Run run) {
        return run.input();
      }
    };
  }
}
