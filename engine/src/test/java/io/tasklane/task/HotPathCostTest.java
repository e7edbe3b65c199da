package io.tasklane.task;

import static io.tasklane.database.Postgres.number;

import io.tasklane.database.Postgres;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the indexes behind lists cost those who create and run tasks, on demand: {@code
 * -Dtasklane.million=true}. It prints rates with them, without them, and with the index on the end
 * of tasks that task_end stands for, and the share of updates that were HOT.
 */
@EnabledIfSystemProperty(named = "tasklane.million", matches = "true")
class HotPathCostTest {
  private static final int BATCHES = 30;
  private static final int TURNS = 6_000;
  private static final String NONE =
      "DROP INDEX task_create_time, task_kind, task_end_time,"
          + " task_end_failure, task_end_failure_time; ALTER TABLE task_end DROP CONSTRAINT"
          + " task_end_pkey";
  private static final String ON_THE_ROW =
      "CREATE INDEX own ON task (queue, state, end_time, id) WHERE end_time IS NOT NULL";

  @Test
  void rates_with_and_without_the_indexes_of_lists() {
    System.out.printf("%-28s %10s %12s %8s %6s%n", "", "create/s", "labelled/s", "turns/s", "HOT");
    for (int round = 0; round < 3; round++) {
      measure("indexes of lists", "SELECT 1");
      measure("none", NONE);
      measure("index on ended tasks' rows", ON_THE_ROW);
    }
  }

  private static void measure(String name, String change) {
    try (StoreBench store = new StoreBench()) {
      Postgres.run(store.database, change);
      HotPath.create(store, Map.of(), 3);
      double created = HotPath.create(store, Map.of(), BATCHES);
      double turned = HotPath.turn(store, TURNS);
      Postgres.run(store.database, "SELECT pg_stat_force_next_flush()");
      String share =
          "SELECT 100 * n_tup_hot_upd / greatest(n_tup_upd, 1) FROM pg_stat_user_tables"
              + " WHERE relname = 'task'";
      long hot = number(store.database, share);
      double labelled = HotPath.create(store, Map.of("run", "r1", "desk", "us"), BATCHES);
      System.out.printf("%-28s %10.0f %12.0f %8.0f %5d%%%n", name, created, labelled, turned, hot);
    }
  }
}
