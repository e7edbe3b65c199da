package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.LateGate;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.queue.KeyRetry;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import io.tasklane.time.Until;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two writers create, run, retry and cancel tasks of few keys; the log says what became of it. */
class OrderingKeyRaceTest {
  private static final int ROUNDS = Integer.getInteger("tasklane.rounds.keys", 20);
  private static final List<String> KEYS = List.of("a", "b", "c");

  @Test
  void tasks_of_one_key_never_overlap_and_keep_their_order_where_two_writers_race() {
    long seed = Long.getLong("tasklane.seed", 20261126);
    System.out.println("seed " + seed);
    for (KeyRetry policy : KeyRetry.values()) {
      race(new Random(seed), policy);
    }
  }

  @Test
  void the_end_of_a_head_waits_for_the_task_that_is_being_created_after_it_and_finds_it() {
    try (QueueBench bench = new QueueBench()) {
      StoreBench store = bench.store;
      Ownership owner = store.take("n1", 1).orElseThrow();
      store.create(store.named("head", 5).withRules(RunRules.ofKey("k")));
      Task head = store.claim(owner).claimed().orElseThrow();
      NewTask behind = store.named("behind", 5).withRules(RunRules.ofKey("k"));
      LateGate writing =
          LateGate.hold(bench.second, () -> bench.second.submit(store.creation, List.of(behind)));
      CompletableFuture<CompleteAndClaimResult> end =
          CompletableFuture.supplyAsync(
              () -> store.complete(owner, head, StoreBench.succeeded(), true));
      Until.isTrue(
          "it waits for the gate",
          () ->
              store.count(
                      "pg_stat_activity WHERE wait_event_type = 'Lock'"
                          + " AND datname = current_database()")
                  > 0);
      writing.open();
      assertThat(end.join().claimed().map(Task::taskId)).contains("behind");
    }
  }

  private static void race(Random random, KeyRetry policy) {
    try (QueueBench bench = new QueueBench()) {
      StoreBench store = bench.store;
      bench.order(p -> p.withConcurrency(4).with(policy));
      Ownership owner = store.take("n1", 1).orElseThrow();
      List<Task> runs = new ArrayList<>();
      int created = 0;
      for (int round = 0;
          round < ROUNDS || !runs.isEmpty() || store.count("task_ready") > 0;
          round++) {
        List<CompletableFuture<?>> together = new ArrayList<>();
        for (int i = 0; round < ROUNDS && i < 3; i++) {
          together.add(create(by(random, bench), store, created++, random));
        }
        if (created > 0 && round < ROUNDS && random.nextInt(3) == 0) {
          String name = "t" + random.nextInt(created);
          together.add(
              by(random, bench)
                  .submit(store.cancels, StoreBench.cancelOf(name))
                  .exceptionally(refused -> null));
        }
        for (Task run : List.copyOf(runs)) {
          if (random.nextBoolean()) {
            runs.remove(run);
            together.add(complete(by(random, bench), store, owner, run, random));
          }
        }
        together.forEach(StoreBench::get);
        assertKeysAreAlone(store);
        Postgres.run(store.database, "UPDATE task_due SET due = now() - interval '1 second'");
        StoreBench.get(by(random, bench).submit(store.due, 100));
        for (CompleteAndClaimResult result = store.claim(owner);
            result.claimed().isPresent();
            result = store.claim(owner)) {
          runs.add(result.claimed().get());
        }
        assertKeysAreAlone(store);
      }
      assertThat(store.count("task WHERE state < 8")).isZero();
      if (policy == KeyRetry.HOLD) {
        assertOrder(store);
      }
      TaskLog.isInOrder(store.database);
    }
  }

  private static GroupCommitter by(Random random, QueueBench bench) {
    return random.nextBoolean() ? bench.store.committer : bench.second;
  }

  private static CompletableFuture<?> create(
      GroupCommitter by, StoreBench store, int number, Random random) {
    RunRules rules = RunRules.ofKey(KEYS.get(random.nextInt(KEYS.size())));
    NewTask task = store.named("t" + number, 1 + random.nextInt(10)).withRules(rules);
    return by.submit(store.creation, List.of(task));
  }

  private static CompletableFuture<?> complete(
      GroupCommitter by, StoreBench store, Ownership owner, Task run, Random random) {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    RunEnd end =
        random.nextInt(4) == 0
            ? new RunEnd.Failed(failure, Optional.empty(), Optional.empty())
            : StoreBench.succeeded();
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, what, List.of(), "");
    return by.submit(
        store.completions, new CompleteAndClaim(owner, Optional.of(completion), false));
  }

  private static void assertKeysAreAlone(StoreBench store) {
    assertThat(
            store.count(
                "(SELECT FROM task WHERE state IN (5, 7) GROUP BY ordering_key"
                    + " HAVING count(*) > 1) AS overlap"))
        .isZero();
  }

  /** Where nothing passes, a task starts only when all before it in its key have ended. */
  private static void assertOrder(StoreBench store) {
    String sql =
        "SELECT e.task, e.to_state, k.ordering_key FROM task_event e JOIN task k ON k.id = e.task"
            + " WHERE e.kind = 1 ORDER BY e.xid, e.seq";
    store.database.with(
        connection -> {
          Set<Long> ended = new HashSet<>();
          Map<String, List<Long>> lines = new HashMap<>();
          try (var statement = connection.createStatement();
              var row = statement.executeQuery("SELECT id, ordering_key FROM task ORDER BY id")) {
            while (row.next()) {
              lines.computeIfAbsent(row.getString(2), k -> new ArrayList<>()).add(row.getLong(1));
            }
          }
          try (var statement = connection.createStatement();
              var row = statement.executeQuery(sql)) {
            while (row.next()) {
              long task = row.getLong(1);
              if (row.getInt(2) == 5) {
                for (long before : lines.get(row.getString(3))) {
                  assertThat(before >= task || ended.contains(before))
                      .as("task %s started before %s of its key had ended", task, before)
                      .isTrue();
                }
              } else if (row.getInt(2) >= 8) {
                ended.add(task);
              }
            }
          }
          return null;
        });
  }
}
