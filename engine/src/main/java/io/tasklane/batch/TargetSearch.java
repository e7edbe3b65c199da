package io.tasklane.batch;

import io.tasklane.database.Sql;
import io.tasklane.deadletter.DeadLetterReader;
import io.tasklane.task.list.MatchingTasks;
import io.tasklane.workflow.store.WorkflowViews;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * Finds all targets of a filter, in the order of their creation, and one more than allowed.
 *
 * @param connection in autocommit mode
 * @param most that a batch operation may have
 */
record TargetSearch(Connection connection, int most) {
  private static final int PAGE = 5_000;

  /** How many there are. */
  int count(BatchFilter filter) throws SQLException {
    return Sql.of("SELECT count(*) FROM (")
        .then(names(filter))
        .then(") n")
        .list(connection, row -> row.getInt(1))
        .get(0);
  }

  /** Does this with the id of each, as they are at one moment; they are read in pages. */
  void each(BatchFilter filter, Consumer<String> action) throws SQLException {
    connection.setAutoCommit(false); // without it the driver reads all rows at once
    try (Statement settings = connection.createStatement();
        PreparedStatement statement = names(filter).on(connection)) {
      settings.execute("SET LOCAL jit = off");
      statement.setFetchSize(PAGE);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          action.accept(row.getString(1));
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private Sql names(BatchFilter filter) throws SQLException {
    if (filter instanceof BatchFilter.Tasks tasks) {
      return MatchingTasks.names(connection, tasks.filter(), most + 1);
    }
    if (filter instanceof BatchFilter.DeadLetters letters) {
      return new DeadLetterReader(connection).names(letters.filter(), most + 1);
    }
    return WorkflowViews.names(((BatchFilter.Workflows) filter).filter(), most + 1);
  }
}
