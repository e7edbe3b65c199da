package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CopyTasks.Origin;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.NewTasks;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ended without success runs again as a new task. */
class RepeatTest {
  private static final Actor ALICE = new Actor("user:alice", "feed is back");

  private final StoreBench store = new StoreBench();
  private final CopyTasks repeats =
      new CopyTasks(
          store.creation,
          (task, needs, input, principal) -> {
            NewTask copy = store.task(task.priority().value());
            return NewTasks.of(
                copy.taskId(),
                false,
                copy.queue().value(),
                copy.queueId(),
                task.taskType(),
                input.orElse(task.input()),
                task.priority(),
                task.retryPolicy(),
                task.attemptTimeout(),
                task.resultTtl(),
                task.labels(),
                copy.start(),
                copy.deduplicationKey(),
                principal,
                "");
          });
  private Ownership owner;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_retried_task_is_a_new_one_that_names_the_old() {
    Task failed = failed();
    Task again = repeat(failed, Origin.TASK, Optional.empty());
    assertThat(again.state()).isEqualTo(TaskState.QUEUED);
    assertThat(again.retryOf()).contains(failed.taskId());
    assertThat(again.input()).isEqualTo(failed.input());
    assertThat(store.read(failed.taskId())).isEqualTo(failed);
    assertThat(store.claim(owner).claimed().orElseThrow().taskId()).isEqualTo(again.taskId());
  }

  @Test
  void another_input_may_be_given() {
    Payload input = Payload.json("{\"symbols\":[\"MSFT\"]}");
    assertThat(repeat(failed(), Origin.TASK, Optional.of(input)).input()).isEqualTo(input);
  }

  @Test
  void a_cancelled_task_may_be_retried() {
    Task task = store.create(store.task(5));
    store.cancel(task.taskId());
    assertThat(repeat(task, Origin.TASK, Optional.empty()).retryOf()).contains(task.taskId());
  }

  @Test
  void what_has_not_ended_or_has_succeeded_or_is_not_there_is_not_retried() {
    Task task = store.create(store.task(5));
    refuses(() -> repeat(task, Origin.TASK, Optional.empty()), "TASK_NOT_ENDED");
    owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    refuses(() -> repeat(task, Origin.TASK, Optional.empty()), "TASK_NOT_ENDED");
    store.complete(owner, run, StoreBench.succeeded(), false);
    refuses(() -> repeat(task, Origin.TASK, Optional.empty()), "TASK_SUCCEEDED");
    refuses(() -> repeat("nobody", Origin.TASK, Optional.empty()), "TASK_NOT_FOUND");
    assertThat(store.count("task")).isOne();
  }

  @Test
  void a_replay_is_counted_and_logged_with_who_and_why() {
    Task failed = failed();
    repeat(failed, Origin.DEAD_LETTER, Optional.empty());
    Task second = repeat(failed, Origin.DEAD_LETTER, Optional.empty());
    assertThat(second.retryOf()).contains(failed.taskId());
    assertThat(
            rows(
                "dead_letter WHERE replay_count = 2 AND replay_principal = 'user:alice'"
                    + " AND replay_reason = 'feed is back' AND replay_time IS NOT NULL"))
        .isOne();
    assertThat(
            rows(
                "task_event WHERE kind = 11 AND subject = 'deadLetters/"
                    + failed.taskId()
                    + "' AND actor = 'user:alice' AND data::jsonb ->> 'reason' = 'feed is back'"
                    + " AND data::jsonb ->> 'queue' = 'queues/Q' AND data::jsonb ->> 'replay' ="
                    + " 'tasks/"
                    + second.taskId()
                    + "'"))
        .isOne();
  }

  @Test
  void only_a_dead_letter_is_replayed() {
    Task cancelled = store.create(store.task(5));
    store.cancel(cancelled.taskId());
    refuses(() -> repeat(cancelled, Origin.DEAD_LETTER, Optional.empty()), "DEAD_LETTER_NOT_FOUND");
    refuses(() -> repeat("none", Origin.DEAD_LETTER, Optional.empty()), "DEAD_LETTER_NOT_FOUND");
    assertThat(store.count("task")).isOne();
  }

  @Test
  void a_copy_that_cannot_be_created_leaves_nothing_behind() {
    Task failed = failed();
    CopyTasks refusing =
        new CopyTasks(
            store.creation,
            (task, needs, input, principal) -> {
              throw Refusal.of(
                  Refusal.Sort.FAILED_PRECONDITION,
                  RefusalReason.TASK_TYPE_UNKNOWN,
                  task.name(),
                  "gone");
            });
    CopyTasks.Request wish =
        new CopyTasks.Request(failed.taskId(), Origin.DEAD_LETTER, CopyOptions.NONE, ALICE);
    refuses(() -> StoreBench.get(store.committer.submit(refusing, wish)), "TASK_TYPE_UNKNOWN");
    assertThat(rows("dead_letter WHERE replay_count = 0")).isOne();
    assertThat(store.count("task")).isOne();
  }

  /** A task that failed for good. */
  private Task failed() {
    Task task = store.create(store.task(5));
    owner = store.take("n1", 1).orElseThrow();
    Failure failure = new Failure(Failure.Kind.PERMANENT, "BAD", "no price", "", Instant.EPOCH);
    store.complete(
        owner,
        store.claim(owner).claimed().orElseThrow(),
        new RunEnd.Failed(failure, Optional.empty(), Optional.empty()),
        false);
    return store.read(task.taskId());
  }

  private Task repeat(Task task, Origin origin, Optional<Payload> input) {
    return repeat(task.taskId(), origin, input);
  }

  private Task repeat(String taskId, Origin origin, Optional<Payload> input) {
    return StoreBench.get(
        store.committer.submit(
            repeats, new CopyTasks.Request(taskId, origin, new CopyOptions(input, false), ALICE)));
  }

  private long rows(String of) {
    return Postgres.number(store.database, "SELECT count(*) FROM " + of);
  }

  private static void refuses(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo(reason));
  }
}
