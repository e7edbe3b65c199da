package io.tasklane.event;

import io.tasklane.fault.OngoingFaults;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Those who are told of all events, in their order. One who throws keeps nobody else from being
 * told; it has missed events, which those learn who can begin anew.
 */
final class EventFollowers {
  private static final String FOLLOWING = "event log: followers";
  private static final String GAPS = "event log: followers that missed events";

  private final List<Consumer<List<LogEvent>>> followers = new CopyOnWriteArrayList<>();
  private final List<Runnable> gapFollowers = new CopyOnWriteArrayList<>();
  private final OngoingFaults faults;

  EventFollowers(OngoingFaults faults) {
    this.faults = faults;
  }

  void add(Consumer<List<LogEvent>> follower) {
    followers.add(follower);
  }

  void addOfGaps(Runnable follower) {
    gapFollowers.add(follower);
  }

  void tell(List<LogEvent> events) {
    if (!faults.attemptEach(FOLLOWING, followers, follower -> follower.accept(events))) {
      tellOfGap();
    }
  }

  void tellOfGap() {
    faults.attemptEach(GAPS, gapFollowers, Runnable::run);
  }
}
