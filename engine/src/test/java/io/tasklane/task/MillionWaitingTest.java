package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Claims before a backlog of a million tasks, on demand: {@code -Dtasklane.million=true}. It prints
 * what is created and claimed a second in an empty table and then with the backlog, beside what the
 * database does with one row, and how much heap the store holds before and after.
 */
@EnabledIfSystemProperty(named = "tasklane.million", matches = "true")
class MillionWaitingTest {
  private static final int WAITING = Integer.getInteger("tasklane.million.tasks", 1_000_000);
  private static final int BATCHES = 6;
  private static final int TURNS = 5_000;
  private static final int ROUNDS = 5;

  @Test
  void a_million_waiting_tasks_cost_neither_claims_nor_heap() {
    try (StoreBench store = new StoreBench()) {
      HotPath.create(store, Map.of(), BATCHES);
      HotPath.turn(store, TURNS); // so that what follows is compiled
      System.out.printf(
          "%10s %10s %10s %10s %8s %10s%n",
          "waiting", "create/s", "claims/s", "raw/s", "ratio", "heap KiB");
      rounds(store);
      HotPath.create(store, Map.of(), WAITING / 1_000);
      Postgres.run(store.database, "VACUUM ANALYZE");
      assertThat(store.count("task_ready")).isGreaterThanOrEqualTo(WAITING);
      rounds(store);
    }
  }

  private static void rounds(StoreBench store) {
    for (int round = 0; round < ROUNDS; round++) {
      long waiting = store.count("task_ready");
      double raw = HotPath.raw(store, TURNS);
      double created = HotPath.create(store, Map.of(), BATCHES);
      double claimed = HotPath.turn(store, TURNS);
      raw = (raw + HotPath.raw(store, TURNS)) / 2;
      System.out.printf(
          "%10d %10.0f %10.0f %10.0f %8.2f %10d%n",
          waiting, created, claimed, raw, claimed / raw, heap() / 1024);
    }
  }

  /** What is in use when the garbage is gone. */
  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
