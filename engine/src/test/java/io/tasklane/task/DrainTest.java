package io.tasklane.task;

import static io.tasklane.task.QueueBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.LateGate;
import io.tasklane.commit.Ownership;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.row.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue that drains takes no new tasks and finishes those it has. */
public class DrainTest {
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_draining_queue_refuses_clients_and_finishes_what_it_has_in_order() {
    Task first = store.create(store.task(5));
    Task urgent = store.create(store.task(9));
    Queue draining = bench.set(QueueState.DRAINING);
    assertThat(draining.state()).isEqualTo(QueueState.DRAINING);
    assertThat(draining.pauseActor()).contains(new Actor("user:ann", "maintenance"));
    assertThatThrownBy(() -> store.create(store.task(5)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(refusal.reason().name()).isEqualTo("QUEUE_DRAINING");
              assertThat(refusal.resource()).contains("queues/Q");
            });
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(run.id()).isEqualTo(urgent.id());
    CompleteAndClaimResult result = store.complete(owner, run, StoreBench.succeeded(), true);
    assertThat(result.claimed().orElseThrow().id()).isEqualTo(first.id());
  }

  @Test
  void what_running_work_leads_to_is_taken_by_a_draining_queue() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    bench.set(QueueState.DRAINING);
    RunCompletion what =
        RunCompletion.of(StoreBench.succeeded(), run.retryPolicy(), run.attempt(), new Random(1));
    NewTask child = store.named("child", 5);
    CompleteAndClaim.Completion completion =
        new CompleteAndClaim.Completion(
            run.id(), run.fencingToken(), what, List.of(child), "a line");
    StoreBench.get(
        store.committer.submit(
            store.completions, new CompleteAndClaim(owner, Optional.of(completion), false)));
    assertThat(store.claim(owner).claimed().orElseThrow().taskId()).isEqualTo("child");
  }

  @Test
  void work_that_comes_back_to_a_draining_queue_runs_again() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    bench.set(QueueState.DRAINING);
    store.complete(owner, run, new RunEnd.HandedBack(), false);
    assertThat(store.claim(owner).claimed().orElseThrow().id()).isEqualTo(task.id());
  }

  @Test
  void a_drain_survives_a_restart() {
    bench.set(QueueState.DRAINING);
    QueueSettings configured = QueueSettings.of(StoreBench.QUEUE, QueueDefaults.STANDARD);
    StoreBench.get(bench.second.submit(new EnsureQueues(), List.of(configured)));
    assertThat(bench.read().orElseThrow().state()).isEqualTo(QueueState.DRAINING);
    assertThat(reason(bench.create(bench.second, "late"))).isEqualTo("QUEUE_DRAINING");
  }

  @Test
  void the_unfinished_double_of_a_task_is_found_in_a_draining_queue() {
    Task first = store.create(store.named("first", 5).withDeduplicationKey("eod"));
    bench.set(QueueState.DRAINING);
    NewTask again = store.named("again", 5).withDeduplicationKey("eod");
    assertThat(store.create(again).id()).isEqualTo(first.id());
  }

  @Test
  void what_ended_is_not_run_again_in_a_queue_that_drains_or_is_deleted() {
    store.create(store.named("ended", 5));
    store.cancel("ended");
    bench.set(QueueState.DRAINING);
    assertThatThrownBy(() -> repeat("ended"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("QUEUE_DRAINING"));
    StoreBench.get(bench.delete(store.committer));
    assertThatThrownBy(() -> repeat("ended"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(r.reason().name()).isEqualTo("QUEUE_UNKNOWN");
              assertThat(r.resource()).contains("tasks/ended");
            });
    assertThat(store.count("task")).isOne();
  }

  private Task repeat(String taskId) {
    CopyTasks again = new CopyTasks(store.creation, (original, needs, input, who) -> store.task(5));
    CopyTasks.Request wish =
        new CopyTasks.Request(
            taskId, CopyTasks.Origin.TASK, CopyOptions.NONE, new Actor("ann", "again"));
    return StoreBench.get(store.committer.submit(again, wish));
  }

  @Test
  void a_check_alone_answers_what_a_creation_would() {
    NewTask task = store.task(5);
    bench.set(QueueState.DRAINING);
    assertThatThrownBy(() -> preview(task))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("QUEUE_DRAINING"));
    bench.set(QueueState.ACTIVE);
    assertThat(preview(task).task().queue()).isEqualTo("Q");
    StoreBench.get(bench.delete(store.committer));
    assertThatThrownBy(() -> preview(task))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.reason().name()).isEqualTo("QUEUE_UNKNOWN");
              assertThat(r.field()).contains("task.queue");
            });
  }

  private Creation preview(NewTask task) {
    return store.database.with(c -> store.creation.preview(c, task));
  }

  @Test
  void a_resume_and_a_pause_open_a_draining_queue_again() {
    for (QueueState open : List.of(QueueState.ACTIVE, QueueState.PAUSED)) {
      bench.set(QueueState.DRAINING);
      assertThat(bench.set(open).state()).isEqualTo(open);
      assertThat(store.create(store.task(5)).queue()).isEqualTo("Q");
    }
  }

  @Test
  void each_change_of_the_state_is_told_once() {
    bench.set(QueueState.DRAINING);
    bench.set(QueueState.DRAINING);
    bench.set(QueueState.PAUSED);
    bench.set(QueueState.ACTIVE);
    for (String change : List.of("DRAINED", "PAUSED", "RESUMED")) {
      assertThat(
              store.count(
                  "task_event WHERE kind = 3 AND data LIKE '%\"change\":\"" + change + "\"%'"))
          .isOne();
    }
  }

  @Test
  void a_drain_waits_for_a_create_that_is_being_written_and_finds_its_task() throws Exception {
    List<CompletableFuture<List<Creation>>> replies = new ArrayList<>();
    LateGate writing =
        LateGate.hold(
            store.committer, () -> replies.add(bench.create(store.committer, "just-in-time")));
    CompletableFuture<Queue> drain =
        CompletableFuture.supplyAsync(
            () -> StoreBench.get(bench.set(bench.second, QueueState.DRAINING)));
    assertThat(staysOpen(drain)).as("the drain waits").isTrue();
    writing.open();
    StoreBench.get(drain);
    assertThat(StoreBench.get(replies.get(0))).hasSize(1);
    assertThat(store.read("just-in-time").queue()).isEqualTo("Q");
    assertThat(reason(bench.create(store.committer, "late"))).isEqualTo("QUEUE_DRAINING");
  }

  @Test
  void a_create_that_meets_a_drain_being_written_is_answered_after_it_and_refused()
      throws Exception {
    List<CompletableFuture<Queue>> replies = new ArrayList<>();
    LateGate writing =
        LateGate.hold(
            bench.second, () -> replies.add(bench.set(bench.second, QueueState.DRAINING)));
    CompletableFuture<String> create =
        CompletableFuture.supplyAsync(() -> reason(bench.create(store.committer, "late")));
    assertThat(staysOpen(create)).as("the create waits").isTrue();
    writing.open();
    StoreBench.get(replies.get(0));
    assertThat(StoreBench.get(create)).isEqualTo("QUEUE_DRAINING");
    assertThat(store.count("task")).isZero();
  }

  @Test
  void a_create_behind_a_drain_in_one_transaction_is_refused() {
    List<CompletableFuture<?>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          replies.add(bench.create(store.committer, "same-batch"));
          replies.add(bench.set(store.committer, QueueState.DRAINING));
        });
    assertThat(reason(replies.get(1))).isEmpty();
    assertThat(reason(replies.get(0))).isEqualTo("QUEUE_DRAINING");
  }

  @Test
  void whatever_races_a_create_is_durable_or_refused_and_none_is_taken_after_a_drain()
      throws Exception {
    ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
    for (int round = 0; round < 15; round++) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (GroupCommitter by : List.of(store.committer, bench.second)) {
        clients.add(createUntilRefused(by, "r" + round + "-" + clients.size() + "-", taken));
      }
      while (taken.size() < (round + 1) * 4) {
        Thread.onSpinWait();
      }
      bench.set(QueueState.DRAINING);
      long rows = store.count("task");
      for (CompletableFuture<Void> client : clients) {
        StoreBench.get(client);
      }
      assertThat(store.count("task")).as("after the answer to the drain").isEqualTo(rows);
      bench.set(QueueState.ACTIVE);
    }
    assertThat(store.count("task")).isEqualTo(taken.size());
    taken.forEach(id -> assertThat(store.read(id).taskId()).isEqualTo(id));
  }

  private CompletableFuture<Void> createUntilRefused(
      GroupCommitter by, String prefix, ConcurrentLinkedQueue<String> taken) {
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; ; i++) {
            String reason = reason(bench.create(by, prefix + i));
            if (!reason.isEmpty()) {
              assertThat(reason).isEqualTo("QUEUE_DRAINING");
              return;
            }
            taken.add(prefix + i);
          }
        });
  }

  /** Whether it is still not answered after a while in which it could have been. */
  static boolean staysOpen(CompletableFuture<?> reply) throws Exception {
    try {
      reply.get(300, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException open) {
      return true;
    }
  }
}
