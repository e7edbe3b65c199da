package io.tasklane.commit;

import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.database.ArrayColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The first answers to requests that carried a request_id, kept in the commit that did the work.
 */
final class RequestLog {
  private static final String FIND =
      """
      SELECT principal, method, request_id, body_hash, response FROM request_log
      JOIN unnest(?::text[], ?::text[], ?::text[]) AS q (principal, method, request_id)
      USING (principal, method, request_id)""";
  private static final String KEEP =
      """
      INSERT INTO request_log (principal, method, request_id, body_hash, response)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])""";

  private record Scope(String principal, String method, String requestId) {
    static Scope of(Change<?> change) {
      return new Scope(
          change.caller().principal(), change.method(), change.requestId().orElseThrow());
    }
  }

  private record Kept(byte[] hash, byte[] response) {}

  private RequestLog() {}

  /**
   * Decides the entries whose request was answered before.
   *
   * @return the entries that must wait, because another of this batch has the same request id
   */
  static Set<PendingCommand<?, ?>> decideRepeated(
      Connection connection, List<PendingCommand<?, ?>> batch) throws SQLException {
    List<PendingCommand<?, ?>> asked = batch.stream().filter(PendingCommand::isReplayable).toList();
    Set<PendingCommand<?, ?>> twins = new HashSet<>();
    if (asked.isEmpty()) {
      return twins;
    }
    Map<Scope, Kept> kept = find(connection, asked);
    Set<Scope> seen = new HashSet<>();
    for (PendingCommand<?, ?> entry : asked) {
      Scope scope = Scope.of(entry.change.get());
      Kept first = kept.get(scope);
      if (first != null) {
        answerFrom(first, entry, scope);
      } else if (!seen.add(scope)) {
        twins.add(entry);
      }
    }
    return twins;
  }

  private static void answerFrom(Kept first, PendingCommand<?, ?> entry, Scope scope) {
    if (Arrays.equals(first.hash(), entry.change.get().bodyHash())) {
      entry.replay(first.response());
    } else {
      entry.refuse(
          Refusal.invalid(
              "REQUEST_ID_REUSED",
              "request_id",
              "request_id \""
                  + scope.requestId()
                  + "\" was used for another request within 24 h; use a new one"));
    }
  }

  private static Map<Scope, Kept> find(Connection connection, List<PendingCommand<?, ?>> asked)
      throws SQLException {
    Map<Scope, Kept> kept = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      bindScopes(statement, asked);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          kept.put(
              new Scope(rows.getString(1), rows.getString(2), rows.getString(3)),
              new Kept(rows.getBytes(4), rows.getBytes(5)));
        }
      }
    }
    return kept;
  }

  /** Keeps the answers of everything that was done in this batch. */
  static void keep(Connection connection, List<PendingCommand<?, ?>> batch) throws SQLException {
    List<PendingCommand<?, ?>> done = new ArrayList<>();
    List<byte[]> hashes = new ArrayList<>();
    List<byte[]> responses = new ArrayList<>();
    for (PendingCommand<?, ?> entry : batch) {
      entry
          .responseToKeep()
          .ifPresent(
              bytes -> {
                done.add(entry);
                hashes.add(entry.change.get().bodyHash());
                responses.add(bytes);
              });
    }
    if (done.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      bindScopes(statement, done);
      ArrayColumns.of(statement, 3, hashes).addBytes(Function.identity());
      ArrayColumns.of(statement, 4, responses).addBytes(Function.identity());
      statement.executeUpdate();
    }
  }

  private static void bindScopes(PreparedStatement statement, List<PendingCommand<?, ?>> entries)
      throws SQLException {
    List<Scope> scopes = entries.stream().map(e -> Scope.of(e.change.get())).toList();
    ArrayColumns.of(statement, 0, scopes)
        .add("text", Scope::principal)
        .add("text", Scope::method)
        .add("text", Scope::requestId);
  }
}
