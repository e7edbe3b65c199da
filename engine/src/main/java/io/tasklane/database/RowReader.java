package io.tasklane.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the present row of a result into a value.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface RowReader<T> {
  /** Reads the row; it does not move on to the next one. */
  T read(ResultSet row) throws SQLException;

  /** The values of all rows of a query. */
  default List<T> readAll(PreparedStatement query) throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        all.add(read(row));
      }
    }
    return all;
  }
}
