package io.tasklane.retention;

import io.tasklane.event.EventCompaction;
import java.sql.Connection;
import java.sql.SQLException;

/** Removes the oldest days of the event log, and then events that are in no day's partition. */
final class OldEvents implements Sweep {
  private static final int AT_ONCE = 1_000;

  /** Then the day is left to the next clean-up. */
  private static final int MOST_TRIES = 50;

  private final EventCompaction compaction;
  private int tries;

  OldEvents(EventCompaction compaction) {
    this.compaction = compaction;
  }

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    EventCompaction.Drop drop = compaction.dropOldestDay(connection);
    if (drop == EventCompaction.Drop.DONE) {
      counts.add(Removed.EVENT_PARTITIONS, 1);
      return true;
    }
    if (drop == EventCompaction.Drop.BUSY && ++tries < MOST_TRIES) {
      return true;
    }
    int stray = compaction.deleteStray(connection, AT_ONCE);
    counts.add(Removed.STRAY_EVENTS, stray);
    return stray == AT_ONCE;
  }
}
