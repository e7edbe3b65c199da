package io.tasklane.schedule.firing;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Short forms for tests. */
final class Looks {
  private Looks() {}

  static Instant at(String text) {
    return Instant.parse(text);
  }

  static ScheduleRules cron(String expression, String zone) {
    return ScheduleRules.of(CronTrigger.of(expression, zone, Optional.empty()));
  }

  static ScheduleRules allowing(String expression) {
    return cron(expression, "UTC").withOverlap(OverlapPolicy.ALLOW);
  }

  static Decision decide(ScheduleRules rules, Progress progress, String now) {
    return new FiringRules("s", rules).decide(progress, at(now));
  }

  static List<String> scheduled(Decision decision) {
    return decision.firings().stream()
        .map(firing -> firing.key().scheduledTime().toString())
        .toList();
  }
}
