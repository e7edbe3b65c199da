package io.tasklane.schedule.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rules say, as naively as can be: one due time after the other, nothing by arithmetic.
 */
final class Model {
  private final ScheduleRules rules;
  private final DueTimes times;
  private Instant seen;

  Model(ScheduleRules rules, Instant created) {
    this.rules = rules;
    this.times = rules.times(Instant.EPOCH);
    this.seen = created;
  }

  void seen(Instant now) {
    seen = now;
  }

  /** Compares a decision with what the model makes of the same stretch of time. */
  void look(Progress before, Instant now, Decision decision) {
    List<Instant> fired = new ArrayList<>();
    int running = before.running();
    Optional<Instant> buffered = before.buffered();
    long overlap = 0;
    long closed = 0;
    long missed = 0;
    if (buffered.isPresent() && running == 0) {
      fired.add(buffered.get());
      buffered = Optional.empty();
      running++;
    }
    Instant last = decision.progress().seenUntil();
    Optional<Instant> next = times.next(seen, last);
    while (next.isPresent()) {
      Instant due = next.get();
      if (rules.trigger().closings().reason(due).isPresent()) {
        closed++;
      } else if (due.isBefore(now.minus(rules.catchUp()))) {
        missed++;
      } else if (running == 0
          || rules.overlap() == OverlapPolicy.ALLOW
          || rules.overlap() == OverlapPolicy.CANCEL_OTHER) {
        fired.add(due);
        running++;
      } else if (rules.overlap() == OverlapPolicy.BUFFER_ONE && buffered.isEmpty()) {
        buffered = Optional.of(due);
      } else {
        overlap++;
      }
      next = times.next(due, last);
    }
    seen = last;
    assertThat(decision.firings())
        .extracting(firing -> firing.key().scheduledTime())
        .isEqualTo(fired);
    assertThat(decision.overlapSkips()).isEqualTo(overlap);
    assertThat(decision.closed()).isEqualTo(closed);
    assertThat(decision.missed()).isEqualTo(missed);
    assertThat(decision.progress().buffered()).isEqualTo(buffered);
  }
}
