package io.tasklane.worker.stream;

import io.tasklane.worker.WorkerListener.Stop;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches the runs of one stream: tells the worker when a time limit is reached, and ends runs that
 * have not ended in time after they were asked to stop.
 */
record LeaseWatch(Session session, RunEnds ends) {
  /** How much longer than its grace a cancelled run has. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  void look() {
    for (LiveLease lease : session.leases().all()) {
      boolean timedOut = lease.stop().filter(Stop.TIMEOUT::equals).isPresent();
      if (lease.isOverLimit() && !timedOut && lease.stop().isEmpty() && !lease.isEnding()) {
        Duration grace = lease.task().timeouts().cancelGrace();
        lease.stop(Stop.TIMEOUT, grace);
        session
            .listener()
            .stop(lease.name(), Stop.TIMEOUT, grace, Optional.empty(), Optional.empty());
      }
      if (lease.isOverdue()) {
        end(lease);
      }
    }
  }

  private void end(LiveLease lease) {
    ends.write(lease, ends.overdue(lease))
        .whenComplete(
            (done, failed) -> {
              if (failed == null || !StreamTools.isAway(failed)) {
                session.lost(lease, "it did not end in time after it was asked to stop");
              }
            });
  }
}
