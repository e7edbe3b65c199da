package io.tasklane.grpc.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An alarm whose time a test moves by hand. */
public final class HandAlarm implements Alarm {
  private record Due(Duration at, Runnable call) {}

  private final List<Due> pending = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public Pending after(Duration delay, Runnable call) {
    Due due = new Due(now.plus(delay), call);
    pending.add(due);
    return () -> pending.remove(due);
  }

  /** Lets time pass; what becomes due goes off in its order. */
  public void pass(Duration time) {
    Duration until = now.plus(time);
    for (var due = next(until); due != null; due = next(until)) {
      now = due.at();
      pending.remove(due);
      due.call().run();
    }
    now = until;
  }

  /** How many alarms are set. */
  public int set() {
    return pending.size();
  }

  private Due next(Duration until) {
    return pending.stream()
        .filter(due -> due.at().compareTo(until) <= 0)
        .min(Comparator.comparing(Due::at))
        .orElse(null);
  }
}
