package io.tasklane.feature;

import io.tasklane.commit.Batch;
import io.tasklane.dependency.EndedTask;
import java.sql.SQLException;
import java.util.List;

/**
 * A feature's part in the commands that end tasks: completions, cancels, expiries, lost leases and
 * skips alike. It gets all concerned tasks of a batch at once and writes in their transaction. A
 * feature sets its bit of {@code NewTask.listeners} in the tasks that it creates, and they keep it;
 * clients' tasks and copies have none. Tasks without any are completed in one round trip.
 */
public interface CompletionListener {
  /** Whether this task concerns the feature. */
  boolean concerns(EndedTask task);

  /**
   * Tasks have ended in this transaction.
   *
   * @param ended tasks that concern the feature, each in its final state
   * @return tasks that ended because of it, and that concern any feature
   * @throws SQLException also to have the transaction rolled back and tried again
   */
  List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException;

  /**
   * Runs have ended whose tasks go on: they wait for a retry or are ready again.
   *
   * @param waiting tasks that concern the feature
   */
  default void runsEnded(Batch batch, List<EndedTask> waiting) throws SQLException {}
}
