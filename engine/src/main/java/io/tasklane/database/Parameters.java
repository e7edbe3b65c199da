package io.tasklane.database;

import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Binds the parameters of a statement by their names, and runs it. A name that the statement does
 * not have is an IllegalArgumentException. What runs the statement closes it, and so does a value
 * that cannot be bound.
 */
public class Parameters {
  private final PreparedStatement statement;
  private final NamedSql sql;

  Parameters(PreparedStatement statement, NamedSql sql) {
    this.statement = statement;
    this.sql = sql;
  }

  @FunctionalInterface
  private interface Setter {
    void at(int place) throws SQLException;
  }

  @FunctionalInterface
  private interface Binding {
    void run() throws SQLException;
  }

  private Parameters each(String name, Setter setter) throws SQLException {
    return closingIfThrown(
        () -> {
          for (int place : sql.places(name)) {
            setter.at(place);
          }
        });
  }

  private Parameters closingIfThrown(Binding binding) throws SQLException {
    try {
      binding.run();
      return this;
    } catch (SQLException | RuntimeException unbound) {
      statement.close();
      throw unbound;
    }
  }

  /** Binds a number. */
  public Parameters set(String name, long value) throws SQLException {
    return each(name, place -> statement.setLong(place, value));
  }

  /** Binds a number, or null. */
  public Parameters set(String name, Long value) throws SQLException {
    return each(name, place -> statement.setObject(place, value, Types.BIGINT));
  }

  /** Binds the key of a task. */
  public Parameters set(String name, TaskKey task) throws SQLException {
    return set(name, task.value());
  }

  /** Binds the key of a queue. */
  public Parameters set(String name, QueueKey queue) throws SQLException {
    return set(name, queue.value());
  }

  /** Binds a fencing token. */
  public Parameters set(String name, FencingToken token) throws SQLException {
    return set(name, token.value());
  }

  /** Binds a number of 32 bits. */
  public Parameters set(String name, int value) throws SQLException {
    return each(name, place -> statement.setInt(place, value));
  }

  /** Binds a fraction, or null. */
  public Parameters set(String name, Double value) throws SQLException {
    return each(name, place -> statement.setObject(place, value, Types.DOUBLE));
  }

  /** Binds a fraction. */
  public Parameters set(String name, double value) throws SQLException {
    return each(name, place -> statement.setDouble(place, value));
  }

  /** Binds a truth value. */
  public Parameters set(String name, boolean value) throws SQLException {
    return each(name, place -> statement.setBoolean(place, value));
  }

  /** Binds a text, or null. */
  public Parameters set(String name, String value) throws SQLException {
    return each(name, place -> statement.setString(place, value));
  }

  /** Binds bytes, or null. */
  public Parameters set(String name, byte[] value) throws SQLException {
    return each(name, place -> statement.setBytes(place, value));
  }

  /** Binds a UUID. */
  public Parameters set(String name, UUID value) throws SQLException {
    return each(name, place -> statement.setObject(place, value));
  }

  /** Binds a time, or null. */
  public Parameters set(String name, Timestamp value) throws SQLException {
    return each(name, place -> statement.setTimestamp(place, value));
  }

  /**
   * Binds an array, or null.
   *
   * @param type PostgreSQL's name of the elements' type, such as {@code int8}
   */
  public Parameters set(String name, String type, Object[] values) throws SQLException {
    return array(name, type, () -> numbers(values));
  }

  /** Arrays of a closer type hold no keys, and those of byte[] must keep theirs. */
  private static Object[] numbers(Object[] values) {
    return values != null && values.getClass() == Object[].class
        ? Stream.of(values).map(KeyValue::of).toArray()
        : values;
  }

  /** Computes the elements once, wherever the statement has them. */
  private Parameters array(String name, String type, Supplier<Object[]> elements)
      throws SQLException {
    return closingIfThrown(
        () -> {
          Object[] values = elements.get();
          Array array =
              values == null ? null : statement.getConnection().createArrayOf(type, values);
          for (int place : sql.places(name)) {
            statement.setArray(place, array);
          }
        });
  }

  /** Binds an array of these elements, in their order. */
  public Parameters set(String name, String type, Collection<?> values) throws SQLException {
    return array(name, type, () -> values.stream().map(KeyValue::of).toArray());
  }

  /** Binds rows as arrays, one for each column; {@code unnest} turns them into rows again. */
  public <T> Rows<T> rows(Collection<T> rows) {
    return new Rows<>(this, rows);
  }

  /**
   * Columns of rows, which must have the same order in every iteration.
   *
   * @param <T> a row
   */
  public static final class Rows<T> extends Parameters {
    private final Collection<T> rows;

    private Rows(Parameters of, Collection<T> rows) {
      super(of.statement, of.sql);
      this.rows = rows;
    }

    /**
     * Binds a column.
     *
     * @param type PostgreSQL's name of the elements' type
     * @param value of a row, null allowed
     */
    public Rows<T> add(String name, String type, Function<? super T, ?> value) throws SQLException {
      super.array(name, type, () -> rows.stream().map(value).map(KeyValue::of).toArray());
      return this;
    }

    /** Binds a column of bytes, which the driver takes as an array of arrays only. */
    public Rows<T> addBytes(String name, Function<? super T, byte[]> value) throws SQLException {
      super.array(name, "bytea", () -> rows.stream().map(value).toArray(byte[][]::new));
      return this;
    }
  }

  /** Runs a statement that returns no row, and returns how many rows it has changed. */
  public int update() throws SQLException {
    try (statement) {
      return statement.executeUpdate();
    }
  }

  /** Runs a query whose rows nobody reads, because it only locks them. */
  public void lock() throws SQLException {
    try (statement) {
      statement.execute();
    }
  }

  /** Runs a query, and returns what is read of each row. */
  public <T> List<T> list(RowReader<T> reader) throws SQLException {
    try (statement) {
      return reader.readAll(statement);
    }
  }

  /** Runs a query, and returns what is read of its first row; empty for none, and for null. */
  public <T> Optional<T> first(RowReader<T> reader) throws SQLException {
    try (statement;
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.ofNullable(reader.read(row)) : Optional.empty();
    }
  }

  /**
   * Runs a query that always has a row, and returns what is read of it.
   *
   * @throws NoSuchElementException where it has none
   */
  public <T> T one(RowReader<T> reader) throws SQLException {
    return first(reader).orElseThrow();
  }

  /** Runs a query, and returns whether it has a row. */
  public boolean exists() throws SQLException {
    return first(row -> true).isPresent();
  }

  /** Runs a query, and does this with each row. */
  public void each(RowAction action) throws SQLException {
    try (statement;
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        action.with(row);
      }
    }
  }

  /** What to do with a row. */
  @FunctionalInterface
  public interface RowAction {
    /** Does it with the present row. */
    void with(ResultSet row) throws SQLException;
  }
}
