package io.tasklane.worker;

import io.tasklane.fact.Fact;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Publication;
import io.tasklane.task.TaskRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker says after its Hello. */
public sealed interface WorkerMessage {
  /** A message about one lease. */
  sealed interface OfLease extends WorkerMessage {
    /** The lease. */
    LeaseName lease();
  }

  /**
   * It can take more offers.
   *
   * @param offers how many, 1 or more
   */
  record Credit(int offers) implements WorkerMessage {}

  /**
   * It takes an offer.
   *
   * @param lease of the offer
   */
  record Accept(LeaseName lease) implements OfLease {}

  /**
   * It does not take an offer.
   *
   * @param lease of the offer
   */
  record Reject(LeaseName lease) implements OfLease {}

  /**
   * A run is alive.
   *
   * @param lease of the run
   * @param progress if it has changed
   */
  record Beat(LeaseName lease, Optional<Progress> progress) {}

  /**
   * A sign of life.
   *
   * @param leases runs that have reported something
   * @param cpuLoad 0.0 to 1.0
   * @param memoryBytes 0 or more
   */
  record Heartbeat(List<Beat> leases, double cpuLoad, long memoryBytes) implements WorkerMessage {}

  /**
   * A handler has returned.
   *
   * @param lease of the run
   * @param result what it returned
   * @param partial whether that is only part of the work, in answer to a stop
   * @param children tasks to create in the same commit
   * @param events to publish in the same commit
   * @param facts to set in the same commit
   * @param credit offers more that the worker can take, 0 or more
   */
  record Completed(
      LeaseName lease,
      Payload result,
      boolean partial,
      List<TaskRequest> children,
      List<Publication> events,
      List<Fact> facts,
      int credit)
      implements OfLease {}

  /**
   * A handler has failed.
   *
   * @param lease of the run
   * @param failure why
   * @param retryDelay instead of the policy's
   * @param partialResult what was done before a stop
   * @param credit offers more that the worker can take, 0 or more
   */
  record Failed(
      LeaseName lease,
      Failure failure,
      Optional<Duration> retryDelay,
      Optional<Payload> partialResult,
      int credit)
      implements OfLease {}

  /**
   * The state of a run, for the next one.
   *
   * @param lease of the run
   * @param state what it needs
   */
  record Checkpoint(LeaseName lease, Payload state) implements OfLease {}

  /**
   * Lines of the attempt's log.
   *
   * @param lease of the run
   * @param lines one or more
   */
  record Log(LeaseName lease, List<String> lines) implements OfLease {}

  /**
   * What a run has reached so far.
   *
   * @param lease of the run
   * @param partial the result so far
   */
  record PartialResult(LeaseName lease, Payload partial) implements OfLease {}

  /**
   * A fact to set at once.
   *
   * @param lease of the run
   * @param fact to set
   */
  record SetFact(LeaseName lease, Fact fact) implements OfLease {}

  /**
   * Gives a task back.
   *
   * @param lease of the run
   * @param checkpoint for the next run
   * @param reason for people
   * @param credit offers more that the worker can take, 0 or more
   */
  record Release(LeaseName lease, Optional<Payload> checkpoint, String reason, int credit)
      implements OfLease {}

  /**
   * A step of a run sleeps or waits: the task goes on later, in the same attempt.
   *
   * @param lease of the run
   * @param step its name
   * @param rest how long at most, 0 or more
   */
  record Suspended(LeaseName lease, String step, Duration rest) implements OfLease {}

  /**
   * It wants to leave.
   *
   * @param reason for people
   */
  record Leave(String reason) implements WorkerMessage {}
}
