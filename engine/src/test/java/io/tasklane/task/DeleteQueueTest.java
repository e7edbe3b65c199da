package io.tasklane.task;

import static io.tasklane.task.DrainTest.staysOpen;
import static io.tasklane.task.QueueBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.LateGate;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.DeleteQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.queue.admin.Unfinished;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue goes when nothing in it is unfinished, and what ended in it stays. */
class DeleteQueueTest {
  private static final String NOT_EMPTY = "QUEUE_NOT_EMPTY";
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_queue_with_anything_unfinished_is_not_deleted() {
    Task task = store.create(store.task(5));
    assertThat(reason(bench.delete(store.committer))).as("QUEUED").isEqualTo(NOT_EMPTY);
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(reason(bench.delete(store.committer))).as("RUNNING").isEqualTo(NOT_EMPTY);
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    store.complete(
        owner, run, new RunEnd.Failed(failure, Optional.empty(), Optional.empty()), false);
    assertThat(reason(bench.delete(store.committer))).as("RETRY_WAIT").isEqualTo(NOT_EMPTY);
    Postgres.run(store.database, "UPDATE task_due SET due = now()");
    StoreBench.get(store.committer.submit(store.due, 1));
    run = store.claim(owner).claimed().orElseThrow();
    store.cancel(task.taskId());
    assertThat(reason(bench.delete(store.committer))).as("CANCELLING").isEqualTo(NOT_EMPTY);
    store.complete(owner, run, new RunEnd.Stopped(Optional.empty()), false);
    assertThat(reason(bench.delete(store.committer))).as("CANCELLED").isEmpty();
    assertThat(bench.read()).isEmpty();
  }

  @Test
  void a_task_that_waits_for_a_time_or_for_another_is_unfinished() {
    Optional<Instant> tomorrow = Optional.of(Instant.now().plusSeconds(86_400));
    StartConditions later = new StartConditions(List.of(), tomorrow, Optional.empty());
    store.create(store.named("later", 5).withStart(later));
    assertThat(store.read("later").state()).isEqualTo(TaskState.SCHEDULED);
    assertThat(reason(bench.delete(store.committer))).as("SCHEDULED").isEqualTo(NOT_EMPTY);
    Queue other = bench.make("OTHER", QueueDefaults.STANDARD);
    Dependency need = new Dependency("later", DependencyPolicy.ON_SUCCESS, Optional.empty());
    NewTask blocked = store.forQueue(other.key().value(), "OTHER").withDependencies(List.of(need));
    Unfinished before = store.database.with(c -> Unfinished.of(c, other.key()));
    store.create(blocked);
    assertThat(store.read(blocked.taskId()).state()).isEqualTo(TaskState.BLOCKED);
    for (Unfinished counted :
        List.of(before, store.database.with(c -> Unfinished.of(c, other.key())))) {
      assertThat(reason(bench.delete(store.committer, other, counted)))
          .as("BLOCKED")
          .isEqualTo(NOT_EMPTY);
    }
  }

  @Test
  void a_task_that_came_after_the_count_is_noticed() {
    Unfinished before = bench.unfinished();
    store.create(store.task(5));
    assertThat(reason(bench.delete(store.committer, before))).isEqualTo(NOT_EMPTY);
    assertThat(bench.read()).isPresent();
  }

  @Test
  void a_create_that_is_being_written_comes_before_the_delete_and_blocks_it() throws Exception {
    List<CompletableFuture<List<Creation>>> replies = new ArrayList<>();
    LateGate writing =
        LateGate.hold(
            store.committer, () -> replies.add(bench.create(store.committer, "just-in-time")));
    Unfinished unseen = bench.unfinished();
    assertThat(unseen.count()).isZero();
    CompletableFuture<String> delete =
        CompletableFuture.supplyAsync(() -> reason(bench.delete(bench.second, unseen)));
    assertThat(staysOpen(delete)).as("the delete waits").isTrue();
    writing.open();
    assertThat(StoreBench.get(replies.get(0))).hasSize(1);
    assertThat(StoreBench.get(delete)).isEqualTo(NOT_EMPTY);
  }

  @Test
  void a_create_that_meets_a_delete_being_written_is_refused() throws Exception {
    List<CompletableFuture<Queue>> replies = new ArrayList<>();
    LateGate writing = LateGate.hold(bench.second, () -> replies.add(bench.delete(bench.second)));
    CompletableFuture<String> create =
        CompletableFuture.supplyAsync(() -> reason(bench.create(store.committer, "late")));
    assertThat(staysOpen(create)).as("the create waits").isTrue();
    writing.open();
    StoreBench.get(replies.get(0));
    assertThat(StoreBench.get(create)).isEqualTo("QUEUE_UNKNOWN");
    assertThat(store.count("task")).isZero();
  }

  @Test
  void creates_that_race_deletes_leave_nothing_in_a_deleted_queue() {
    List<String> taken = new ArrayList<>();
    for (int round = 0; round < 25; round++) {
      String id = "t" + round;
      CompletableFuture<String> create =
          CompletableFuture.supplyAsync(() -> reason(bench.create(store.committer, id)));
      CompletableFuture<String> delete =
          CompletableFuture.supplyAsync(() -> reason(bench.delete(bench.second)));
      String created = StoreBench.get(create);
      String deleted = StoreBench.get(delete);
      assertThat(List.of(created, deleted))
          .isIn(List.of("", NOT_EMPTY), List.of("QUEUE_UNKNOWN", ""));
      if (created.isEmpty()) {
        taken.add(id);
        store.cancel(id);
      } else {
        bench.make(StoreBench.QUEUE, QueueDefaults.STANDARD);
      }
    }
    assertThat(store.count("task")).isEqualTo(taken.size());
  }

  @Test
  void what_ended_in_a_deleted_queue_stays_readable_and_its_events_name_it() {
    Task task = store.create(store.task(5));
    store.cancel(task.taskId());
    StoreBench.get(bench.delete(store.committer));
    assertThat(store.read(task.taskId()).queue()).isEqualTo("Q");
    QueueDirectory directory = new QueueDirectory(store.database);
    assertThat(directory.idOf(store.queue)).isEqualTo("Q");
    assertThat(directory.all()).isEmpty();
    List<Queue> listed = store.database.with(c -> new QueueReader(c).list("", 10));
    assertThat(listed).isEmpty();
    assertThat(store.count("task_event WHERE kind = 3 AND data LIKE '%DELETED%'")).isOne();
  }

  @Test
  void the_name_of_a_deleted_queue_is_free_for_a_fresh_one() {
    bench.update(Optional.empty(), d -> d.withResultTtl(Duration.ofHours(3)));
    Queue old = bench.set(QueueState.PAUSED);
    StoreBench.get(bench.delete(store.committer));
    Queue fresh = bench.make(StoreBench.QUEUE, QueueDefaults.STANDARD);
    assertThat(fresh.state()).isEqualTo(QueueState.ACTIVE);
    assertThat(fresh.pauseActor()).isEmpty();
    assertThat(fresh.defaults()).isEqualTo(QueueDefaults.STANDARD);
    assertThat(fresh.version()).as("an old etag stays stale").isGreaterThan(old.version());
    assertThat(store.create(store.task(5)).queue()).isEqualTo("Q");
  }

  @Test
  void nobody_owns_a_deleted_queue() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    StoreBench.get(bench.delete(store.committer));
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NOT_OWNER);
    assertThat(bench.told).contains(store.queue);
  }

  @Test
  void a_deleted_queue_is_not_found_by_any_change() {
    StoreBench.get(bench.delete(store.committer));
    assertThat(reason(bench.set(store.committer, QueueState.PAUSED))).isEqualTo("QUEUE_NOT_FOUND");
    assertThat(reason(bench.delete(store.committer))).isEqualTo("QUEUE_NOT_FOUND");
    assertThatThrownBy(() -> bench.update(Optional.empty(), d -> d))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("QUEUE_NOT_FOUND"));
  }

  @Test
  void a_stale_etag_keeps_the_queue() {
    String etag = bench.read().orElseThrow().etag();
    bench.set(QueueState.PAUSED);
    assertThatThrownBy(() -> bench.deleteIf(etag))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.ABORTED);
              assertThat(r.reason().name()).isEqualTo("ETAG_MISMATCH");
            });
    bench.deleteIf(bench.read().orElseThrow().etag());
    assertThat(bench.read()).isEmpty();
  }

  @Test
  void a_queue_that_the_next_start_would_create_again_is_not_deleted() {
    assertThatThrownBy(bench::deleteConfigured)
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.reason().name()).isEqualTo("QUEUE_CONFIGURED");
              assertThat(r.getMessage()).contains("tasklane.queues");
            });
  }

  @Test
  void a_delete_that_is_sent_again_gets_its_first_answer() {
    Change<Queue> change =
        new Change<>(
            new Caller("ann", ""),
            "DeleteQueue",
            Optional.of("d-1"),
            new byte[] {1},
            queue -> new byte[] {7});
    DeleteQueues.Request wish =
        new DeleteQueues.Request(
            store.queue, StoreBench.QUEUE, Optional.empty(), bench.unfinished(), "ann");
    DeleteQueues kind = new DeleteQueues(Set.of(), queue -> {});
    StoreBench.get(store.committer.submit(kind, wish, change));
    Answer<Queue> again = StoreBench.get(store.committer.submit(kind, wish, change));
    assertThat(again)
        .isInstanceOfSatisfying(
            Answer.Stored.class, stored -> assertThat(stored.bytes()).containsExactly(7));
  }

  @Test
  void a_child_for_a_deleted_queue_is_refused_and_its_parent_is_not_completed() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    Queue other = bench.make("OTHER", QueueDefaults.STANDARD);
    Postgres.run(store.database, "UPDATE queue SET intake = 3 WHERE id = " + other.key());
    NewTask child = store.forQueue(other.key().value(), "OTHER");
    RunCompletion what =
        RunCompletion.of(StoreBench.succeeded(), run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion completion =
        new CompleteAndClaim.Completion(run.id(), run.fencingToken(), what, List.of(child), "");
    assertThat(
            reason(
                store.committer.submit(
                    store.completions, new CompleteAndClaim(owner, Optional.of(completion), true))))
        .isEqualTo("QUEUE_UNKNOWN");
    assertThat(store.count("task_lease")).isOne();
  }
}
