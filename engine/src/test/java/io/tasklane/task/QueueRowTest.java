package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pause, resume and hand-over, in the row that every claim locks. */
class QueueRowTest {
  private final StoreBench store = new StoreBench();
  private final List<QueueKey> rung = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_pause_says_who_and_why_and_since_when_and_a_resume_forgets_it() {
    Queue paused = set(QueueState.PAUSED);
    assertThat(paused.state()).isEqualTo(QueueState.PAUSED);
    assertThat(paused.pauseActor()).contains(new Actor("user:ann", "lunch"));
    assertThat(paused.pauseTime()).isPresent();
    Queue resumed = set(QueueState.ACTIVE);
    assertThat(resumed.pauseActor()).isEmpty();
    assertThat(resumed.pauseTime()).isEmpty();
    assertThat(resumed.version()).isEqualTo(paused.version() + 1);
  }

  @Test
  void a_pause_of_a_paused_queue_changes_nothing_and_logs_nothing() {
    Queue first = set(QueueState.PAUSED);
    Queue again = set(QueueState.PAUSED);
    assertThat(again).isEqualTo(first);
    assertThat(store.count("task_event WHERE kind = 3 AND data LIKE '%\"PAUSED\"%'")).isOne();
    assertThat(rung).containsExactly(store.queue);
  }

  @Test
  void what_runs_goes_on_through_a_pause_and_what_waits_stays() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    set(QueueState.PAUSED);
    CompleteAndClaimResult result = store.complete(owner, run, StoreBench.succeeded(), true);
    assertThat(result.completion()).isEqualTo(CompletionStatus.DONE);
    assertThat(result.claimStatus()).isEqualTo(ClaimStatus.NOT_ACTIVE);
    assertThat(store.count("task_ready")).isOne();
  }

  @Test
  void an_owner_with_a_run_does_not_hand_over() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.live("n2", 1);
    store.take("n2", 1); // leaves its bid
    assertThat(handOver(owner)).isFalse();
    store.complete(owner, run, StoreBench.succeeded(), false);
    assertThat(handOver(owner)).isTrue();
  }

  @Test
  void who_is_not_the_owner_cannot_give_the_queue_away() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    Ownership stale = new Ownership(store.queue, "n1", 1, owner.epoch() - 1);
    assertThat(handOver(stale)).isFalse();
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NOTHING_READY);
  }

  @Test
  void a_queue_given_up_without_a_bid_is_free_for_whoever_comes() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(handOver(owner)).isTrue();
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NOT_OWNER);
    store.live("n2", 1);
    assertThat(store.take("n2", 1)).isPresent();
  }

  private boolean handOver(Ownership owner) {
    return StoreBench.get(store.committer.submit(store.handOver, owner));
  }

  private Queue set(QueueState state) {
    SetQueueState.Request wish =
        new SetQueueState.Request(
            store.queue, StoreBench.QUEUE, state, new Actor("user:ann", "lunch"));
    return StoreBench.get(store.committer.submit(new SetQueueState(rung::add), wish));
  }
}
