package io.tasklane.dependency;

import io.tasklane.database.NamedSql;
import io.tasklane.task.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the outputs of tasks that another one needs. */
public final class OutputReader {
  /** Every row has the total, so that no output is read where all are too large together. */
  private static final String READ =
      """
      SELECT name, result_type, total, CASE WHEN total <= :most THEN result END AS result
      FROM (SELECT name, result_type, result, sum(octet_length(result)) OVER () AS total
        FROM task WHERE name = ANY (:names)) AS outputs""";

  private OutputReader() {}

  /**
   * The outputs, by the final part of the task's name; a task without one is missing.
   *
   * @param most largest total size of the outputs in bytes
   * @return empty where the outputs are larger
   */
  public static Optional<Map<String, Payload>> read(
      Connection connection, Collection<String> taskIds, long most) throws SQLException {
    Map<String, Payload> outputs = new HashMap<>();
    List<Long> totals =
        NamedSql.on(connection, READ)
            .set("most", most)
            .set("names", "text", taskIds)
            .list(
                row -> {
                  byte[] body = row.getBytes("result");
                  if (body != null) {
                    outputs.put(
                        row.getString("name"), new Payload(row.getString("result_type"), body));
                  }
                  return row.getLong("total");
                });
    return totals.stream().anyMatch(total -> total > most)
        ? Optional.empty()
        : Optional.of(outputs);
  }
}
