package io.tasklane.task.complete;

import io.tasklane.database.NamedSql;
import io.tasklane.task.Payload;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Looks for a run whose completion was written by an earlier copy of the same command. */
final class CompletedBefore {
  private static final NamedSql SQL =
      NamedSql.of(
          """
          SELECT 1 FROM task WHERE id = :task AND fencing_token = :token
            AND state IN (:to_running, :to_cancelling) AND result IS NOT DISTINCT FROM :result""");

  private CompletedBefore() {}

  /** The bound statement, which finds a row if there is one. */
  static PreparedStatement of(Connection connection, CompleteAndClaim.Completion completion)
      throws SQLException {
    RunCompletion what = completion.decision();
    PreparedStatement statement = SQL.prepare(connection);
    SQL.of(statement)
        .set("task", completion.task())
        .set("token", completion.token())
        .set("to_running", target(TaskState.RUNNING, what))
        .set("to_cancelling", target(TaskState.CANCELLING, what))
        .set("result", what.result().map(Payload::body).orElse(null));
    return statement;
  }

  private static int target(TaskState from, RunCompletion what) {
    return MoveTable.STANDARD
        .require(from, from == TaskState.RUNNING ? what.ifRunning() : what.ifCancelling())
        .code();
  }
}
