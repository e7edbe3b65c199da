package io.tasklane.worker;

import io.tasklane.database.NamedSql;
import io.tasklane.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds workers that were not heard of for a whole lease, measured on this observer's own monotonic
 * clock: neither the clocks of others nor steps of this one matter, and an outage of the database
 * loses no worker, because the measurements begin anew after it. For one thread.
 */
public final class WorkerLeases {
  /** Silence after which a worker loses its leases. */
  public static final Duration LEASE = Duration.ofSeconds(15);

  private static final String FORGET =
      """
      DELETE FROM worker w WHERE w.state > 3 AND w.end_time < clock_timestamp() - interval '1 hour'
        AND NOT EXISTS (SELECT FROM task_lease l WHERE l.worker = w.id)""";

  private record Observed(long number, long since) {}

  private final Map<Long, Observed> observed = new HashMap<>();
  private final Ticker ticker;

  /** An observer who has seen nothing yet. */
  public WorkerLeases(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Reads all living workers, and returns those whose leases are over. */
  public List<ChangeWorkers.Lose> look(Connection connection) throws SQLException {
    return observe(new WorkerReader(connection).living());
  }

  List<ChangeWorkers.Lose> observe(List<WorkerReader.Renewal> living) {
    observed.keySet().retainAll(living.stream().map(WorkerReader.Renewal::worker).toList());
    for (WorkerReader.Renewal one : living) {
      Observed before = observed.get(one.worker());
      if (before == null || before.number() != one.number()) {
        observed.put(one.worker(), new Observed(one.number(), ticker.nanos()));
      }
    }
    return living.stream()
        .filter(one -> ticker.since(observed.get(one.worker()).since()).compareTo(LEASE) >= 0)
        .map(one -> new ChangeWorkers.Lose(one.worker(), one.number()))
        .toList();
  }

  /** The database was unreachable: starts every measurement again. */
  public void forget() {
    observed.clear();
  }

  /** Removes workers that ended an hour ago. */
  public static void removeEnded(Connection connection) throws SQLException {
    NamedSql.on(connection, FORGET).update();
  }
}
