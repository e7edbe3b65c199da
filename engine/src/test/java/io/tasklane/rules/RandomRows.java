package io.tasklane.rules;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import io.tasklane.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.IntStream;

/**
 * Random rows as a list of VALUES, over which a rule's SQL is evaluated, or which is written into a
 * table.
 *
 * @param <R> a row as the test knows it
 */
public final class RandomRows<R> {
  private record Column<R>(String alias, String name, String type, Function<R, ?> value) {
    String literal(R row) {
      String unit = type.equals("interval") ? " * interval '1 ms'" : "";
      return RandomRows.literal(value.apply(row))
          + "::"
          + (unit.isEmpty() ? type : "bigint" + unit);
    }
  }

  private final List<R> rows;
  private final List<Column<R>> columns = new ArrayList<>();

  /** Rows without columns. */
  public RandomRows(List<R> rows) {
    this.rows = rows;
  }

  /**
   * Adds a column.
   *
   * @param name with the alias of its table, as the rule names it: {@code k.state}
   * @param type of PostgreSQL
   * @param value of a row, which may be null or an Optional
   */
  public RandomRows<R> column(String name, String type, Function<R, ?> value) {
    String[] parts = name.split("\\.");
    columns.add(new Column<>(parts[0], parts[1], type, value));
    return this;
  }

  /** What the expression is for each row, as text; null stays null. */
  public List<String> evaluate(Database database, String expression) {
    List<String> results = new ArrayList<>();
    try (Connection connection = database.read();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query(expression))) {
      while (row.next()) {
        results.add(row.getString(1));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(expression, failed);
    }
    return results;
  }

  /**
   * The rows for which the expression is not what the twin says, in words; empty where they agree.
   *
   * @param twin its result as PostgreSQL would print it; an Optional may be empty for null
   */
  public List<String> differences(
      Database database, String expression, Function<? super R, ?> twin) {
    List<String> sql = evaluate(database, expression);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String core = text(twin.apply(rows.get(i)));
      if (!Objects.equals(core, sql.get(i))) {
        differences.add("SQL " + sql.get(i) + ", core " + core + ": " + rows.get(i));
      }
    }
    return differences;
  }

  private static String text(Object value) {
    Object inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    return inner == null ? null : inner.toString();
  }

  /** SQL: a time as {@link Instant} prints it. */
  public static String instant(String time) {
    return ("regexp_replace(to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'),"
            + " '\\.000000$|(?<=\\.[0-9]{3})000$', '') || 'Z'")
        .formatted(time);
  }

  private String query(String expression) {
    return "SELECT (" + expression + ")::text FROM " + from() + " ORDER BY r.n";
  }

  private String from() {
    StringBuilder from = new StringBuilder(values());
    columns.stream()
        .collect(groupingBy(Column::alias, LinkedHashMap::new, joinedNames()))
        .forEach(
            (alias, fields) ->
                from.append(" CROSS JOIN LATERAL (SELECT " + fields + ") AS " + alias));
    return from.toString();
  }

  private Collector<Column<R>, ?, String> joinedNames() {
    return mapping(
        column -> "r.c" + columns.indexOf(column) + " AS " + column.name(), joining(", "));
  }

  private String values() {
    String names = IntStream.range(0, columns.size()).mapToObj(i -> ", c" + i).collect(joining());
    return "(VALUES " + list() + ") AS r (n" + names + ")";
  }

  private String list() {
    return IntStream.range(0, rows.size())
        .mapToObj(
            n ->
                columns.stream()
                    .map(column -> ", " + column.literal(rows.get(n)))
                    .collect(joining("", "(" + n, ")")))
        .collect(joining(",\n"));
  }

  /**
   * Writes the rows into a table.
   *
   * @param others values of further columns, the same for all rows, as SQL
   */
  public RandomRows<R> insert(Connection connection, String table, Map<String, String> others)
      throws SQLException {
    String names = columns.stream().map(Column::name).collect(joining(", "));
    String more = others.keySet().stream().map(name -> ", " + name).collect(joining());
    String same = others.values().stream().map(value -> ", " + value).collect(joining());
    String fields =
        IntStream.range(0, columns.size()).mapToObj(i -> "r.c" + i).collect(joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO %s (%s) SELECT %s FROM %s"
              .formatted(table, names + more, fields + same, values()));
    }
    return this;
  }

  /** The names of the columns. */
  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** As a literal of SQL without a type. */
  private static String literal(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Optional<?> optional) {
      return literal(optional.orElse(null));
    }
    return value instanceof Duration time
        ? literal(time.toMillis())
        : "'" + value.toString().replace("'", "''") + "'";
  }

  /** A time as SQL. */
  public static String literal(Instant time) {
    return "timestamptz '" + time + "'";
  }
}
