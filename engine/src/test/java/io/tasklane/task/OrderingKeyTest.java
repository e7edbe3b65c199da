package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.KeyRetry;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks of one ordering key never overlap and keep their order, across queues and nodes. */
class OrderingKeyTest {
  private static final String KEY = "account-1";
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;
  private Ownership owner;

  @BeforeEach
  void own() {
    bench.order(policy -> policy.withConcurrency(9));
    owner = store.take("n1", 1).orElseThrow();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Task keyed(String name, int priority) {
    return store.create(store.named(name, priority).withRules(RunRules.ofKey(KEY)));
  }

  private Optional<String> claim() {
    return store.claim(owner).claimed().map(Task::taskId);
  }

  private static RunEnd retryable() {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "no", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  private void letRetriesComeDue() {
    Postgres.run(store.database, "UPDATE task_due SET due = now() - interval '1 second'");
    StoreBench.get(store.committer.submit(store.due, 100));
  }

  @Test
  void within_a_key_creation_beats_priority() {
    keyed("first", 1);
    keyed("second", 10);
    store.create(store.named("free", 5));
    assertThat(claim()).contains("free");
    assertThat(claim()).contains("first");
    assertThat(claim()).isEmpty();
    assertThat(store.read("second").state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void the_end_of_the_head_releases_the_next_in_the_same_command() {
    keyed("a", 5);
    keyed("b", 5);
    Task run = store.claim(owner).claimed().orElseThrow();
    CompleteAndClaimResult result = store.complete(owner, run, StoreBench.succeeded(), true);
    assertThat(result.claimed().map(Task::taskId)).contains("b");
    assertThat(result.claimed().orElseThrow().startTime())
        .hasValueSatisfying(
            start -> assertThat(start).isAfterOrEqualTo(store.read("a").endTime().orElseThrow()));
  }

  @Test
  void a_key_holds_across_queues_and_nodes() {
    int other = bench.make("OTHER", QueueDefaults.STANDARD).key().value();
    store.live("n2", 1);
    Ownership elsewhere = new Ownership(new QueueKey(other), "n2", 1, 1);
    Postgres.run(
        store.database,
        "UPDATE queue_owner SET node = 'n2', incarnation = 1, epoch = 1 WHERE queue = " + other);
    store.create(store.forQueue(other, "OTHER").withRules(RunRules.ofKey(KEY)));
    keyed("mine", 10);
    assertThat(claim()).isEmpty();
    Task run = store.claim(elsewhere).claimed().orElseThrow();
    assertThat(claim()).isEmpty();
    store.complete(elsewhere, run, StoreBench.succeeded(), false);
    assertThat(claim()).contains("mine");
  }

  @Test
  void a_head_that_waits_for_other_tasks_or_its_time_keeps_its_place() {
    Task needed = store.create(store.named("needed", 1));
    StartConditions after =
        StartConditions.after(
            List.of(new Dependency("needed", DependencyPolicy.ON_SUCCESS, Optional.empty())));
    store.create(store.named("head", 5).withStart(after).withRules(RunRules.ofKey(KEY)));
    keyed("next", 10);
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(run.id()).isEqualTo(needed.id());
    assertThat(claim()).isEmpty();
    CompleteAndClaimResult result = store.complete(owner, run, StoreBench.succeeded(), true);
    assertThat(result.claimed().map(Task::taskId)).contains("head");
    assertThat(claim()).isEmpty();
  }

  @Test
  void whatever_ends_the_head_lets_the_next_go() {
    for (String end : List.of("cancelled", "expired", "skipped", "failed", "lost")) {
      NewTask head = store.named(end + "-head", 5).withRules(RunRules.ofKey(KEY));
      if (end.equals("expired")) {
        head = head.withStart(StartConditions.NONE.expiringAt(Instant.now().plusSeconds(60)));
      }
      Task needed = store.create(store.named(end + "-needed", 1));
      if (end.equals("skipped")) {
        head =
            head.withStart(
                StartConditions.after(
                    List.of(
                        new Dependency(
                            needed.taskId(), DependencyPolicy.ON_SUCCESS, Optional.empty()))));
      }
      store.create(head);
      keyed(end + "-next", 10);
      end(end, needed);
      assertThat(claimAll()).as(end).contains(end + "-next");
      Postgres.run(store.database, "SELECT 1");
      completeAll();
    }
  }

  private void end(String how, Task needed) {
    String head = how + "-head";
    switch (how) {
      case "cancelled" -> store.cancel(head);
      case "skipped" -> store.cancel(needed.taskId());
      case "expired" -> {
        Postgres.run(
            store.database,
            "UPDATE task_deadline SET due = now(); UPDATE task SET expire_time = now() WHERE name ="
                + " 'expired-head'; UPDATE task_deadline SET due = k.expire_time FROM task k WHERE"
                + " k.id = task_deadline.task");
        StoreBench.get(store.committer.submit(store.expiry, 10));
      }
      case "failed" -> {
        Task run = store.claim(owner).claimed().orElseThrow();
        assertThat(run.taskId()).isEqualTo(head);
        Failure failure = new Failure(Failure.Kind.PERMANENT, "X", "", "", Instant.EPOCH);
        store.complete(
            owner, run, new RunEnd.Failed(failure, Optional.empty(), Optional.empty()), false);
      }
      default -> {
        for (int life = 2; life <= 4; life++) {
          assertThat(claim()).contains(head);
          store.live("n1", life);
          owner = store.take("n1", life).orElseThrow();
        }
        assertThat(store.read(head).state()).isEqualTo(TaskState.FAILED);
      }
    }
  }

  private List<String> claimAll() {
    List<String> claimed = new java.util.ArrayList<>();
    for (Optional<String> next = claim(); next.isPresent(); next = claim()) {
      claimed.add(next.get());
    }
    return claimed;
  }

  private void completeAll() {
    for (String name : running()) {
      store.complete(owner, store.read(name), StoreBench.succeeded(), false);
    }
  }

  private List<String> running() {
    return store.database.with(
        c -> {
          try (var rows =
              c.createStatement().executeQuery("SELECT name FROM task WHERE state = 5")) {
            List<String> names = new java.util.ArrayList<>();
            while (rows.next()) {
              names.add(rows.getString(1));
            }
            return names;
          }
        });
  }

  @Test
  void while_the_head_waits_for_its_retry_a_key_that_holds_waits_too() {
    keyed("a", 5);
    keyed("b", 5);
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, retryable(), false);
    assertThat(claim()).isEmpty();
    letRetriesComeDue();
    assertThat(claim()).contains("a");
    assertThat(claim()).isEmpty();
  }

  @Test
  void while_the_head_waits_for_its_retry_a_key_that_passes_goes_on_and_never_overlaps() {
    bench.order(policy -> policy.with(KeyRetry.PASS));
    keyed("a", 5);
    keyed("b", 5);
    keyed("c", 5);
    Task a = store.claim(owner).claimed().orElseThrow();
    CompleteAndClaimResult result = store.complete(owner, a, retryable(), true);
    Task b = result.claimed().orElseThrow();
    assertThat(b.taskId()).isEqualTo("b");
    letRetriesComeDue();
    assertThat(store.read("a").state()).isEqualTo(TaskState.QUEUED);
    assertThat(claim()).as("b runs still").isEmpty();
    result = store.complete(owner, b, StoreBench.succeeded(), true);
    assertThat(result.claimed().map(Task::taskId)).as("the oldest goes first again").contains("a");
    result = store.complete(owner, result.claimed().orElseThrow(), StoreBench.succeeded(), true);
    assertThat(result.claimed().map(Task::taskId)).contains("c");
  }

  @Test
  void a_task_created_while_all_others_of_its_key_rest_has_the_turn_at_once() {
    bench.order(policy -> policy.with(KeyRetry.PASS));
    keyed("a", 5);
    store.complete(owner, store.claim(owner).claimed().orElseThrow(), retryable(), false);
    keyed("late", 5);
    assertThat(claim()).contains("late");
    letRetriesComeDue();
    assertThat(claim()).isEmpty();
  }

  @Test
  void interrupted_work_keeps_the_turn_of_its_key() {
    keyed("a", 1);
    keyed("b", 10);
    store.complete(
        owner, store.claim(owner).claimed().orElseThrow(), new RunEnd.HandedBack(), false);
    assertThat(claim()).contains("a");
    assertThat(claim()).isEmpty();
  }

  @Test
  void the_order_of_a_key_takes_part_in_the_search_for_cycles() {
    NewTask first =
        store
            .named("first", 5)
            .withStart(
                StartConditions.after(
                    List.of(
                        new Dependency("middle", DependencyPolicy.ON_SUCCESS, Optional.empty()))))
            .withRules(RunRules.ofKey(KEY));
    NewTask middle =
        store
            .named("middle", 5)
            .withStart(
                StartConditions.after(
                    List.of(
                        new Dependency("last", DependencyPolicy.ON_SUCCESS, Optional.empty()))));
    NewTask last = store.named("last", 5).withRules(RunRules.ofKey(KEY));
    assertThatThrownBy(
            () ->
                StoreBench.get(
                    store.committer.submit(store.creation, List.of(first, middle, last))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason().name()).isEqualTo("DEPENDENCY_CYCLE");
              assertThat(refusal.getMessage())
                  .contains("tasks/first", "tasks/middle", "tasks/last");
            });
    assertThat(store.count("ordering_gate")).isZero();
    StoreBench.get(store.committer.submit(store.creation, List.of(last, middle, first)));
    assertThat(claim()).contains("last");
  }

  @Test
  void a_gate_goes_with_the_last_of_its_line() {
    keyed("a", 5);
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, StoreBench.succeeded(), false);
    assertThat(store.count("ordering_gate")).isZero();
    assertThat(store.count("ordering_line")).isZero();
  }
}
