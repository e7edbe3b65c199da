package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.SettableClock;
import io.tasklane.timeout.RequestedTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a task that is run again takes over from the old one, and when that is refused. */
class CopyAdmissionTest extends AdmissionBench {
  @Test
  void a_copy_of_a_task_without_a_limit_has_none_whatever_its_queue_says_now() {
    TaskRequest free =
        TaskRequest.of("LIMITED", "system.noop", Payload.json("{}"))
            .withTimeouts(RequestedTimeouts.NONE.withQueue(Duration.ZERO).withTotal(Duration.ZERO));
    Task old = born(free, "ann");
    assertThat(old.timeouts().limitWaiting()).isFalse();
    assertThat(admission.again(old, List.of(), Optional.empty(), "bob").spec().timeouts())
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
    NewTask copy = admission.again(old, List.of(), Optional.empty(), "bob");
    assertThat(
            copy.asCreated(
                old.id(), old.revision(), old.createTime(), old.state(), Optional.empty()))
        .usingRecursiveComparison()
        .ignoringFields("spec.taskId", "creator")
        .isEqualTo(old);
    assertThat(copy.taskId()).isEqualTo("drawn");
    assertThat(copy.principal()).isEqualTo("bob");
  }

  @Test
  void an_input_that_is_given_for_a_copy_is_held_against_the_schema() {
    Task old = born(sleep("{\"millis\":1}"), "ann");
    Payload better = Payload.json("{\"millis\":2}");
    assertThat(admission.again(old, List.of(), Optional.of(better), "bob").spec().input())
        .isEqualTo(better);
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
    assertThatThrownBy(() -> without.again(old, List.of(), Optional.empty(), "bob"))
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
        .asCreated(new TaskKey(1), 1, Instant.EPOCH, TaskState.QUEUED, Optional.empty());
  }

  private void copyRefused(
      Task old, Optional<Payload> input, Refusal.Sort sort, String reason, String field) {
    assertThatThrownBy(() -> admission.again(old, List.of(), input, "bob"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(sort);
              assertThat(r.reason().name()).isEqualTo(reason);
              assertThat(r.field()).contains(field);
            });
  }
}
