package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.key.FencingToken;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.list.AttemptReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A last run that succeeded and logged nothing has no row, and is listed as if it had one. */
class AttemptRowsTest {
  private static final int TASKS = 40;

  private final StoreBench store = new StoreBench();
  private final Ownership owner = store.take("n1", 1).orElseThrow();
  private final Random random = new Random(7);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_run_without_a_row_is_listed_as_the_log_of_events_tells_it() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(store.create(store.task(1 + random.nextInt(10))));
    }
    int without = 0;
    for (Task task : tasks) {
      boolean logged = random.nextBoolean();
      without += logged ? 0 : 1;
      run(store.claim(owner).claimed().orElseThrow(), random.nextInt(3), logged);
    }
    assertThat(store.count("task_attempt WHERE failure_kind IS NULL")).isEqualTo(TASKS - without);
    for (Task task : tasks) {
      List<Attempt> listed = attempts(task, 0);
      List<Attempt> afterFirst = attempts(task, listed.get(0).fencingToken().value());
      writeRow(task);
      assertThat(attempts(task, 0)).isEqualTo(listed);
      assertThat(attempts(task, listed.get(0).fencingToken().value())).isEqualTo(afterFirst);
    }
    assertThat(store.count("task_attempt WHERE failure_kind IS NULL")).isEqualTo(TASKS);
  }

  /** Fails this often, is released once, and succeeds. */
  private void run(Task first, int failures, boolean logged) {
    Task run = first;
    for (int i = 0; i < failures; i++) {
      Failure failure =
          new Failure(Failure.Kind.RETRYABLE, "DOWN", "the feed is down", "", first.createTime());
      store.complete(
          owner,
          run,
          new RunEnd.Failed(failure, Optional.of(Duration.ZERO), Optional.empty()),
          false);
      StoreBench.get(store.committer.submit(store.due, 10));
      run = claim(run);
    }
    RunCompletion success =
        RunCompletion.of(StoreBench.succeeded(), run.retryPolicy(), run.attempt(), random);
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, success, List.of(), logged ? "a line" : "");
    StoreBench.get(
        store.committer.submit(
            store.completions, new CompleteAndClaim(owner, Optional.of(completion), false)));
  }

  private Task claim(Task expected) {
    Postgres.run(store.database, "UPDATE task_ready SET rank = 0 WHERE task = " + expected.id());
    Task claimed = store.claim(owner).claimed().orElseThrow();
    assertThat(claimed.id()).isEqualTo(expected.id());
    return claimed;
  }

  /** The row as it would be, from the event of the run's end. */
  private void writeRow(Task task) {
    Postgres.run(
        store.database,
        """
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time)
        SELECT e.task, k.fencing_token, e.attempt, replace(e.actor, 'nodes/', ''), e.since, e.time
        FROM task_event e JOIN task k ON k.id = e.task
        WHERE e.task = %d AND e.to_state = 8 ON CONFLICT DO NOTHING"""
            .formatted(task.id().value()));
  }

  private List<Attempt> attempts(Task task, long after) {
    try (Connection connection = store.database.read()) {
      return new AttemptReader(connection).list(task.id(), new FencingToken(after), 100);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
