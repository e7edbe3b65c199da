package io.tasklane.schedule.preview;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.cron.ClockChange;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.firing.FiringRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes over the due times of a preview, one entry after the other. */
final class Walk {
  private final Preview.Request request;
  private final ScheduleRules rules;
  private final DueTimes times;
  private final Closings closings;
  private final FiringRules firing;
  private final Explanations explanations;
  private final Occupation occupation;
  private final List<PreviewedRun> entries = new ArrayList<>();
  private Instant seen;
  private int runs;

  Walk(Preview.Request request) {
    this.request = request;
    this.rules = request.rules();
    this.times = rules.times(request.progress().anchor());
    this.closings = rules.trigger().closings();
    this.firing = new FiringRules(request.schedule(), rules);
    this.explanations = new Explanations(rules);
    this.occupation = new Occupation(rules.overlap(), request.typicalRun());
    this.seen = request.progress().seenUntil();
  }

  List<PreviewedRun> entries() {
    return entries;
  }

  Preview go() {
    if (rules.trigger().waitsForTheEnd() && request.progress().running() > 0) {
      return new Preview(entries, Optional.of("what follows depends on when the present run ends"));
    }
    Instant limit = limit();
    while (runs < request.maximumRuns() && entries.size() < Preview.MOST) {
      Optional<Instant> due = times.next(seen, limit);
      showChanges(due.orElse(limit));
      if (due.isEmpty()) {
        return new Preview(entries, ending());
      }
      see(due.get(), limit);
      if (rules.trigger().waitsForTheEnd()) {
        return new Preview(entries, Optional.of("what follows depends on when this run ends"));
      }
    }
    return new Preview(entries, Optional.empty());
  }

  private void see(Instant due, Instant limit) {
    Optional<String> reason = closings.reason(due);
    if (reason.isPresent()) {
      closed(due, limit, reason.get());
      return;
    }
    seen = due;
    Optional<String> overlap = occupation.skips(due);
    if (overlap.isPresent()) {
      add(due, Verdict.SKIPPED_OVERLAP, overlap.get());
    } else {
      runs++;
      String explanation = explanations.ofRun(due) + occupation.remark();
      entries.add(new PreviewedRun(due, firing.startOf(due), Verdict.RUN, explanation));
    }
  }

  /** One entry for a due time that does not run, and for all that follow for the same reason. */
  private void closed(Instant due, Instant limit, String reason) {
    Instant same = closings.sameReasonUntil(due);
    Instant last = same.isAfter(limit) ? limit : same;
    long others = last.isAfter(due) ? times.count(due, last) : 0;
    String more = others > 0 ? " (and " + others + " more times on that day)" : "";
    add(due, Verdict.SKIPPED_CLOSED, reason + more);
    seen = last.isAfter(due) ? last : due;
  }

  /** The times that are not due because the clocks change. */
  private void showChanges(Instant upTo) {
    if (rules.trigger() instanceof CronTrigger cron) {
      Instant from = rules.start().filter(start -> start.isAfter(seen)).orElse(seen);
      Instant to = rules.end().filter(end -> end.isBefore(upTo)).orElse(upTo);
      int free = Preview.MOST - entries.size();
      ClockChange.between(cron.expression(), cron.zone(), from, to, free).stream()
          .flatMap(change -> explanations.notDue(change).stream())
          .forEach(entries::add);
    }
  }

  private void add(Instant due, Verdict verdict, String explanation) {
    entries.add(new PreviewedRun(due, due, verdict, explanation));
  }

  private Instant limit() {
    Instant wanted = request.until().orElse(seen.plus(DueTimes.HORIZON));
    return closings
        .knownUntil()
        .map(known -> known.minusNanos(1))
        .filter(known -> known.isBefore(wanted))
        .orElse(wanted);
  }

  private Optional<String> ending() {
    Instant limit = limit();
    Optional<Instant> end = rules.end().filter(last -> !last.isAfter(limit));
    if (end.isPresent()) {
      return end.map(last -> "the schedule ends at " + last);
    }
    if (closings.knownUntil().filter(known -> known.minusNanos(1).equals(limit)).isPresent()) {
      return Optional.of(closings.endOfKnowledge());
    }
    return request.until().isPresent()
        ? Optional.empty()
        : Optional.of("never due again after " + seen);
  }
}
