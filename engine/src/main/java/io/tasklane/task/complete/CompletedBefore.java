package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.task.Payload;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;

/**
 * Whether a run was completed before: a completion that is sent again, with the same token and
 * result, is a success.
 */
final class CompletedBefore {
  private static final String SQL =
      """
      SELECT 1 FROM task WHERE id = :task AND fencing_token = :token
        AND state IN (:to_running, :to_cancelling) AND result IS NOT DISTINCT FROM :result""";

  private CompletedBefore() {}

  static boolean holds(Batch batch, CompleteAndClaim.Completion completion) throws SQLException {
    RunCompletion what = completion.decision();
    return NamedSql.on(batch.connection(), SQL)
        .set("task", completion.task())
        .set("token", completion.token())
        .set("to_running", target(TaskState.RUNNING, what))
        .set("to_cancelling", target(TaskState.CANCELLING, what))
        .set("result", what.result().map(Payload::body).orElse(null))
        .exists();
  }

  private static int target(TaskState from, RunCompletion what) {
    return MoveTable.STANDARD
        .require(from, from == TaskState.RUNNING ? what.ifRunning() : what.ifCancelling())
        .code();
  }
}
