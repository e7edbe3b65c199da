package io.tasklane.timeout;

import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What limits the time of one task while it does not run. A limit that begins later, with the
 * release or the first start, has no end yet.
 *
 * @param state of the task
 * @param stateTime when it reached that state
 * @param startTime when its last attempt began; empty before the first
 * @param expireTime by when the first attempt must begin
 * @param queueTimeout longest time in QUEUED before the first start
 * @param totalTimeout longest time from the first start to the end
 * @param totalDeadline when that is over; only after a start
 */
public record WaitLimits(
    TaskState state,
    Instant stateTime,
    Optional<Instant> startTime,
    Optional<Instant> expireTime,
    Optional<Duration> queueTimeout,
    Optional<Duration> totalTimeout,
    Optional<Instant> totalDeadline) {
  /** Tasks that are not decided yet are checked no more often than this. */
  public static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Set<TaskState> WAITING =
      EnumSet.of(TaskState.BLOCKED, TaskState.SCHEDULED, TaskState.QUEUED, TaskState.RETRY_WAIT);

  /**
   * The limit that is over, at its very end too. The expire time and the queue timeout count until
   * the first start; a running task is not waiting, and its run ends by itself.
   */
  public Optional<TimeLimit> over(Instant at) {
    if (!WAITING.contains(state)) {
      return Optional.empty();
    }
    if (isBeforeStart() && isOver(expireTime, at)) {
      return Optional.of(TimeLimit.EXPIRE_TIME);
    }
    if (isBeforeStart() && state == TaskState.QUEUED && isOver(queueEnd(), at)) {
      return Optional.of(TimeLimit.QUEUE_TIMEOUT);
    }
    return isOver(totalDeadline, at) ? Optional.of(TimeLimit.TOTAL_TIMEOUT) : Optional.empty();
  }

  /** When to check a task again of which no limit is over; empty where none can ever be. */
  public Optional<Instant> nextCheck(Instant at) {
    Stream<Optional<Instant>> beforeStart =
        isBeforeStart()
            ? Stream.of(expireTime, state == TaskState.QUEUED ? queueEnd() : in(queueTimeout, at))
            : Stream.empty();
    return Stream.concat(beforeStart, Stream.of(nextCheckOfTotal(at)))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> nextCheckOfTotal(Instant at) {
    if (totalDeadline.isEmpty()) {
      return in(totalTimeout, at);
    }
    return isOver(totalDeadline, at) ? totalTimeout.map(limit -> at.plus(PAUSE)) : totalDeadline;
  }

  /** When the total timeout is over if the task starts now: the first start decides. */
  public Optional<Instant> totalDeadlineFrom(Instant start) {
    return totalDeadline.or(() -> totalTimeout.map(start::plus));
  }

  private boolean isBeforeStart() {
    return startTime.isEmpty();
  }

  private Optional<Instant> queueEnd() {
    return queueTimeout.map(stateTime::plus);
  }

  /** Not before a limit that has not begun could be over. */
  private static Optional<Instant> in(Optional<Duration> limit, Instant at) {
    return limit.map(time -> at.plus(time.compareTo(PAUSE) > 0 ? time : PAUSE));
  }

  private static boolean isOver(Optional<Instant> end, Instant at) {
    return end.filter(time -> !time.isAfter(at)).isPresent();
  }
}
