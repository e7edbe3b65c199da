package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.LateGate;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.time.Until;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that want the same units at the same moment. */
class ResourceRaceTest {
  private static final String AI = "ai-turns";
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_claim_waits_for_another_nodes_claim_of_the_same_resource_and_counts_it() {
    StoreBench.get(
        store.committer.submit(
            new ChangeResources(store.units),
            new ChangeResources.Create(AI, ResourceLimits.capacity(3))));
    Ownership owner = store.take("n1", 1).orElseThrow();
    int other = bench.make("OTHER", QueueDefaults.STANDARD).key().value();
    store.live("n2", 1);
    Postgres.run(
        store.database,
        "UPDATE queue_owner SET node = 'n2', incarnation = 1, epoch = 1 WHERE queue = " + other);
    Ownership elsewhere = new Ownership(new QueueKey(other), "n2", 1, 1);
    store.create(store.forQueue(other, "OTHER").withRules(RunRules.holding(Map.of(AI, 2))));
    store.create(store.named("mine", 5).withRules(RunRules.holding(Map.of(AI, 2))));
    CompleteAndClaim claim = new CompleteAndClaim(elsewhere, Optional.empty(), true);
    LateGate claiming =
        LateGate.hold(bench.second, () -> bench.second.submit(store.completions, claim));
    CompletableFuture<CompleteAndClaimResult> mine =
        CompletableFuture.supplyAsync(() -> store.claim(owner));
    Until.isTrue(
        "it waits, or is done",
        () ->
            mine.isDone()
                || store.count(
                        "pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database()")
                    > 0);
    claiming.open();
    assertThat(mine.join().claimed()).isEmpty();
    Until.isTrue("the other has it", () -> store.count("task_lease") == 1);
  }
}
