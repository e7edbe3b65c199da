package io.tasklane.fact;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.api.StoredFact;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads facts. One that has expired, or was deleted, is absent, whether its row is there or not.
 *
 * @param connection to read on
 */
public record FactReader(Connection connection) {
  /** SQL: whether the fact f is there at the time t.at, as {@link Fact#at} decides it. */
  static final String PRESENT =
      "f.value IS NOT NULL AND (f.expire_time IS NULL OR f.expire_time > t.at)";

  private static final String COLUMNS =
      "SELECT f.name, f.value, f.expire_time, f.update_time, f.principal, f.reason FROM fact f";
  private static final String SELECT =
      COLUMNS + ", (SELECT clock_timestamp() AS at) t WHERE " + PRESENT;
  private static final String AT =
      COLUMNS + ", (SELECT :now::timestamptz AS at) t WHERE f.name = :name AND " + PRESENT;
  private static final String STORED = COLUMNS + " WHERE f.name = :name";

  /** The fact of this name, if it is there at this time by the clock of the database. */
  public Optional<Fact> find(String name, Instant now) throws SQLException {
    return NamedSql.on(connection, AT)
        .set("name", name)
        .set("now", Timestamp.from(now))
        .first(FactReader::read)
        .map(StoredFact::fact);
  }

  /** The fact of this name. */
  Optional<StoredFact> find(String name) throws SQLException {
    return NamedSql.on(connection, SELECT + " AND f.name = :name")
        .set("name", name)
        .first(FactReader::read);
  }

  /**
   * The fact of this name.
   *
   * @throws Refusal NOT_FOUND: FACT_NOT_FOUND
   */
  StoredFact require(String name) throws SQLException {
    return find(name).orElseThrow(() -> notFound(name));
  }

  /** The fact of this name, whose row stays as it is until the transaction ends. */
  Optional<StoredFact> lock(String name) throws SQLException {
    return NamedSql.on(connection, SELECT + " AND f.name = :name FOR NO KEY UPDATE OF f")
        .set("name", name)
        .first(FactReader::read);
  }

  /** The fact of this name as it was just set, even if it has expired since. */
  StoredFact stored(String name) throws SQLException {
    return NamedSql.on(connection, STORED).set("name", name).one(FactReader::read);
  }

  /** Facts in the order of their names, after this one, at most so many. */
  List<StoredFact> list(String after, int limit) throws SQLException {
    return NamedSql.on(connection, SELECT + " AND f.name > :after ORDER BY f.name LIMIT :limit")
        .set("after", after)
        .set("limit", limit)
        .list(FactReader::read);
  }

  static Refusal notFound(String name) {
    return Refusal.notFound(
        RefusalReason.FACT_NOT_FOUND, "facts/" + name, "does not exist, or has expired");
  }

  private static StoredFact read(ResultSet row) throws SQLException {
    return new StoredFact(
        new Fact(
            row.getString("name"),
            JsonValue.stored(row.getString("value")),
            Rows.instant(row, "expire_time")),
        Rows.instant(row, "update_time").orElseThrow(),
        new Actor(row.getString("principal"), row.getString("reason")));
  }
}
