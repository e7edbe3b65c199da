package io.tasklane.worker;

import java.time.Duration;

/** How a worker stands. */
public enum WorkerState {
  /** Its stream is open and it was heard of lately: it gets offers. */
  HEALTHY,
  /** Its stream is broken, or it was silent for a while: its runs go on, it gets no offers. */
  SUSPECT,
  /** It finishes what it has. */
  DRAINING,
  /** It was silent for a whole lease, and has lost what it had. */
  LOST,
  /** It left in order. */
  STOPPED;

  /** Silence after which a worker is suspect: two heartbeats have not come. */
  public static final Duration SUSPECT_AFTER = Duration.ofSeconds(10);

  private static final int LIVING = 1;
  private static final int DRAINS = 3;
  private static final int IS_LOST = 4;

  /**
   * The state of a worker.
   *
   * @param stored code of its row: 1 living, 3 draining, 4 lost, 5 stopped
   * @param connected whether it has a stream
   * @param silence since it was heard of last
   */
  public static WorkerState of(int stored, boolean connected, Duration silence) {
    return switch (stored) {
      case LIVING -> connected && silence.compareTo(SUSPECT_AFTER) < 0 ? HEALTHY : SUSPECT;
      case DRAINS -> DRAINING;
      case IS_LOST -> LOST;
      default -> STOPPED;
    };
  }
}
