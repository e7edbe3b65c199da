package io.tasklane.feature;

import io.tasklane.commit.Batch;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A feature's say in whether the head of a queue may be claimed now. The claim itself evaluates the
 * SQL of all conditions; a head that does not meet them is checked in Java, under the locks that
 * the feature takes. So a task that no feature concerns costs nothing.
 */
public interface ClaimCondition {
  /**
   * SQL: whether the task may be claimed without a check. {@code k} is its row of {@code task},
   * {@code t.at} the instant. It must be quick, and true for nearly all tasks.
   */
  String sql();

  /**
   * What this decides about the task now, without a lock and without a change: an explanation says
   * it of any task that waits, also of one that was set aside or is not ready.
   *
   * @param task its key
   * @return as {@link #check} would, if the task were the head; where this feature has set the task
   *     aside and not made it ready yet, {@link ClaimVerdict.SetAside}
   */
  ClaimVerdict look(Connection connection, TaskKey task) throws SQLException;

  /**
   * Decides about a head that does not meet the SQL of some condition, and keeps what it decided
   * true until the transaction ends.
   *
   * @param task key of the head
   * @return also {@link ClaimVerdict#MAY_RUN} where the feature is not concerned
   */
  ClaimVerdict check(Batch batch, TaskKey task) throws SQLException;

  /**
   * The checked task is claimed.
   *
   * @param task its key
   * @param token fencing token of the run
   */
  default void started(Batch batch, TaskKey task, FencingToken token) throws SQLException {}
}
