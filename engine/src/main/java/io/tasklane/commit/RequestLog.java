package io.tasklane.commit;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The first answers to requests that carried a request_id, kept in the commit that did the work.
 */
public final class RequestLog {
  /** Finds the rows with these keys, an array. */
  static final String FIND =
      "SELECT l.key, " + KeptAnswer.COLUMNS + " FROM request_log l WHERE l.key = ANY (:requests)";

  private static final NamedSql FIND_ALONE = NamedSql.of(FIND);

  /** For commands that took more than one round trip: their answers are complete. */
  private static final String KEEP =
      """
      INSERT INTO request_log (key, body_hash, response)
      SELECT * FROM unnest(:requests::uuid[], :hashes::bytea[], :responses::bytea[])""";

  private static final NamedSql KEEP_AND_COMMIT = NamedSql.of(KEEP + ";\nCOMMIT");

  /** An answer to keep. */
  private record Row(UUID key, byte[] bodyHash, byte[] response) {}

  private RequestLog() {}

  /**
   * The earlier answer to this very request.
   *
   * @param change with the same body; another request under the same id finds nothing
   */
  public static <R> Optional<Answer<R>> find(Connection connection, Change<R> change)
      throws SQLException {
    Optional<IdempotentRequest<R>> request = IdempotentRequest.of(change);
    if (request.isEmpty()) {
      return Optional.empty();
    }
    UUID key = request.get().key();
    try (PreparedStatement statement = FIND_ALONE.prepare(connection)) {
      FIND_ALONE.of(statement).set("requests", "uuid", new Object[] {key});
      return Optional.ofNullable(read(statement.executeQuery()).get(key))
          .filter(request.get()::isSameAs)
          .map(request.get()::answer);
    }
  }

  /** The keys of the commands whose answers are kept. */
  static List<UUID> keysOf(List<PendingCommand<?, ?>> batch) {
    return batch.stream().flatMap(e -> e.request.stream()).map(IdempotentRequest::key).toList();
  }

  /** Reads the rows that {@link #FIND} has found. */
  static Map<UUID, KeptAnswer> read(ResultSet found) throws SQLException {
    Map<UUID, KeptAnswer> kept = new HashMap<>();
    try (ResultSet rows = found) {
      while (rows.next()) {
        kept.put(rows.getObject("key", UUID.class), KeptAnswer.read(rows).orElseThrow());
      }
    }
    return kept;
  }

  /**
   * Decides the commands whose request was answered before.
   *
   * @param kept the rows with the keys of this batch
   * @return the commands that must wait, because another of this batch has the same request id
   */
  static Set<PendingCommand<?, ?>> decideRepeated(
      Map<UUID, KeptAnswer> kept, List<PendingCommand<?, ?>> batch) {
    Set<PendingCommand<?, ?>> duplicates = new HashSet<>();
    Set<UUID> seen = new HashSet<>();
    for (PendingCommand<?, ?> pending : batch) {
      if (pending.request.isPresent()) {
        UUID key = pending.request.get().key();
        KeptAnswer first = kept.get(key);
        if (first != null) {
          pending.repeat(first);
        } else if (!seen.add(key)) {
          duplicates.add(pending);
        }
      }
    }
    return duplicates;
  }

  /** Keeps the answers to everything this batch did, and commits it. */
  static void keepAndCommit(Connection connection, List<PendingCommand<?, ?>> batch)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (PendingCommand<?, ?> pending : batch) {
      row(pending).ifPresent(rows::add);
    }
    if (rows.isEmpty()) {
      connection.commit();
      return;
    }
    try (PreparedStatement statement = KEEP_AND_COMMIT.prepare(connection)) {
      KEEP_AND_COMMIT
          .of(statement)
          .rows(rows)
          .add("requests", "uuid", Row::key)
          .addBytes("hashes", Row::bodyHash)
          .addBytes("responses", Row::response);
      statement.execute();
    }
  }

  private static <R> Optional<Row> row(PendingCommand<?, R> pending) {
    return pending
        .responseToKeep()
        .map(
            bytes -> {
              IdempotentRequest<R> request = pending.request.orElseThrow();
              return new Row(request.key(), request.bodyHash(), bytes);
            });
  }
}
