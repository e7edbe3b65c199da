package io.tasklane.dependency;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the outputs of tasks that another one needs. A result that was over when the dependent was
 * created is none, whether or not the clean-up has removed it; one that was not is kept until the
 * dependent has ended.
 */
public final class OutputReader {
  /** Every row has the total, so that no output is read where all are too large together. */
  private static final String READ =
      """
      SELECT name, result_type, is_over, total,
          CASE WHEN total <= :most THEN result END AS result
      FROM (SELECT k.name, k.result_type, k.result, sum(octet_length(k.result)) OVER () AS total,
          k.result_expire_time IS NOT NULL
            AND (k.result IS NULL OR k.result_expire_time <= d.create_time) AS is_over
        FROM task k, (SELECT create_time FROM task WHERE id = :dependent) d
        WHERE k.name = ANY (:names)) AS outputs""";

  /**
   * The results of the tasks that a task needs.
   *
   * @param payloads by the final part of the task's name; a task that left nothing is missing, and
   *     they are of no use where any result was over
   * @param over tasks whose results were over, to be looked at first
   * @param areTooLarge whether all together are too large; then there are no payloads
   */
  public record Outputs(Map<String, Payload> payloads, Set<String> over, boolean areTooLarge) {}

  private OutputReader() {}

  /**
   * Reads the results of these tasks as the dependent may see them.
   *
   * @param dependent key of the task that needs them
   * @param taskIds final parts of the names of the tasks that it needs
   * @param most largest total size of the outputs in bytes
   */
  public static Outputs read(
      Connection connection, TaskKey dependent, Collection<String> taskIds, long most)
      throws SQLException {
    Set<String> over = new TreeSet<>();
    Map<String, Payload> outputs = new HashMap<>();
    List<Long> totals =
        NamedSql.on(connection, READ)
            .set("most", most)
            .set("dependent", dependent)
            .set("names", "text", taskIds)
            .list(
                row -> {
                  if (row.getBoolean("is_over")) {
                    over.add(row.getString("name"));
                  }
                  byte[] body = row.getBytes("result");
                  if (body != null) {
                    outputs.put(
                        row.getString("name"), new Payload(row.getString("result_type"), body));
                  }
                  return row.getLong("total");
                });
    return new Outputs(outputs, over, totals.stream().anyMatch(total -> total > most));
  }
}
