package io.tasklane.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.task.state.Move;
import io.tasklane.workflow.execution.BatchBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batch operations keep their rate, and what holds up one target holds up no more than that. */
class BatchPaceInStoreTest {
  private static final int RATE = 100;
  private static final String WAITING = "state = QUEUED";
  private final WorkflowBench bench = new WorkflowBench();
  private final BatchBench work = new BatchBench(bench);

  @AfterEach
  void close() {
    bench.close();
  }

  private void untilEnd(String id, GroupCommitter by, int enough) {
    while (work.batches.get(id).counts().tried() < enough) {
      if (!work.step(by)) {
        LockSupport.parkNanos(2_000_000);
      }
    }
  }

  private void stepWhilePossible() {
    while (work.stepNow(bench.committer)) {
      assertThat(work.batches.list(Optional.empty(), 9)).isNotEmpty();
    }
  }

  @Test
  void no_second_has_more_than_the_rate_also_where_another_node_goes_on() {
    int targets = 160;
    work.create(targets);
    String id = work.start(BatchBench.request(BatchKind.CANCEL_TASKS, WAITING, RATE), targets).id();
    long began = System.nanoTime();
    untilEnd(id, bench.committer, targets / 2);
    try (GroupCommitter other = new GroupCommitter(bench.database, Thread::new, () -> {})) {
      untilEnd(id, other, targets);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double least = (targets - BatchPace.step(RATE)) / (double) RATE;
    assertThat(seconds).as("seconds").isBetween(least, 20 * least);
    assertThat(
            Postgres.number(
                bench.database,
                """
                SELECT max(n) FROM (
                  SELECT count(*) OVER (ORDER BY time RANGE BETWEEN CURRENT ROW
                    AND interval '990 ms' FOLLOWING) AS n
                  FROM task_event WHERE move = %d) w"""
                    .formatted(Move.CANCEL.code())))
        .isLessThanOrEqualTo(RATE);
  }

  @Test
  void a_target_that_somebody_else_changes_just_now_is_waited_for_without_holding_anything()
      throws SQLException {
    for (int i = 0; i < 6; i++) {
      work.create("t" + i);
    }
    String id = work.start(BatchBench.request(BatchKind.CANCEL_TASKS, WAITING), 6).id();
    try (Connection holder = bench.database.open();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM task WHERE name = 't3' FOR UPDATE");
      stepWhilePossible();
      assertThat(work.batches.get(id).counts()).isEqualTo(new BatchCounts(6, 3, 0));
      holder.rollback();
    }
    assertThat(work.finish(id).counts()).isEqualTo(new BatchCounts(6, 6, 0));
  }

  @Test
  void a_target_at_which_the_server_itself_fails_is_passed_over() {
    for (int i = 0; i < 5; i++) {
      work.create("t" + i);
    }
    Postgres.run(
        bench.database,
        """
        ALTER TABLE task ADD CONSTRAINT no_t2 CHECK (name <> 't2' OR state <> 10) NOT VALID""");
    String id = work.start(BatchBench.request(BatchKind.CANCEL_TASKS, WAITING), 5).id();
    for (int tries = 0; tries < 10 && work.batches.get(id).counts().left() > 0; tries++) {
      try {
        work.stepNow(bench.committer);
      } catch (RuntimeException rolledBack) {
        assertThat(rolledBack).hasMessageContaining("no_t2");
      }
    }
    assertThat(work.batches.get(id).counts()).isEqualTo(new BatchCounts(5, 4, 1));
    assertThat(work.batches.refusals(id, -1, 9))
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.target()).isEqualTo("tasks/t2");
              assertThat(refusal.reason()).isEqualTo("INTERNAL");
            });
  }

  @Test
  void copies_wait_for_room_in_their_queue_and_are_given_up_after_a_day() {
    work.create(3);
    work.run(BatchBench.request(BatchKind.CANCEL_TASKS, WAITING), 3);
    Postgres.run(bench.database, "UPDATE queue SET intake = 4");
    Postgres.run(
        bench.database, "INSERT INTO queue_depth (queue, maximum) SELECT id, 2 FROM queue");
    String id = work.start(BatchBench.request(BatchKind.RETRY_TASKS, "state = CANCELLED"), 3).id();
    stepWhilePossible();
    assertThat(work.batches.get(id).counts()).isEqualTo(new BatchCounts(3, 2, 0));
    assertThat(work.batches.get(id).state()).isEqualTo(BatchState.RUNNING);
    Postgres.run(
        bench.database, "UPDATE batch_operation SET step_time = step_time - interval '25 hours'");
    work.stepNow(bench.committer);
    BatchOperation failed = work.batches.get(id);
    assertThat(failed.state()).isEqualTo(BatchState.FAILED);
    assertThat(failed.counts().left()).isOne();
    assertThat(failed.failure())
        .startsWith("given up, because it could not go on for 24 h: QUEUE_FULL");
  }
}
