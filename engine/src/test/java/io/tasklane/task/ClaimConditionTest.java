package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Gate;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feature may keep tasks of a type from starting: by itself alone, or with the whole queue. */
class ClaimConditionTest {
  private static final String HALTED = "halted";

  private final StoreBench store = new StoreBench();
  private final List<TaskKey> started = new ArrayList<>();
  private Ownership owner;
  private CompleteTasks completions;
  private CompleteGroups groups;
  private boolean isQueueHeld;
  private int checked;

  /** Tasks of a type that is listed in a table do not start. */
  private final class Halts implements ClaimCondition {
    @Override
    public String sql() {
      return "NOT EXISTS (SELECT FROM halt h WHERE h.task_type = k.task_type)";
    }

    @Override
    public ClaimVerdict look(Connection connection, TaskKey task) {
      return ClaimVerdict.MAY_RUN; // nothing is explained here
    }

    @Override
    public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
      checked++;
      try (PreparedStatement halted =
          batch
              .connection()
              .prepareStatement(
                  "SELECT FROM task k JOIN halt h USING (task_type) WHERE k.id = ? FOR SHARE")) {
        halted.setLong(1, task.value());
        if (!halted.executeQuery().next()) {
          return ClaimVerdict.MAY_RUN;
        }
      }
      if (isQueueHeld) {
        return new ClaimVerdict.QueueWaits("a halt of its head's type");
      }
      try (PreparedStatement aside =
          batch
              .connection()
              .prepareStatement(
                  """
                  WITH gone AS (DELETE FROM task_ready WHERE task = ?
                    RETURNING queue, task, rank, order_key)
                  INSERT INTO task_aside SELECT queue, task, rank, order_key FROM gone""")) {
        aside.setLong(1, task.value());
        aside.executeUpdate();
      }
      return new ClaimVerdict.SetAside("a halt of its type");
    }

    @Override
    public void started(Batch batch, TaskKey task, FencingToken token) {
      started.add(task);
    }
  }

  @BeforeEach
  void halt() {
    Postgres.run(store.database, "CREATE TABLE halt (task_type text PRIMARY KEY)");
    Postgres.run(store.database, "INSERT INTO halt VALUES ('" + HALTED + "')");
    owner = store.take("n1", 1).orElseThrow();
    ClaimHeads claims =
        new ClaimHeads(new ClaimConditions(List.of(store.units, new Halts())), store.expiry);
    completions = new CompleteTasks(store.runs, store.dependents, claims);
    groups = new CompleteGroups(store.runs, claims);
  }

  @AfterEach
  void close() {
    Postgres.run(store.database, "DELETE FROM task_aside; DROP TABLE halt");
    Postgres.run(store.database, "UPDATE task SET key_waits = true WHERE state = 3");
    store.committer.close();
  }

  @Test
  void a_halted_head_is_set_aside_and_does_not_block_its_queue() {
    store.create(halted("first", 9));
    store.create(halted("second", 8));
    Task other = store.create(store.named("third", 5));
    assertThat(claim().claimed()).map(Task::taskId).contains("third");
    assertThat(started).as("nothing was checked that may run").isEmpty();
    assertThat(store.count("task_aside")).isEqualTo(2);
    assertThat(store.read("first").isFinished()).isFalse();
    assertThat(store.read(other.taskId()).attempt()).isOne();
  }

  @Test
  void a_queue_that_waits_starts_nothing_until_its_head_may_run() {
    isQueueHeld = true;
    Task head = store.create(halted("head", 9));
    store.create(store.named("next", 5));
    assertThat(claim().claimed()).isEmpty();
    assertThat(claim().claimStatus()).isEqualTo(ClaimStatus.NOTHING_READY);
    assertThat(store.count("task_ready")).as("nothing was set aside").isEqualTo(2);
    Postgres.run(store.database, "DELETE FROM halt");
    assertThat(claim().claimed()).map(Task::id).contains(head.id());
  }

  @Test
  void two_claims_of_one_batch_deal_with_a_halted_head_once() {
    store.create(halted("first", 9));
    store.create(store.named("second", 8));
    store.create(store.named("third", 7));
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = 2");
    List<Future<CompleteAndClaimResult>> claims = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          for (int i = 0; i < 2; i++) {
            claims.add(
                store.committer.submit(
                    completions, new CompleteAndClaim(owner, Optional.empty(), true)));
          }
        });
    assertThat(claims)
        .extracting(claim -> StoreBench.get(claim).claimed().map(Task::taskId).orElse("none"))
        .containsExactlyInAnyOrder("second", "third");
    assertThat(checked).as("by the first claim alone, in one try").isOne();
  }

  @Test
  void a_completion_claims_past_a_head_that_is_halted() {
    store.create(store.named("runs", 9));
    Task run = claim().claimed().orElseThrow();
    store.create(halted("head", 9));
    store.create(store.named("next", 5));
    RunCompletion success =
        RunCompletion.of(StoreBench.succeeded(), run.retryPolicy(), 1, new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, success, List.of(), "");
    CompleteAndClaimResult result =
        StoreBench.get(
            store.committer.submit(
                completions, new CompleteAndClaim(owner, Optional.of(completion), true)));
    assertThat(result.claimStatus())
        .as("the success is one round trip, which looks no further than the head")
        .isEqualTo(ClaimStatus.ASK_AGAIN);
    assertThat(store.read("runs").isFinished()).isTrue();
    assertThat(claim().claimed()).map(Task::taskId).contains("next");
  }

  @Test
  void tasks_are_not_claimed_ahead_past_a_head_that_is_halted() {
    store.create(store.named("first", 9));
    store.create(halted("second", 8));
    store.create(store.named("third", 5));
    GroupResult result =
        StoreBench.get(store.committer.submit(groups, new GroupCompletion(owner, List.of(), 10)));
    assertThat(result.claimed()).extracting(Task::taskId).containsExactly("first");
  }

  private NewTask halted(String name, int priority) {
    NewTask task = store.named(name, priority);
    TaskSpec spec = task.spec();
    return task.with(
        new TaskSpec(
            spec.taskId(),
            spec.queue(),
            HALTED,
            spec.input(),
            spec.priority(),
            spec.retryPolicy(),
            spec.timeouts(),
            spec.resultTtl(),
            spec.labels(),
            spec.start(),
            spec.deduplicationKey(),
            spec.rules()));
  }

  private CompleteAndClaimResult claim() {
    return StoreBench.get(
        store.committer.submit(completions, new CompleteAndClaim(owner, Optional.empty(), true)));
  }
}
