package io.tasklane.resource;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Returns tasks to their queues that wait for resources whose units have been refilled, by the
 * database's clock. The command is the maximum number of resources; the result is how many there
 * were.
 */
public final class RefillResources implements CommandKind<Integer, Integer> {
  private static final String DUE =
      """
      SELECT id FROM resource WHERE refill_due <= clock_timestamp()
      ORDER BY id LIMIT ? FOR NO KEY UPDATE SKIP LOCKED""";

  private final ResourceUnits units;

  /** Returns tasks to their queues with this. */
  public RefillResources(ResourceUnits units) {
    this.units = units;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.REFILL_RESOURCES;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (int limit : limits) {
      List<Integer> due = new ArrayList<>();
      try (PreparedStatement statement = batch.connection().prepareStatement(DUE)) {
        statement.setInt(1, limit);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            due.add(row.getInt(1));
          }
        }
      }
      units.giveBack(batch, due);
      outcomes.add(Outcome.done(due.size()));
    }
    return outcomes;
  }
}
