package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.RefillResources;
import io.tasklane.resource.Resource;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.resource.ResourceReader;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks share the units of named resources, and none of them blocks its queue. */
class ResourceTest {
  private static final String AI = "ai-turns";
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;
  private final ChangeResources changes = new ChangeResources(store.units);
  private Ownership owner;

  @BeforeEach
  void own() {
    bench.order(policy -> policy.withConcurrency(9));
    owner = store.take("n1", 1).orElseThrow();
    change(new ChangeResources.Create(AI, ResourceLimits.capacity(3)));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Resource change(ChangeResources.Request wish) {
    return StoreBench.get(store.committer.submit(changes, wish));
  }

  private Resource update(ResourceLimits limits) {
    return change(new ChangeResources.Update(AI, Optional.empty(), before -> limits));
  }

  private Resource read() {
    return store.database.with(c -> new ResourceReader(c).require(AI));
  }

  private NewTask needing(String name, int priority, int units) {
    return store.named(name, priority).withRules(RunRules.holding(Map.of(AI, units)));
  }

  private Task create(String name, int priority, int units) {
    return store.create(needing(name, priority, units));
  }

  private List<Task> claimAll() {
    List<Task> claimed = new ArrayList<>();
    for (CompleteAndClaimResult result = store.claim(owner);
        result.claimed().isPresent();
        result = store.claim(owner)) {
      claimed.add(result.claimed().get());
    }
    return claimed;
  }

  private List<String> names(List<Task> tasks) {
    return tasks.stream().map(Task::taskId).toList();
  }

  @Test
  void a_task_whose_resource_is_short_does_not_block_its_queues_head() {
    create("a", 9, 2);
    create("b", 8, 2);
    create("c", 7, 1);
    store.create(store.named("free", 1));
    assertThat(names(claimAll())).containsExactly("a", "c", "free");
    assertThat(store.read("b").state()).isEqualTo(TaskState.QUEUED);
    assertThat(read().use().held()).isEqualTo(3);
    assertThat(read().freeUnits()).isZero();
  }

  @Test
  void what_was_set_aside_comes_back_to_its_old_place_when_units_are_free() {
    create("a", 9, 3);
    create("b", 8, 3);
    store.create(store.named("between", 7));
    Task a = store.claim(owner).claimed().orElseThrow();
    Task between = store.claim(owner).claimed().orElseThrow();
    assertThat(between.taskId()).isEqualTo("between");
    store.create(store.named("lower", 6));
    CompleteAndClaimResult result = store.complete(owner, a, StoreBench.succeeded(), true);
    assertThat(result.claimed().map(Task::taskId)).as("in the same command").contains("b");
  }

  @Test
  void units_are_counted_from_live_leases_and_none_leaks_when_a_node_dies() {
    create("a", 9, 3);
    create("b", 5, 3);
    assertThat(names(claimAll())).containsExactly("a");
    store.live("n1", 2);
    owner = store.take("n1", 2).orElseThrow();
    assertThat(read().use().held()).isZero();
    assertThat(names(claimAll())).containsExactly("a");
    assertThat(read().use().held()).isEqualTo(3);
    Task again = store.read("a");
    store.complete(owner, again, new RunEnd.HandedBack(), false);
    assertThat(read().use().held()).isZero();
    assertThat(store.count("task_aside")).as("b may try again").isZero();
    assertThat(names(claimAll())).containsExactly("a");
  }

  @Test
  void queues_share_a_resource() {
    int other = bench.make("OTHER", QueueDefaults.STANDARD).key().value();
    Postgres.run(
        store.database,
        "UPDATE queue_owner SET node = 'n1', incarnation = 1, epoch = 1 WHERE queue = " + other);
    Ownership elsewhere = new Ownership(new QueueKey(other), "n1", 1, 1);
    NewTask there = store.forQueue(other, "OTHER").withRules(RunRules.holding(Map.of(AI, 2)));
    store.create(there);
    create("mine", 5, 2);
    Task run = store.claim(elsewhere).claimed().orElseThrow();
    assertThat(claimAll()).isEmpty();
    store.complete(elsewhere, run, StoreBench.succeeded(), false);
    assertThat(names(claimAll())).containsExactly("mine");
  }

  @Test
  void two_nodes_never_hold_more_than_there_is() {
    int other = bench.make("OTHER", QueueDefaults.STANDARD).key().value();
    Postgres.run(
        store.database,
        "UPDATE queue_owner SET node = 'n2', incarnation = 1, epoch = 1, concurrency = 9"
            + " WHERE queue = "
            + other);
    store.live("n2", 1);
    Ownership elsewhere = new Ownership(new QueueKey(other), "n2", 1, 1);
    for (int i = 0; i < 30; i++) {
      create("q" + i, 5, 1);
      store.create(store.forQueue(other, "OTHER").withRules(RunRules.holding(Map.of(AI, 2))));
    }
    int ended = 0;
    for (int round = 0; round < 400 && ended < 60; round++) {
      List<CompletableFuture<CompleteAndClaimResult>> claims =
          List.of(
              store.committer.submit(
                  store.completions, new CompleteAndClaim(owner, Optional.empty(), true)),
              bench.second.submit(
                  store.completions, new CompleteAndClaim(elsewhere, Optional.empty(), true)));
      claims.forEach(StoreBench::get);
      assertThat(read().use().held()).isBetween(1, 3);
      if (round % 3 == 2) {
        for (String name : running()) {
          Task run = store.read(name);
          Ownership mine = run.queue().equals("OTHER") ? elsewhere : owner;
          store.complete(mine, run, StoreBench.succeeded(), false);
          ended++;
        }
      }
    }
    assertThat(ended).isEqualTo(60);
  }

  private List<String> running() {
    return store.database.with(
        c -> {
          try (var rows =
              c.createStatement().executeQuery("SELECT name FROM task WHERE state = 5")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
              names.add(rows.getString(1));
            }
            return names;
          }
        });
  }

  @Test
  void starts_within_the_refill_period_count_and_due_time_brings_the_rest_back() {
    update(new ResourceLimits(0, 2, Duration.ofHours(1)));
    for (int i = 0; i < 5; i++) {
      create("t" + i, 5, 1);
    }
    List<Task> first = claimAll();
    assertThat(names(first)).containsExactly("t0", "t1");
    first.forEach(run -> store.complete(owner, run, StoreBench.succeeded(), false));
    assertThat(claimAll()).as("the ends give no starts back").isEmpty();
    assertThat(store.count("resource WHERE refill_due > now()")).isOne();
    Postgres.run(
        store.database,
        "UPDATE resource_start SET time = time - interval '2 hours';"
            + " UPDATE resource SET refill_due = now() - interval '1 second'");
    RefillResources refills = new RefillResources(store.units);
    assertThat(StoreBench.get(store.committer.submit(refills, 10))).isOne();
    assertThat(names(claimAll())).containsExactly("t2", "t3");
    assertThat(store.count("resource_start")).as("old starts are gone").isEqualTo(2);
    assertThat(store.count("resource WHERE refill_due > now()")).as("for t4").isOne();
  }

  @Test
  void more_capacity_counts_at_once() {
    create("a", 9, 3);
    create("b", 8, 2);
    assertThat(names(claimAll())).containsExactly("a");
    update(ResourceLimits.capacity(5));
    assertThat(names(claimAll())).containsExactly("b");
  }

  @Test
  void a_task_of_an_unknown_resource_or_of_more_units_than_there_are_is_refused() {
    assertThatThrownBy(
            () ->
                store.create(store.named("x", 5).withRules(RunRules.holding(Map.of("nothing", 1)))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.INVALID_ARGUMENT);
              assertThat(refusal.reason().name()).isEqualTo("RESOURCE_UNKNOWN");
              assertThat(refusal.field()).contains("task.resource_units");
            });
    assertThatThrownBy(() -> create("y", 5, 4))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.INVALID_ARGUMENT);
              assertThat(refusal.getMessage()).contains("at most 3");
            });
  }

  @Test
  void a_resource_that_an_unfinished_task_needs_is_neither_deleted_nor_made_too_small() {
    create("a", 5, 2);
    assertThatThrownBy(() -> change(new ChangeResources.Delete(AI, Optional.empty())))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason().name()).isEqualTo("RESOURCE_NEEDED"));
    assertThatThrownBy(() -> update(ResourceLimits.capacity(1)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason().name()).isEqualTo("RESOURCE_NEEDED"));
    store.cancel("a");
    assertThat(update(ResourceLimits.capacity(1)).version()).isEqualTo(2);
    change(new ChangeResources.Delete(AI, Optional.of("\"2\"")));
    assertThat(store.count("resource")).isZero();
  }

  @Test
  void a_resource_is_created_once_and_changed_by_who_has_seen_how_it_is() {
    assertThatThrownBy(() -> change(new ChangeResources.Create(AI, ResourceLimits.capacity(1))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason().name()).isEqualTo("RESOURCE_EXISTS"));
    update(ResourceLimits.capacity(4));
    assertThatThrownBy(
            () ->
                change(
                    new ChangeResources.Update(
                        AI, Optional.of("\"1\""), before -> ResourceLimits.capacity(9))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason().name()).isEqualTo("ETAG_MISMATCH"));
    assertThat(read().limits().capacity()).isEqualTo(4);
  }

  @Test
  void what_is_set_aside_can_be_cancelled_and_changed_like_all_that_waits() {
    create("a", 9, 3);
    create("b", 8, 3);
    create("c", 7, 3);
    List<Task> runs = claimAll();
    assertThat(names(runs)).containsExactly("a");
    assertThat(store.count("task_aside")).isEqualTo(2);
    assertThat(store.cancel("b").state()).isEqualTo(TaskState.CANCELLED);
    assertThat(store.count("task_aside")).isOne();
  }
}
