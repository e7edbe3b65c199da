package io.tasklane.database;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/**
 * Binds the parameters of a statement by their names. A name that the statement does not have is an
 * IllegalArgumentException.
 */
public final class Parameters {
  private final PreparedStatement statement;
  private final NamedSql sql;

  Parameters(PreparedStatement statement, NamedSql sql) {
    this.statement = statement;
    this.sql = sql;
  }

  /** Binds a number. */
  public Parameters set(String name, long value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setLong(place, value);
    }
    return this;
  }

  /** Binds a number of 32 bits. */
  public Parameters set(String name, int value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setInt(place, value);
    }
    return this;
  }

  /** Binds a fraction. */
  public Parameters set(String name, double value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setDouble(place, value);
    }
    return this;
  }

  /** Binds a truth value. */
  public Parameters set(String name, boolean value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setBoolean(place, value);
    }
    return this;
  }

  /** Binds a text, or null. */
  public Parameters set(String name, String value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setString(place, value);
    }
    return this;
  }

  /** Binds bytes, or null. */
  public Parameters set(String name, byte[] value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setBytes(place, value);
    }
    return this;
  }

  /** Binds a UUID. */
  public Parameters set(String name, UUID value) throws SQLException {
    for (int place : sql.places(name)) {
      statement.setObject(place, value);
    }
    return this;
  }

  /**
   * Binds an array.
   *
   * @param type PostgreSQL's name of the elements' type, such as {@code int8}
   */
  public Parameters set(String name, String type, Object[] values) throws SQLException {
    Array array = statement.getConnection().createArrayOf(type, values);
    for (int place : sql.places(name)) {
      statement.setArray(place, array);
    }
    return this;
  }

  /** Binds rows as arrays, one for each column; {@code unnest} turns them into rows again. */
  public <T> Rows<T> rows(Collection<T> rows) {
    return new Rows<>(rows);
  }

  /**
   * Columns of rows, which must have the same order in every iteration.
   *
   * @param <T> a row
   */
  public final class Rows<T> {
    private final Collection<T> rows;

    private Rows(Collection<T> rows) {
      this.rows = rows;
    }

    /**
     * Binds a column.
     *
     * @param type PostgreSQL's name of the elements' type
     * @param value of a row, null allowed
     */
    public Rows<T> add(String name, String type, Function<? super T, ?> value) throws SQLException {
      set(name, type, rows.stream().map(value).toArray());
      return this;
    }

    /** Binds a column of bytes, which the driver takes as an array of arrays only. */
    public Rows<T> addBytes(String name, Function<? super T, byte[]> value) throws SQLException {
      set(name, "bytea", rows.stream().map(value).toArray(byte[][]::new));
      return this;
    }
  }
}
