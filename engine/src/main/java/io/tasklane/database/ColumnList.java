package io.tasklane.database;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that statements select before all others, so that readers take them by their index: a
 * look-up by name costs more than the value. Both sides use this one list.
 */
public final class ColumnList {
  private final List<String> names = new ArrayList<>();

  /** Appends a column and returns its index in a result. */
  public int add(String name) {
    names.add(name);
    return names.size();
  }

  /** Appends columns and returns their indexes in a result. */
  public int[] add(List<String> columns) {
    return columns.stream().mapToInt(this::add).toArray();
  }

  /**
   * SQL: the columns, to be selected first.
   *
   * @param alias of the table
   */
  public String of(String alias) {
    return alias + "." + String.join(", " + alias + ".", names);
  }

  /** How many there are. */
  public int size() {
    return names.size();
  }

  /** Whether the result begins with these columns; for assertions, because it is slow. */
  public boolean isStartOf(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 0; i < names.size(); i++) {
      if (!columns.getColumnLabel(i + 1).equals(names.get(i))) {
        return false;
      }
    }
    return true;
  }
}
