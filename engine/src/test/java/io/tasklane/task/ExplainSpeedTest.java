package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.explain.Explanation;
import io.tasklane.queue.Durability;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Explains tasks of a long queue, and prints how long that takes; {@code
 * -Dtasklane.explain.waiting=100000} is the length of the proof.
 */
class ExplainSpeedTest {
  private static final int WAITING = Integer.getInteger("tasklane.explain.waiting", 5_000);
  private static final int ASKED = 400;
  private static final int RESOURCES_EVERY = 50;

  private final ExplainBench bench = new ExplainBench();

  @BeforeEach
  void fill() {
    for (int i = 0; i < 30; i++) { // so that there is an estimate to make
      bench.create("before" + i, 5);
      bench.claim(Durability.EACH);
      bench.end("before" + i);
    }
    bench.create("model", 5);
    Postgres.run(
        bench.store.database,
        """
        CREATE TEMP TABLE model AS SELECT * FROM task WHERE name = 'model';
        UPDATE model SET name = 'w', needed = false;
        INSERT INTO task SELECT (jsonb_populate_record(m, jsonb_build_object(
            'id', nextval('task_seq'), 'name', 'w' || n, 'priority', 1 + n %% 10,
            'order_key', -(1 + n %% 10),
            'resource_units', CASE WHEN n %% %2$d = 0 THEN '{"r": 9}'::jsonb END))).*
          FROM model m, generate_series(1, %1$d) n;
        INSERT INTO task_ready SELECT queue, 1, order_key, id FROM task WHERE name LIKE 'w%%';
        INSERT INTO task_resource SELECT k.id, r.id, 9 FROM task k, resource r
          WHERE k.resource_units IS NOT NULL;
        """
            .formatted(WAITING, RESOURCES_EVERY));
    Postgres.run(bench.store.database, "VACUUM ANALYZE");
    bench.renew();
  }

  @AfterEach
  void close() {
    bench.clear();
    bench.close();
  }

  @Test
  void an_explanation_costs_no_more_in_a_long_queue() {
    Random random = new Random(7);
    List<Duration> took = new ArrayList<>();
    int ahead = 0;
    for (int i = 0; i < ASKED; i++) {
      if (i % 50 == 0) {
        bench.renew();
      }
      String task = "w" + (1 + random.nextInt(WAITING));
      long begin = Ticker.SYSTEM.nanos();
      Explanation explanation = bench.explain(task);
      took.add(Ticker.SYSTEM.since(begin));
      ahead = Math.max(ahead, explanation.tasksAhead());
      assertThat(explanation.blockers()).isNotEmpty();
    }
    assertThat(ahead).as("the longest line").isGreaterThan(WAITING * 9 / 10);
    Collections.sort(took);
    System.out.printf(
        "%d waiting: explained in %d us (p50), %d us (p99), %d us at most%n",
        WAITING,
        took.get(ASKED / 2).toNanos() / 1000,
        took.get(ASKED * 99 / 100).toNanos() / 1000,
        took.get(ASKED - 1).toNanos() / 1000);
  }
}
