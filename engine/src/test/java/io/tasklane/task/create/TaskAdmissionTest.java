package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
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
import io.tasklane.task.Task;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskType;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import io.tasklane.time.SettableClock;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for is checked before it becomes a row, and a refusal names field and value. */
class TaskAdmissionTest {
  private final Database database = Postgres.empty();
  private final TaskAdmission admission = admission();

  @Test
  void an_unknown_queue_is_named() {
    refused(
        TaskRequest.of("NOWHERE", "system.noop", Payload.json("{}")),
        "QUEUE_UNKNOWN",
        "task.queue",
        "\"queues/NOWHERE\" does not exist");
  }

  @Test
  void an_unknown_type_is_named_with_those_that_are_known() {
    refused(
        TaskRequest.of("Q", "system.nap", Payload.json("{}")),
        "TASK_TYPE_UNKNOWN",
        "task.task_type",
        "\"system.nap\" is not served here; known are own.type, system.echo, system.fail");
  }

  @Test
  void a_type_is_refused_in_a_queue_that_does_not_accept_it() {
    refused(
        TaskRequest.of("Q", "own.type", Payload.json("{}")),
        "TASK_TYPE_NOT_ACCEPTED",
        "task.task_type",
        "\"own.type\" is not accepted by queues/Q, only by OTHER, LIMITED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä"})
  void an_id_that_is_no_such_word_is_shown_with_the_pattern(String id) {
    refused(
        noop().withTaskId(id),
        "INVALID_FIELD",
        "task_id",
        "task_id \"" + id + "\" is not allowed: [a-zA-Z0-9._-]{1,128}");
  }

  @Test
  void an_input_of_more_than_256_kib_is_refused_with_both_sizes() {
    Payload large = new Payload("x/y", new byte[Payload.MAX_BYTES + 1]);
    refused(
        TaskRequest.of("Q", "system.echo", large),
        "PAYLOAD_TOO_LARGE",
        "task.input.inline",
        "262145 bytes is not allowed: at most 262144");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|required property 'millis' not found",
        "{\"millis\":-1}|millis: must have a minimum value of 0",
        "{\"millis\":1,\"naps\":2}|property 'naps' is not defined",
        "{\"millis\":\"1\"}|millis: string found, integer expected",
        "{\"millis\":1|it is not JSON",
        "{\"millis\":1} and more|it is not JSON",
        "''|it is empty"
      })
  void an_input_that_does_not_fit_the_schema_is_refused_with_every_fault(
      String input, String fault) {
    refused(
        TaskRequest.of("Q", "system.sleep", Payload.json(input)),
        "INPUT_SCHEMA",
        "task.input",
        fault);
  }

  /** Field and limits are those of an input that nothing is put into. */
  @ParameterizedTest
  @MethodSource("documentsBeyondALimit")
  void an_input_that_could_not_be_read_at_the_start_is_refused(String document) {
    TaskRequest request = TaskRequest.of("Q", "system.echo", Payload.json(document));
    Dependency handingOver = new Dependency("x", DependencyPolicy.ON_SUCCESS, Optional.of("need"));
    refused(
        request.withStart(StartConditions.after(List.of(handingOver))),
        "INPUT_SCHEMA",
        "task.input",
        "input does not fit the schema of system.echo: ");
  }

  private static List<String> documentsBeyondALimit() {
    List<String> documents = new ArrayList<>();
    for (int levels : new int[] {1000, 1001, 1200, 100_000}) {
      documents.add("{\"deep\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
    }
    documents.add("{\"a\":" + "1".repeat(1001) + "}");
    documents.add("{\"a\":1e99999999999}");
    documents.add("{\"" + "k".repeat(50_001) + "\":1}");
    return documents;
  }

  @Test
  void the_deepest_input_is_taken_with_and_without_an_input_key() {
    String deepest = "{\"deep\":" + "[".repeat(999) + "]".repeat(999) + "}";
    TaskRequest request = TaskRequest.of("Q", "system.echo", Payload.json(deepest));
    Dependency handingOver = new Dependency("x", DependencyPolicy.ON_SUCCESS, Optional.of("need"));
    admission.admit(request, "", "ann");
    admission.admit(request.withStart(StartConditions.after(List.of(handingOver))), "", "ann");
  }

  @Test
  void an_input_that_is_not_json_is_refused_where_a_schema_asks_for_json() {
    refused(
        TaskRequest.of("Q", "system.sleep", new Payload("text/plain", new byte[0])),
        "INPUT_SCHEMA",
        "task.input",
        "it is text/plain, and must be application/json");
  }

  @Test
  void an_input_by_reference_is_taken_by_types_that_do_not_look_into_it_alone() {
    Payload reference =
        Payload.reference(new ArtifactReference("0a".repeat(32), 1_000_000_000, Payload.JSON));
    refused(
        TaskRequest.of("Q", "system.sleep", reference),
        "INPUT_SCHEMA",
        "task.input",
        "it is a reference, whose bytes are not looked into, and must be inline application/json");
    assertThat(
            admission
                .admit(TaskRequest.of("Q", "system.noop", reference), "", "tester")
                .spec()
                .input())
        .isEqualTo(reference);
  }

  @Test
  void times_out_of_range_are_named_with_their_range() {
    refused(
        with(Duration.ofHours(25), Duration.ofHours(1)),
        "INVALID_FIELD",
        "task.timeouts.attempt_timeout",
        "PT25H is not allowed: more than zero, at most PT24H");
    refused(
        noop().withTimeouts(RequestedTimeouts.NONE.withQueue(Duration.ofNanos(1))),
        "INVALID_FIELD",
        "task.timeouts.queue_timeout",
        "PT0.000000001S is not allowed: zero for none, or PT0.001S to PT8760H");
    refused(
        noop().withTimeouts(RequestedTimeouts.NONE.withTotal(Duration.ofDays(366))),
        "INVALID_FIELD",
        "task.timeouts.total_timeout",
        "PT8784H is not allowed: zero for none, or PT0.001S to PT8760H");
    refused(
        noop().withTimeouts(RequestedTimeouts.NONE.withCancelGrace(Duration.ofHours(25))),
        "INVALID_FIELD",
        "task.timeouts.cancel_grace",
        "PT25H is not allowed: zero to PT24H");
    refused(
        with(Duration.ofHours(1), Duration.ZERO),
        "INVALID_FIELD",
        "task.result_ttl",
        "PT0S is not allowed: more than zero, at most PT8760H");
  }

  @Test
  void what_is_left_open_takes_the_defaults_of_the_queue_or_of_a_type_made_for_it() {
    NewTask plain = admission.admit(noop(), "", "ann");
    assertThat(plain.taskId()).isEqualTo("drawn");
    assertThat(plain.spec().timeouts().attempt()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plain.spec().retryPolicy()).isEqualTo(RetryPolicy.attempts(3));
    assertThat(plain.spec().resultTtl()).isEqualTo(Duration.ofHours(5));
    assertThat(plain.principal()).isEqualTo("ann");
    NewTask own =
        admission.admit(TaskRequest.of("OTHER", "own.type", Payload.json("{}")), "", "ann");
    assertThat(own.spec().timeouts().attempt()).isEqualTo(Duration.ofSeconds(7));
    assertThat(own.spec().retryPolicy()).isEqualTo(RetryPolicy.attempts(9));
  }

  @Test
  void the_time_limits_of_a_task_go_over_those_of_its_type_and_these_over_the_queues() {
    TaskRequest own = TaskRequest.of("LIMITED", "own.type", Payload.json("{}"));
    Timeouts byDefault = admission.admit(own, "", "ann").spec().timeouts();
    assertThat(byDefault)
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(7), // the type's
                Optional.of(Duration.ofMinutes(3)), // the queue's
                Optional.of(Duration.ofMinutes(8)), // the type's, over the queue's 4
                Duration.ofMinutes(5))); // the queue's
    RequestedTimeouts wishes =
        new RequestedTimeouts(
            Optional.empty(),
            Optional.of(Duration.ZERO),
            Optional.of(Duration.ofMinutes(9)),
            Optional.of(Duration.ZERO));
    assertThat(admission.admit(own.withTimeouts(wishes), "", "ann").spec().timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(7),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(9)),
                Duration.ZERO));
    assertThat(admission.admit(noop(), "", "ann").spec().timeouts())
        .isEqualTo(Timeouts.ofAttempt(Duration.ofMinutes(2)));
  }

  @Test
  void a_copy_of_a_task_without_a_limit_has_none_whatever_its_queue_says_now() {
    TaskRequest free =
        TaskRequest.of("LIMITED", "system.noop", Payload.json("{}"))
            .withTimeouts(RequestedTimeouts.NONE.withQueue(Duration.ZERO).withTotal(Duration.ZERO));
    Task old = born(free, "ann");
    assertThat(old.timeouts().limitWaiting()).isFalse();
    assertThat(admission.again(old, Optional.empty(), "bob").spec().timeouts())
        .isEqualTo(old.spec().timeouts());
  }

  @Test
  void a_copy_has_all_of_the_old_task_but_its_name_and_who_asked() {
    Task old =
        born(
            with(Duration.ofMinutes(9), Duration.ofHours(9))
                .withTaskId("old")
                .withPriority(new Priority(8))
                .withLabels(Map.of("desk", "us")),
            "ann");
    NewTask copy = admission.again(old, Optional.empty(), "bob");
    assertThat(
            copy.asCreated(
                old.id(), old.revision(), old.createTime(), old.state(), Optional.empty()))
        .usingRecursiveComparison()
        .ignoringFields("spec.taskId")
        .isEqualTo(old);
    assertThat(copy.taskId()).isEqualTo("drawn");
    assertThat(copy.principal()).isEqualTo("bob");
  }

  @Test
  void an_input_that_is_given_for_a_copy_is_held_against_the_schema() {
    Task old = born(sleep("{\"millis\":1}"), "ann");
    Payload better = Payload.json("{\"millis\":2}");
    assertThat(admission.again(old, Optional.of(better), "bob").spec().input()).isEqualTo(better);
    copyRefused(
        old,
        Optional.of(Payload.json("{}")),
        Refusal.Sort.INVALID_ARGUMENT,
        "INPUT_SCHEMA",
        "input_override");
    copyRefused(
        old,
        Optional.of(new Payload("x/y", new byte[Payload.MAX_BYTES + 1])),
        Refusal.Sort.INVALID_ARGUMENT,
        "PAYLOAD_TOO_LARGE",
        "input_override.inline");
  }

  @Test
  void what_could_not_be_created_any_more_is_not_run_again() {
    Task old = born(noop(), "ann");
    TaskAdmission without =
        new TaskAdmission(
            new QueueDirectory(database), new Handlers(List.of()), () -> "x", new SettableClock());
    assertThatThrownBy(() -> without.again(old, Optional.empty(), "bob"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(r.reason().name()).isEqualTo("TASK_TYPE_UNKNOWN");
              assertThat(r.resource()).contains(old.name());
              assertThat(r.getMessage()).contains("cannot be run again", "\"system.noop\"");
            });
  }

  private Task born(TaskRequest request, String principal) {
    return admission
        .admit(request, "", principal)
        .asCreated(1, 1, Instant.EPOCH, TaskState.QUEUED, Optional.empty());
  }

  private void copyRefused(
      Task old, Optional<Payload> input, Refusal.Sort sort, String reason, String field) {
    assertThatThrownBy(() -> admission.again(old, input, "bob"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(sort);
              assertThat(r.reason().name()).isEqualTo(reason);
              assertThat(r.field()).contains(field);
            });
  }

  private static TaskRequest sleep(String input) {
    return TaskRequest.of("Q", "system.sleep", Payload.json(input));
  }

  private static TaskRequest noop() {
    return TaskRequest.of("Q", "system.noop", Payload.json("{}"));
  }

  private static TaskRequest with(Duration attemptTimeout, Duration resultTtl) {
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

  private void refused(TaskRequest request, String reason, String field, String message) {
    assertThatThrownBy(() -> admission.admit(request, "", "ann"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.reason().name()).isEqualTo(reason);
              assertThat(r.field()).contains(field);
              assertThat(r.getMessage()).contains(message);
            });
  }

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

  private static QueueSettings queue(String id, int attempts) {
    return new QueueSettings(
        id,
        QueuePolicy.STANDARD,
        RetryPolicy.attempts(attempts),
        Duration.ofMinutes(2),
        Duration.ofHours(5));
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
