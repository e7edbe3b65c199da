package io.tasklane.task.run;

import io.tasklane.database.Rows;
import io.tasklane.task.Progress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The last report of a run, until it is known to be written. Safe for many threads. */
final class RunProgress {
  private final AtomicReference<Progress> unsent = new AtomicReference<>();
  private final AtomicReference<Progress> onItsWay = new AtomicReference<>();

  void report(
      long completedUnits,
      long totalUnits,
      String currentUnit,
      String message,
      String details,
      Instant now) {
    RunPayloads.requireDetails(details);
    unsent.set(
        new Progress(
            completedUnits,
            totalUnits,
            Rows.storable(currentUnit),
            Rows.storable(message),
            now,
            details));
  }

  /** The progress to send now. It stays unwritten until {@link #hasWritten}. */
  Optional<Progress> send() {
    Progress last = unsent.get();
    if (last != null) {
      onItsWay.set(last);
      unsent.compareAndSet(last, null);
    }
    return Optional.ofNullable(last);
  }

  void hasWritten(Progress sent) {
    onItsWay.compareAndSet(sent, null);
  }

  /** The last report, if it is not known to be written. */
  Optional<Progress> unwritten() {
    return Optional.ofNullable(unsent.get()).or(() -> Optional.ofNullable(onItsWay.get()));
  }
}
