package io.tasklane.artifact;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Looks at expired artifacts, and removes those that no task names. The others are looked at again
 * a day later.
 */
public final class ExpireArtifacts implements SingleCommand<Integer, ExpireArtifacts.Expired> {
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
      ORDER BY expire_time LIMIT :limit FOR UPDATE SKIP LOCKED""";
  private static final String LOOK_AGAIN =
      """
      UPDATE artifact SET expire_time = clock_timestamp() + interval '1 day'
      WHERE sha256 = ANY (:hashes)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.EXPIRE_ARTIFACTS;
  }

  @Override
  public Outcome<Expired> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    List<String> due =
        NamedSql.on(connection, LOCK).set("limit", limit).list(row -> row.getString(1));
    if (due.isEmpty()) {
      return Outcome.done(new Expired(0, 0));
    }
    ArtifactUses.forgetEnded(connection, due);
    int removed = ArtifactUses.removeUnused(connection, due).size();
    NamedSql.on(connection, LOOK_AGAIN).set("hashes", "text", due).update();
    return Outcome.done(new Expired(due.size(), removed));
  }
}
