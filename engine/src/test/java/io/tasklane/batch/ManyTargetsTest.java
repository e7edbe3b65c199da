package io.tasklane.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.workflow.execution.BatchBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The start of a batch operation costs little for each target, however many there are. */
class ManyTargetsTest {
  /** -Dtasklane.targets=1000000 takes a million. */
  private static final int TARGETS = Integer.getInteger("tasklane.targets", 20_000);

  private static final String COPIES =
      """
      CREATE TEMP TABLE many AS SELECT k.*, i FROM task k, generate_series(1, %d) i;
      UPDATE many SET id = id + i, name = 'm' || i;
      ALTER TABLE many DROP COLUMN i;
      INSERT INTO task SELECT * FROM many""";

  @Test
  void all_are_written_down_in_pieces() {
    try (WorkflowBench bench = new WorkflowBench()) {
      BatchBench work = new BatchBench(bench);
      work.create("m0");
      work.run(BatchBench.request(BatchKind.CANCEL_TASKS, ""), 1);
      Postgres.run(bench.database, COPIES.formatted(TARGETS - 1));
      BatchRequest request = BatchBench.request(BatchKind.CANCEL_TASKS, "state = CANCELLED");
      long begin = System.nanoTime();
      assertThat(work.batches.count(request)).isEqualTo(TARGETS);
      Duration counted = Duration.ofNanos(System.nanoTime() - begin);
      BatchOperation started = work.start(request, TARGETS);
      Duration all = Duration.ofNanos(System.nanoTime() - begin);
      System.out.printf("counted %d in %s, started after %s%n", TARGETS, counted, all);
      assertThat(bench.count("batch_piece")).isEqualTo((TARGETS + 99) / 100);
      work.stepNow(bench.committer);
      assertThat(work.batches.get(started.id()).counts().done()).isPositive();
    }
  }
}
