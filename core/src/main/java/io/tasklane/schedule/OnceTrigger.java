package io.tasklane.schedule;

import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.OnceTime;
import java.time.Instant;

/**
 * At one instant only.
 *
 * @param time the instant
 */
public record OnceTrigger(Instant time) implements Trigger {
  @Override
  public DueTimes times(DstPolicy policy, Instant anchor) {
    return new OnceTime(time);
  }

  @Override
  public String description() {
    return "once at " + time;
  }
}
