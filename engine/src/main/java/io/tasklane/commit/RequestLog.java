package io.tasklane.commit;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
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

  /** For commands that took more than one round trip: their answers are complete. */
  private static final String KEEP_AND_COMMIT =
      """
      INSERT INTO request_log (key, body_hash, response)
      SELECT * FROM unnest(:requests::uuid[], :hashes::bytea[], :responses::bytea[]);
      COMMIT""";

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
    return NamedSql.on(connection, FIND)
        .set("requests", "uuid", List.of(request.get().key()))
        .first(row -> KeptAnswer.read(row).orElseThrow())
        .filter(request.get()::isSameAs)
        .map(request.get()::answer);
  }

  /** The keys of the commands whose answers are kept. */
  static List<UUID> keysOf(List<PendingCommand<?, ?>> batch) {
    return batch.stream().flatMap(e -> e.request.stream()).map(IdempotentRequest::key).toList();
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

  /**
   * Decides the commands that are refused for what their own request has done meanwhile: sent to
   * another node as well, it was committed while this transaction, which had looked for its answer
   * before, waited for a row. What a refusal has seen is committed, so its answer is found now.
   */
  static void decideOvertaken(Connection connection, List<PendingCommand<?, ?>> batch)
      throws SQLException {
    List<PendingCommand<?, ?>> refused =
        batch.stream()
            .filter(pending -> pending.request.isPresent() && pending.isRefused())
            .toList();
    if (refused.isEmpty()) {
      return;
    }
    Map<UUID, KeptAnswer> kept = new HashMap<>();
    NamedSql.on(connection, FIND)
        .set("requests", "uuid", keysOf(refused))
        .each(
            row -> kept.put(row.getObject("key", UUID.class), KeptAnswer.read(row).orElseThrow()));
    for (PendingCommand<?, ?> pending : refused) {
      KeptAnswer first = kept.get(pending.request.orElseThrow().key());
      if (first != null) {
        pending.repeat(first);
      }
    }
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
    NamedSql.on(connection, KEEP_AND_COMMIT)
        .rows(rows)
        .add("requests", "uuid", Row::key)
        .addBytes("hashes", Row::bodyHash)
        .addBytes("responses", Row::response)
        .update();
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
