package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.util.Optional;

/** Of a schedule without a calendar. */
final class NoClosings implements Closings {
  @Override
  public Optional<String> reason(Instant due) {
    return Optional.empty();
  }

  @Override
  public long count(DueTimes times, Instant after, Instant upTo) {
    return 0;
  }

  @Override
  public Instant sameReasonUntil(Instant due) {
    return due;
  }

  @Override
  public Optional<Instant> knownUntil() {
    return Optional.empty();
  }

  @Override
  public String endOfKnowledge() {
    return "";
  }
}
