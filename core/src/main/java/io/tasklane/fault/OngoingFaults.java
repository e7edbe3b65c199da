package io.tasklane.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What fails on this node at present and is tried again. Every loop of the engine reports here what
 * one of its turns has thrown, and goes on; health reports it to operators. Safe for many threads.
 */
public final class OngoingFaults {
  private static final Logger LOG = Logger.getLogger(OngoingFaults.class.getName());

  /** So often a fault that lasts is logged. */
  private static final Duration LOGGED = Duration.ofMinutes(1);

  /** What has not failed for so long is not tried any more: its task was cancelled, say. */
  private static final Duration KEPT = Duration.ofMinutes(30);

  private final Map<String, OngoingFault> faults = new ConcurrentHashMap<>();
  private final Map<String, Instant> logged = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Runnable endNode;

  /**
   * Knows of no fault yet.
   *
   * @param clock the time
   * @param endNode ends this node at once; called for an error of {@link FatalErrors}
   */
  public OngoingFaults(Clock clock, Runnable endNode) {
    this.clock = clock;
    this.endNode = endNode;
  }

  /**
   * This work has failed and will be tried again. An error of {@link FatalErrors} ends the node,
   * and is thrown on.
   */
  public void failed(String work, Throwable why) {
    if (FatalErrors.isFatal(why)) {
      FatalErrors.end(why, endNode);
      FatalErrors.passOn(why);
    }
    Instant now = clock.instant();
    String error = ErrorText.of(why);
    OngoingFault fault =
        faults.compute(
            work,
            (same, before) ->
                before == null
                    ? new OngoingFault(work, now, now, 1, error)
                    : before.again(now, error));
    Instant before = logged.get(work);
    if (fault.failures() == 1 || before == null || !now.isBefore(before.plus(LOGGED))) {
      logged.put(work, now);
      LOG.log(Level.WARNING, why, () -> work + ": failed, and is tried again");
    }
  }

  /** This work went well, or is not tried any more. */
  public void ended(String work) {
    if (!faults.isEmpty() && faults.remove(work) != null) {
      logged.remove(work);
      LOG.info(() -> work + ": is not tried again any more");
    }
  }

  /**
   * Does one turn of this work, whatever it throws.
   *
   * @return whether it went well
   */
  public boolean attempt(String work, Runnable turn) {
    try {
      turn.run();
      ended(work);
      return true;
    } catch (Throwable thrown) {
      failed(work, thrown);
      return false;
    }
  }

  /**
   * Does this for each of them; one that fails keeps no other from its turn. The work as a whole
   * has failed if one of them has.
   *
   * @return whether all went well
   */
  public <T> boolean attemptEach(String work, Iterable<T> all, Consumer<? super T> turn) {
    Throwable first = null;
    for (T one : all) {
      try {
        turn.accept(one);
      } catch (Throwable thrown) {
        first = first == null || FatalErrors.isFatal(thrown) ? thrown : first;
      }
    }
    if (first != null) {
      failed(work, first);
      return false;
    }
    ended(work);
    return true;
  }

  /** How many there are. */
  public int size() {
    return all().size();
  }

  /** All of them, the longest first. */
  public List<OngoingFault> all() {
    Instant forgotten = clock.instant().minus(KEPT);
    faults.values().stream()
        .filter(fault -> fault.last().isBefore(forgotten))
        .forEach(fault -> ended(fault.work()));
    return faults.values().stream()
        .sorted(Comparator.comparing(OngoingFault::since).thenComparing(OngoingFault::work))
        .toList();
  }
}
