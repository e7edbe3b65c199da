package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * No two unexpired leases beyond the concurrency of a queue, and nothing of a run that lost its
 * own.
 */
class NeverTwoAtOnceTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_queue_with_a_live_lease_starts_nothing_more() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.CLAIMED);
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NO_SLOT);
  }

  @Test
  void two_claimers_fighting_for_one_queue_never_both_win() throws Exception {
    for (int i = 0; i < 40; i++) {
      store.create(store.task(5));
    }
    store.live("n2", 1);
    try (var second = new GroupCommitter(store.database, Thread::new, () -> {})) {
      Ownership first = store.take("n1", 1).orElseThrow();
      Ownership pretender = new Ownership(store.queue, "n2", 1, first.epoch());
      Ownership stale = new Ownership(store.queue, "n1", 1, first.epoch() - 1);
      for (int round = 0; round < 40; round++) {
        List<CompletableFuture<CompleteAndClaimResult>> tries = new ArrayList<>();
        for (Ownership claimer : List.of(first, pretender, stale, first)) {
          CompleteAndClaim claim = new CompleteAndClaim(claimer, Optional.empty(), true);
          tries.add(
              CompletableFuture.supplyAsync(
                  () ->
                      StoreBench.get(
                          (claimer == pretender ? second : store.committer)
                              .submit(store.completions, claim))));
        }
        List<Task> won = new ArrayList<>();
        for (CompletableFuture<CompleteAndClaimResult> one : tries) {
          one.get().claimed().ifPresent(won::add);
        }
        assertThat(won).hasSize(1);
        assertThat(won.get(0).node()).isEqualTo("n1");
        assertThat(Postgres.number(store.database, "SELECT count(*) FROM task_lease")).isOne();
        store.complete(first, won.get(0), StoreBench.succeeded(), false);
      }
    }
  }

  @Test
  void fencing_tokens_grow_with_every_claim() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = store.claim(owner).claimed().orElseThrow();
    Task next = store.complete(owner, first, StoreBench.succeeded(), true).claimed().orElseThrow();
    assertThat(next.fencingToken()).isGreaterThan(first.fencingToken());
  }

  @Test
  void a_stale_run_never_overwrites_a_newer_one() {
    store.create(store.task(5));
    Ownership old = store.take("n1", 1).orElseThrow();
    Task lost = store.claim(old).claimed().orElseThrow();
    store.declareDead("n1");
    store.live("n2", 1);
    Ownership heir = store.take("n2", 1).orElseThrow();
    Task again = store.claim(heir).claimed().orElseThrow();
    assertThat(again.id()).isEqualTo(lost.id());
    assertThat(again.lostCount()).isOne();
    assertThat(again.attempt()).isOne();

    CompleteAndClaimResult late = store.complete(old, lost, StoreBench.succeeded(), true);
    assertThat(late.completion()).isEqualTo(CompletionStatus.STALE);
    assertThat(late.claimStatus()).isEqualTo(ClaimStatus.NOT_OWNER);
    assertThat(store.read(lost.taskId()).state()).isEqualTo(TaskState.RUNNING);
    assertThat(store.complete(heir, again, StoreBench.succeeded(), false).completion())
        .isEqualTo(CompletionStatus.DONE);
  }

  @Test
  void a_living_owner_keeps_its_queue_and_is_told_of_the_bid() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.live("n2", 1);
    assertThat(store.take("n2", 1)).isEmpty();
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.BID);
    assertThat(StoreBench.get(store.committer.submit(store.handOver, owner))).isTrue();
    Ownership heir = store.take("n2", 1).orElseThrow();
    assertThat(store.claim(heir).claimStatus()).isEqualTo(ClaimStatus.CLAIMED);
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NOT_OWNER);
  }

  @Test
  void a_queue_starts_as_many_at_once_as_it_says_and_not_one_more() {
    for (int i = 0; i < 9; i++) {
      store.create(store.task(5));
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    List<Task> runs = new ArrayList<>();
    for (int most : new int[] {1, 3, 4}) {
      allow(most);
      while (runs.size() < most) {
        runs.add(store.claim(owner).claimed().orElseThrow());
      }
      assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NO_SLOT);
    }
    allow(2); // with four that run: the ends of two leave no room
    for (int left : new int[] {3, 2}) {
      CompleteAndClaimResult result =
          store.complete(owner, runs.remove(0), StoreBench.succeeded(), true);
      assertThat(result.claimStatus()).isEqualTo(ClaimStatus.NO_SLOT);
      assertThat(store.count("task_lease")).isEqualTo(left);
    }
    CompleteAndClaimResult result =
        store.complete(owner, runs.remove(0), StoreBench.succeeded(), true);
    assertThat(result.claimStatus()).isEqualTo(ClaimStatus.CLAIMED);
    assertThat(store.count("task_lease")).isEqualTo(2);
  }

  private void allow(int most) {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = " + most);
  }

  @Test
  void what_a_run_reports_after_its_lease_has_ended_is_not_accepted() {
    Task task = store.create(store.task(5));
    Task lost = store.claim(store.take("n1", 1).orElseThrow()).claimed().orElseThrow();
    Progress half = new Progress(1, 2, "", "half", Instant.EPOCH);
    assertThat(reports(lost, half)).isTrue();
    store.live("n1", 2);
    Ownership heir = store.take("n1", 2).orElseThrow();
    assertThat(reports(lost, half)).as("the task waits").isFalse();
    Task again = store.claim(heir).claimed().orElseThrow();
    assertThat(reports(lost, half)).as("another run has it").isFalse();
    SaveCheckpoints.Save stale =
        new SaveCheckpoints.Save(lost.id(), lost.fencingToken(), Payload.json("1"));
    assertThat(StoreBench.get(store.committer.submit(new SaveCheckpoints(), stale))).isFalse();
    store.complete(heir, again, StoreBench.succeeded(), false);
    assertThat(reports(again, half)).as("it has ended").isFalse();
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.SUCCEEDED);
  }

  private boolean reports(Task run, Progress progress) {
    ReportProgress.Report report =
        new ReportProgress.Report(run.id(), run.fencingToken(), progress);
    return StoreBench.get(store.committer.submit(new ReportProgress(), report));
  }
}
