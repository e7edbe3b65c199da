package io.tasklane.task.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.queue.QueueState;
import io.tasklane.queue.store.SetQueueState;
import io.tasklane.store.Ownership;
import io.tasklane.store.Postgres;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_head_is_the_highest_priority_and_then_the_oldest() {
    List<String> created = new ArrayList<>();
    for (int priority : new int[] {5, 9, 5, 10, 1, 9}) {
      created.add(store.create(store.task(priority)).taskId());
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    List<String> started = new ArrayList<>();
    TurnResult turn = store.claim(owner);
    while (turn.claimed().isPresent()) {
      Task run = turn.claimed().get();
      started.add(run.taskId());
      turn = store.settle(owner, run, StoreBench.succeeded(), true);
      assertThat(turn.settled()).isEqualTo(TurnResult.Settled.DONE);
    }
    assertThat(started)
        .containsExactly(
            created.get(3),
            created.get(1),
            created.get(5),
            created.get(0),
            created.get(2),
            created.get(4));
    assertThat(turn.next()).isEqualTo(TurnResult.Next.NOTHING_READY);
  }

  @Test
  void a_queue_with_a_live_lease_starts_nothing_more() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(store.claim(owner).next()).isEqualTo(TurnResult.Next.CLAIMED);
    assertThat(store.claim(owner).next()).isEqualTo(TurnResult.Next.NO_SLOT);
  }

  @Test
  void two_claimers_fighting_for_one_queue_never_both_win() throws Exception {
    for (int i = 0; i < 40; i++) {
      store.create(store.task(5));
    }
    store.live("n2", 1);
    try (var second = new io.tasklane.store.GroupCommitter(store.database, Thread::new, () -> {})) {
      Ownership first = store.take("n1", 1).orElseThrow();
      Ownership pretender = new Ownership(store.queue, "n2", 1, first.epoch());
      Ownership stale = new Ownership(store.queue, "n1", 1, first.epoch() - 1);
      for (int round = 0; round < 40; round++) {
        List<CompletableFuture<TurnResult>> tries = new ArrayList<>();
        for (Ownership claimer : List.of(first, pretender, stale, first)) {
          Turn turn = new Turn(claimer, Optional.empty(), true);
          tries.add(
              CompletableFuture.supplyAsync(
                  () ->
                      StoreBench.get(
                          (claimer == pretender ? second : store.committer)
                              .submit(store.turns, turn))));
        }
        List<Task> won = new ArrayList<>();
        for (CompletableFuture<TurnResult> one : tries) {
          one.get().claimed().ifPresent(won::add);
        }
        assertThat(won).hasSize(1);
        assertThat(won.get(0).node()).isEqualTo("n1");
        assertThat(Postgres.number(store.database, "SELECT count(*) FROM task_lease")).isOne();
        store.settle(first, won.get(0), StoreBench.succeeded(), false);
      }
    }
  }

  @Test
  void fencing_tokens_grow_with_every_claim() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = store.claim(owner).claimed().orElseThrow();
    Task next = store.settle(owner, first, StoreBench.succeeded(), true).claimed().orElseThrow();
    assertThat(next.fencingToken()).isGreaterThan(first.fencingToken());
  }

  @Test
  void the_end_of_one_run_and_the_start_of_the_next_share_an_instant() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = store.claim(owner).claimed().orElseThrow();
    Task next = store.settle(owner, first, StoreBench.succeeded(), true).claimed().orElseThrow();
    Instant end = store.read(first.taskId()).endTime().orElseThrow();
    assertThat(next.startTime()).contains(end);
  }

  @Test
  void a_settlement_sent_twice_with_the_same_result_is_a_success() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.settle(owner, run, StoreBench.succeeded(), false);
    assertThat(store.settle(owner, run, StoreBench.succeeded(), false).settled())
        .isEqualTo(TurnResult.Settled.DONE);
  }

  @Test
  void a_stale_run_never_overwrites_a_newer_one() {
    store.create(store.task(5));
    Ownership old = store.take("n1", 1).orElseThrow();
    Task lost = store.claim(old).claimed().orElseThrow();
    store.bury("n1");
    store.live("n2", 1);
    Ownership heir = store.take("n2", 1).orElseThrow();
    Task again = store.claim(heir).claimed().orElseThrow();
    assertThat(again.id()).isEqualTo(lost.id());
    assertThat(again.lostCount()).isOne();
    assertThat(again.attempt()).isOne();

    TurnResult late = store.settle(old, lost, StoreBench.succeeded(), true);
    assertThat(late.settled()).isEqualTo(TurnResult.Settled.STALE);
    assertThat(late.next()).isEqualTo(TurnResult.Next.NOT_OWNER);
    assertThat(store.read(lost.taskId()).state()).isEqualTo(TaskState.RUNNING);
    assertThat(store.settle(heir, again, StoreBench.succeeded(), false).settled())
        .isEqualTo(TurnResult.Settled.DONE);
  }

  @Test
  void the_third_lost_lease_fails_the_task() {
    Task task = store.create(store.task(5));
    for (int life = 1; life <= 3; life++) {
      store.live("n1", life);
      Ownership owner = store.take("n1", life).orElseThrow();
      assertThat(store.claim(owner).claimed()).isPresent();
    }
    store.live("n1", 4);
    store.take("n1", 4);
    Task dead = store.read(task.taskId());
    assertThat(dead.state()).isEqualTo(TaskState.FAILED);
    assertThat(dead.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.LEASE_LOST);
    assertThat(Postgres.number(store.database, "SELECT count(*) FROM dead_letter")).isOne();
  }

  @Test
  void interrupted_work_runs_before_anything_of_higher_priority() {
    Task low = store.create(store.task(1));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.claim(owner);
    store.create(store.task(10));
    store.live("n1", 2);
    Ownership next = store.take("n1", 2).orElseThrow();
    assertThat(store.claim(next).claimed().orElseThrow().id()).isEqualTo(low.id());
  }

  @Test
  void a_living_owner_keeps_its_queue_and_is_told_of_the_bid() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.live("n2", 1);
    assertThat(store.take("n2", 1)).isEmpty();
    assertThat(store.claim(owner).next()).isEqualTo(TurnResult.Next.BID);
    assertThat(StoreBench.get(store.committer.submit(store.handOver, owner))).isTrue();
    Ownership heir = store.take("n2", 1).orElseThrow();
    assertThat(store.claim(heir).next()).isEqualTo(TurnResult.Next.CLAIMED);
    assertThat(store.claim(owner).next()).isEqualTo(TurnResult.Next.NOT_OWNER);
  }

  @Test
  void a_paused_queue_starts_nothing_until_it_is_resumed() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    set(QueueState.PAUSED);
    assertThat(store.claim(owner).next()).isEqualTo(TurnResult.Next.NOT_ACTIVE);
    set(QueueState.ACTIVE);
    assertThat(store.claim(owner).next()).isEqualTo(TurnResult.Next.CLAIMED);
  }

  private void set(QueueState state) {
    StoreBench.get(
        store.committer.submit(
            store.states,
            new SetQueueState.Wish(
                store.queue, StoreBench.QUEUE, state, new Actor("tester", "test"))));
  }

  @Test
  void a_retry_waits_for_its_backoff_without_blocking_the_queue() {
    Task failing = store.create(store.task(9));
    Task other = store.create(store.task(1));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "no", "trace", Instant.EPOCH);
    RunEnd end = new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
    TurnResult turn = store.settle(owner, run, end, true);
    assertThat(turn.claimed().orElseThrow().id()).isEqualTo(other.id());
    Task waiting = store.read(failing.taskId());
    assertThat(waiting.state()).isEqualTo(TaskState.RETRY_WAIT);
    assertThat(waiting.failure().orElseThrow().code()).isEqualTo("X");
    assertThat(waiting.nextAttemptTime()).isPresent();

    assertThat(StoreBench.get(store.committer.submit(store.due, 100))).isZero();
    Postgres.run(store.database, "UPDATE task_due SET due = now()");
    assertThat(StoreBench.get(store.committer.submit(store.due, 100))).isOne();
    assertThat(store.read(failing.taskId()).state()).isEqualTo(TaskState.QUEUED);
    store.settle(owner, turn.claimed().get(), StoreBench.succeeded(), false);
    assertThat(store.claim(owner).claimed().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void a_permanent_failure_is_kept_as_a_dead_letter() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    Failure failure = new Failure(Failure.Kind.PERMANENT, "BAD", "no\u0000", "", Instant.EPOCH);
    store.settle(owner, run, new RunEnd.Failed(failure, Optional.empty(), Optional.empty()), false);
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.FAILED);
    assertThat(Postgres.number(store.database, "SELECT count(*) FROM dead_letter")).isOne();
  }

  @Test
  void work_handed_back_by_a_stopping_node_runs_first_and_used_no_attempt() {
    Task task = store.create(store.task(1));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.settle(owner, run, new RunEnd.HandedBack(), false);
    store.create(store.task(10));
    Task again = store.claim(owner).claimed().orElseThrow();
    assertThat(again.id()).isEqualTo(task.id());
    assertThat(again.attempt()).isOne();
    assertThat(again.lostCount()).isZero();
  }
}
