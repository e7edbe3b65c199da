package io.tasklane.artifact;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at expired artifacts, and removes those that no task names. The others are looked at again
 * a day later.
 */
public final class ExpireArtifacts implements CommandKind<Integer, ExpireArtifacts.Expired> {
  /**
   * The result of one look.
   *
   * @param seen how many were looked at; fewer than requested means that there are no more
   * @param removed how many of them were removed
   */
  public record Expired(int seen, int removed) {}

  private static final String LOCK =
      """
      SELECT sha256 FROM artifact WHERE expire_time <= clock_timestamp()
      ORDER BY expire_time LIMIT ? FOR UPDATE SKIP LOCKED""";
  private static final String LOOK_AGAIN =
      """
      UPDATE artifact SET expire_time = clock_timestamp() + interval '1 day'
      WHERE sha256 = ANY (?)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.EXPIRE_ARTIFACTS;
  }

  @Override
  public List<Outcome<Expired>> execute(Batch batch, List<Integer> limits) throws SQLException {
    List<Outcome<Expired>> outcomes = new ArrayList<>();
    for (int limit : limits) {
      outcomes.add(Outcome.done(expire(batch.connection(), limit)));
    }
    return outcomes;
  }

  private static Expired expire(Connection connection, int limit) throws SQLException {
    List<String> due = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setInt(1, limit);
      due.addAll(OrphanObjects.keys(statement));
    }
    if (due.isEmpty()) {
      return new Expired(0, 0);
    }
    ArtifactUses.forgetEnded(connection, due);
    int removed = ArtifactUses.removeUnused(connection, due).size();
    try (PreparedStatement statement = connection.prepareStatement(LOOK_AGAIN)) {
      statement.setArray(1, connection.createArrayOf("text", due.toArray()));
      statement.executeUpdate();
    }
    return new Expired(due.size(), removed);
  }
}
