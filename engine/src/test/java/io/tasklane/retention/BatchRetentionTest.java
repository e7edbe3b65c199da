package io.tasklane.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.batch.BatchKind;
import io.tasklane.database.Postgres;
import io.tasklane.workflow.execution.BatchBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batch operations are kept as long as ended tasks, and leave nothing. */
class BatchRetentionTest {
  private static final OldBatches SWEEP = new OldBatches(Duration.ofDays(7));
  private final WorkflowBench bench = new WorkflowBench();
  private final BatchBench work = new BatchBench(bench);

  @AfterEach
  void close() {
    bench.close();
  }

  private RemovalCounts swept() {
    RemovalCounts counts = new RemovalCounts();
    while (bench.database.with(c -> SWEEP.next(c, counts))) {
      assertThat(counts.of(Removed.BATCH_OPERATIONS)).isZero();
    }
    return counts;
  }

  private void age(String column, String table, String by) {
    Postgres.run(
        bench.database,
        "UPDATE %s SET %s = %s - interval '%s'".formatted(table, column, column, by));
  }

  @Test
  void ended_ones_go_with_their_refusals_and_targets_and_running_ones_stay() {
    work.create(150);
    String stopped = work.start(BatchBench.request(BatchKind.CANCEL_TASKS, ""), 150).id();
    work.stepNow(bench.committer);
    WorkflowBench.answer(
        work.batches.stop(stopped, WorkflowBench.ANN, WorkflowBench.change("stop")));
    work.run(BatchBench.request(BatchKind.SET_PRIORITY, ""), 150);
    assertThat(bench.count("batch_refusal")).isPositive();
    assertThat(bench.count("batch_piece")).isPositive();
    assertThat(swept().of(Removed.BATCH_OPERATIONS)).isZero();

    age("end_time", "batch_operation", "8 days");
    String running = work.start(BatchBench.request(BatchKind.CANCEL_TASKS, ""), 150).id();
    age("create_time", "batch_piece", "2 hours");
    assertThat(swept().of(Removed.BATCH_OPERATIONS)).isEqualTo(2);
    assertThat(bench.count("batch_refusal")).isZero();
    assertThat(bench.count("batch_piece WHERE batch <> '" + running + "'")).isZero();
    assertThat(work.finish(running).counts().left()).isZero();
  }

  @Test
  void targets_of_one_that_never_started_go_after_an_hour() {
    Postgres.run(bench.database, "INSERT INTO batch_piece VALUES ('none', 0, 't0 t1')");
    swept();
    assertThat(bench.count("batch_piece")).isOne();
    age("create_time", "batch_piece", "2 hours");
    swept();
    assertThat(bench.count("batch_piece")).isZero();
  }
}
