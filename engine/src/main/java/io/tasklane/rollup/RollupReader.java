package io.tasklane.rollup;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads rollups.
 *
 * @param connection to read on
 */
public record RollupReader(Connection connection) {
  /** So long rollups are kept. */
  public static final Duration KEPT = Duration.ofDays(7);

  /** With so many runs of a type in a shorter time, a longer one is not looked at. */
  static final int ENOUGH = 200;

  /** The times that are looked at, one after the other. */
  private static final List<Duration> SPANS =
      List.of(Duration.ofHours(1), Duration.ofDays(1), KEPT);

  private static final String OF_QUEUE =
      """
      SELECT task_type, minute, arrivals, retries, failures, waits, runs, backoffs FROM rollup
      WHERE queue = :queue AND minute >= :since ORDER BY minute""";

  private static final String OTHERS =
      OF_QUEUE.replace("ORDER BY", "AND task_type <> ALL (:enough) ORDER BY");

  private static final String ARRIVALS =
      """
      SELECT minute, task_type, arrivals FROM rollup
      WHERE queue = :queue AND minute >= :since AND arrivals > 0""";

  /**
   * What is known of the tasks of a queue, by type: of the last hour for types with many runs, else
   * of the last day, else of the last week.
   *
   * @param now the present
   */
  public Map<String, RollupCounts> recent(QueueKey queue, Instant now) throws SQLException {
    Map<String, RollupCounts> known = new HashMap<>();
    for (Duration span : SPANS) {
      List<String> enough =
          known.entrySet().stream()
              .filter(entry -> entry.getValue().runs().count() >= ENOUGH)
              .map(Map.Entry::getKey)
              .toList();
      Map<String, RollupCounts> rest = new HashMap<>();
      since(OTHERS, queue, now.minus(span))
          .set("enough", "text", enough)
          .each(row -> rest.merge(row.getString("task_type"), counts(row), RollupCounts::plus));
      known.putAll(rest);
    }
    return known;
  }

  /**
   * How long the runs of a queue took, of all types together, each as often as it ran: those of the
   * last hour if they are many, else of the last day, else of the last week.
   *
   * @param now the present
   */
  public Histogram recentRuns(QueueKey queue, Instant now) throws SQLException {
    Histogram runs = Histogram.EMPTY;
    for (Duration span : SPANS) {
      if (runs.count() < ENOUGH) {
        runs = since(queue, now.minus(span)).runs();
      }
    }
    return runs;
  }

  /** What was counted of the tasks of a queue from a time on, of all types together. */
  public RollupCounts since(QueueKey queue, Instant time) throws SQLException {
    return since(OF_QUEUE, queue, time).list(RollupReader::counts).stream()
        .reduce(RollupCounts.NONE, RollupCounts::plus);
  }

  /**
   * How many tasks of each type became ready in each minute of a time.
   *
   * @param from begin of the first minute
   * @param minutes how many, 1 or more
   */
  public List<Map<String, Long>> arrivals(QueueKey queue, Instant from, int minutes)
      throws SQLException {
    List<Map<String, Long>> byMinute = new ArrayList<>();
    for (int i = 0; i < minutes; i++) {
      byMinute.add(new TreeMap<>());
    }
    since(ARRIVALS, queue, from)
        .each(
            row -> {
              Instant minute = row.getTimestamp("minute").toInstant();
              long number = Duration.between(from, minute).toMinutes();
              if (number < minutes) {
                byMinute.get((int) number).put(row.getString("task_type"), row.getLong("arrivals"));
              }
            });
    return byMinute;
  }

  private Parameters since(String sql, QueueKey queue, Instant time) throws SQLException {
    return NamedSql.on(connection, sql).set("queue", queue).set("since", Timestamp.from(time));
  }

  private static RollupCounts counts(ResultSet row) throws SQLException {
    return new RollupCounts(
        row.getLong("arrivals"),
        row.getLong("retries"),
        row.getLong("failures"),
        histogram(row.getArray("waits")),
        histogram(row.getArray("runs")),
        histogram(row.getArray("backoffs")));
  }

  private static Histogram histogram(Array stored) throws SQLException {
    Long[] counts = (Long[]) stored.getArray();
    long[] values = new long[counts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = counts[i];
    }
    return Histogram.of(values);
  }
}
