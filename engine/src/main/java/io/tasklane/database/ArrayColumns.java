package io.tasklane.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;

/**
 * Binds rows as arrays, one parameter for each column; {@code unnest} turns them into rows again.
 *
 * @param <T> a row
 */
public final class ArrayColumns<T> {
  private final PreparedStatement statement;
  private final Collection<T> rows;
  private int index;

  private ArrayColumns(PreparedStatement statement, int before, Collection<T> rows) {
    this.statement = statement;
    this.index = before;
    this.rows = rows;
  }

  /**
   * Columns of these rows, which must have the same order in every iteration.
   *
   * @param before number of parameters before the first column
   */
  public static <T> ArrayColumns<T> of(
      PreparedStatement statement, int before, Collection<T> rows) {
    return new ArrayColumns<>(statement, before, rows);
  }

  /**
   * The next column.
   *
   * @param type PostgreSQL's name of the elements' type, such as {@code int8}
   * @param value of a row, null allowed
   */
  public ArrayColumns<T> add(String type, Function<? super T, ?> value) throws SQLException {
    return add(type, rows.stream().map(value).toArray());
  }

  /** The next column, of bytes, which the driver takes as an array of arrays only. */
  public ArrayColumns<T> addBytes(Function<? super T, byte[]> value) throws SQLException {
    return add("bytea", rows.stream().map(value).toArray(byte[][]::new));
  }

  private ArrayColumns<T> add(String type, Object[] values) throws SQLException {
    statement.setArray(++index, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
