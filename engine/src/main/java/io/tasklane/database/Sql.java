package io.tasklane.database;

import io.tasklane.filter.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL with the values of its parameters.
 *
 * @param text of the piece
 * @param values in the order of their question marks: texts, numbers and instants
 */
public record Sql(String text, List<Object> values) {
  /** A piece with values. */
  public static Sql of(String text, Object... values) {
    return new Sql(text, List.of(values));
  }

  /** This and then that. */
  public Sql then(Sql other) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(other.values);
    return new Sql(text + other.text, all);
  }

  /** This and then that. */
  public Sql then(String more, Object... moreValues) {
    return then(of(more, moreValues));
  }

  /** All of these, joined by a separator. */
  public static Sql join(String between, List<Sql> pieces) {
    return new Sql(
        pieces.stream().map(Sql::text).collect(Collectors.joining(between)),
        pieces.stream().flatMap(piece -> piece.values.stream()).toList());
  }

  /** A bound statement, ready to be executed. */
  public PreparedStatement on(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.size(); i++) {
      Object value = KeyValue.of(values.get(i));
      statement.setObject(i + 1, value instanceof Instant t ? t.atOffset(ZoneOffset.UTC) : value);
    }
    return statement;
  }

  /** What is read of each row of this query. */
  public <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
    try (PreparedStatement statement = on(connection)) {
      return reader.readAll(statement);
    }
  }

  /**
   * The condition that a column is within this span, beginning with AND; empty where the span has
   * no bound.
   */
  public static Sql within(String column, TimeRange span) {
    Sql from = span.from().map(t -> of(" AND " + column + " >= ?", t)).orElse(of(""));
    Sql until = span.until().map(t -> of(" AND " + column + " < ?", t)).orElse(of(""));
    return from.then(until);
  }
}
