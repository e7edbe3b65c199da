package io.tasklane.schedule.firing;

import io.tasklane.schedule.DurationWords;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One look at a schedule: goes over its due times and collects what becomes of them. */
final class Look {
  /** Due times that are decided one by one in a look; more wait for the next one. */
  static final int MOST_DECIDED = 1_000;

  private static final int SKIPS_TO_SHOW = 10;

  private final String schedule;
  private final ScheduleRules rules;
  private final DueTimes times;
  private final Closings closings;
  private final List<Firing> firings = new ArrayList<>();
  private final List<Skip> skips = new ArrayList<>();
  private Progress progress;
  private long overlapSkips;
  private long closed;
  private long missed;
  private boolean unfinished;

  Look(String schedule, ScheduleRules rules, Progress progress) {
    this.schedule = schedule;
    this.rules = rules;
    this.progress = progress;
    this.times = rules.times(progress.anchor());
    this.closings = rules.trigger().closings();
  }

  /** Runs the one that waits, if nothing runs any more. */
  void releaseBuffered() {
    if (progress.running() == 0 && progress.buffered().isPresent()) {
      Instant due = progress.buffered().get();
      progress = new Progress(progress.seenUntil(), Optional.empty(), 0, progress.anchor());
      fire(due);
    }
  }

  /** Counts what is due up to that instant, which is too long ago to run. */
  void countMissed(Instant tooOld, Instant upTo) {
    Instant last = tooOld.isBefore(upTo) ? tooOld : upTo;
    if (last.isAfter(progress.seenUntil()) && !waits()) {
      long notRun =
          skipAll(
              last,
              Skip.Reason.MISSED,
              "older than " + DurationWords.of(rules.catchUp()) + " when it was looked at");
      missed += notRun;
    }
  }

  /** Decides what is due up to that instant, one by one. */
  void decideEach(Instant upTo) {
    for (int decided = 0; decided < MOST_DECIDED; decided++) {
      if (waits()) {
        return; // Nothing is decided: the run may turn out to have ended earlier than that.
      }
      if (nothingCanRun()) {
        overlapSkips += skipAll(upTo, Skip.Reason.OVERLAP, "an earlier run had not ended");
        return;
      }
      Optional<Instant> due = times.next(progress.seenUntil(), upTo);
      if (due.isEmpty()) {
        see(upTo);
        return;
      }
      see(due.get());
      decide(due.get());
    }
    unfinished = times.next(progress.seenUntil(), upTo).isPresent();
  }

  Decision result(Optional<String> blocked) {
    return new Decision(
        firings, overlapSkips, closed, missed, skips, progress, unfinished, blocked);
  }

  private void decide(Instant due) {
    Optional<String> reason = closings.reason(due);
    if (reason.isPresent()) {
      closed++;
      show(new Skip(due, Skip.Reason.CLOSED, reason.get()));
    } else if (rules.overlap() == OverlapPolicy.BUFFER_ONE && progress.running() > 0) {
      progress =
          new Progress(
              progress.seenUntil(), Optional.of(due), progress.running(), progress.anchor());
    } else {
      fire(due);
    }
  }

  private void fire(Instant due) {
    FiringKey key = new FiringKey(schedule, due);
    boolean others = rules.overlap() == OverlapPolicy.CANCEL_OTHER && progress.running() > 0;
    firings.add(new Firing(key, FiringRules.startOf(key, rules, times), others));
    progress = progress.running(progress.running() + 1);
  }

  /** Whether whatever is due now is skipped, open or not. */
  private boolean nothingCanRun() {
    return progress.running() > 0
        && switch (rules.overlap()) {
          case SKIP -> true;
          case BUFFER_ONE -> progress.buffered().isPresent();
          case ALLOW, CANCEL_OTHER -> false;
        };
  }

  /** Whether nothing is due because the interval only begins when the run ends. */
  private boolean waits() {
    return rules.trigger().waitsForTheEnd() && progress.running() > 0;
  }

  /** Counts what is due up to that instant; what the calendar keeps from running is not in it. */
  private long skipAll(Instant upTo, Skip.Reason reason, String explanation) {
    Instant after = progress.seenUntil();
    long notOpen = closings.count(times, after, upTo);
    long open = times.count(after, upTo) - notOpen;
    closed += notOpen;
    showFirst(after, upTo, reason, explanation);
    see(upTo);
    return open;
  }

  private void showFirst(Instant after, Instant upTo, Skip.Reason reason, String explanation) {
    Optional<Instant> due = times.next(after, upTo);
    for (int shown = 0; shown < SKIPS_TO_SHOW && due.isPresent(); shown++) {
      Instant at = due.get();
      show(
          closings
              .reason(at)
              .map(why -> new Skip(at, Skip.Reason.CLOSED, why))
              .orElse(new Skip(at, reason, explanation)));
      due = times.next(at, upTo);
    }
  }

  private void show(Skip skip) {
    if (skips.stream().filter(other -> other.reason() == skip.reason()).count() < SKIPS_TO_SHOW) {
      skips.add(skip);
    }
  }

  private void see(Instant upTo) {
    progress = progress.seen(upTo);
  }
}
