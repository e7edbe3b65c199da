package io.tasklane.task.recover;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.signal.ReadySignals;

/** What the feature registers, for tests of the store. */
public final class SuspectRules {
  private final ClearSuspects clear;

  /** With these signals. */
  public SuspectRules(ReadySignals signals) {
    clear = new ClearSuspects(signals);
  }

  /** What claims have to meet. */
  public ClaimCondition condition() {
    return new SuspectTurns();
  }

  /** Does what is due. */
  public void clear(GroupCommitter committer) {
    committer.submit(clear, 500).join();
  }

  /** Whether that is anything. */
  public static String probe() {
    return ClearSuspects.PROBE;
  }
}
