package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.util.Optional;

/**
 * For runs that go by sessions: half days run, or they do not.
 *
 * @param sessions the due times
 * @param skipped whether half days do not run
 */
public record HalfDays(SessionTimes sessions, boolean skipped) implements Closings {
  @Override
  public Optional<String> reason(Instant due) {
    return sessions
        .sessionDue(due)
        .filter(session -> skipped && session.halfDay())
        .map(
            session ->
                String.format(
                    "%s is a half day of %s (%s)",
                    session.day(), sessions.calendar().name(), session.reason().orElseThrow()));
  }

  @Override
  public long count(DueTimes times, Instant after, Instant upTo) {
    long count = 0;
    Optional<Instant> due = skipped ? times.next(after, upTo) : Optional.empty();
    while (due.isPresent()) {
      count += reason(due.get()).isPresent() ? 1 : 0;
      due = times.next(due.get(), upTo);
    }
    return count;
  }

  @Override
  public Instant sameReasonUntil(Instant due) {
    return due;
  }

  @Override
  public Optional<Instant> knownUntil() {
    return sessions.knownUntil();
  }

  @Override
  public String endOfKnowledge() {
    return sessions.calendar().endOfKnowledge();
  }
}
