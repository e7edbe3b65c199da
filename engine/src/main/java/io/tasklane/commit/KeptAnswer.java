package io.tasklane.commit;

import io.tasklane.api.Answer;
import io.tasklane.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of the request log.
 *
 * @param bodyHash of the request with this answer
 * @param response the answer's bytes
 * @param generated the values that the bytes lack, if they were written before these were known
 */
public record KeptAnswer(byte[] bodyHash, byte[] response, Optional<Answer.Generated> generated) {
  /** Its columns in the table {@code l}, by names that no other column has. */
  static final String COLUMNS =
      "l.body_hash AS kept_hash, l.response AS kept_response, l.revision AS kept_revision,"
          + " l.create_time AS kept_time";

  /** Reads these columns; empty where they are null. */
  static Optional<KeptAnswer> read(ResultSet row) throws SQLException {
    byte[] hash = row.getBytes("kept_hash");
    if (hash == null) {
      return Optional.empty();
    }
    long revision = row.getLong("kept_revision");
    Optional<Answer.Generated> generated =
        row.wasNull()
            ? Optional.empty()
            : Rows.instant(row, "kept_time").map(at -> new Answer.Generated(revision, at));
    return Optional.of(new KeptAnswer(hash, row.getBytes("kept_response"), generated));
  }
}
