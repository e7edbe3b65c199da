package io.tasklane.task.run;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.commit.UserJson;
import io.tasklane.condition.InvalidExpressionException;
import io.tasklane.event.EventTypePattern;
import io.tasklane.step.KnownStep;
import io.tasklane.step.StepReport;
import io.tasklane.step.StepService;
import io.tasklane.step.StoredResult;
import io.tasklane.step.TaskStep;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;

/**
 * What one run knows of the steps of its task, read when it asks for the first, and what it
 * records. Results that are too large to be inline are kept as artifacts.
 */
final class StepRecords {
  private static final Logger LOG = Logger.getLogger(StepRecords.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String STALE = "STALE_LEASE";

  private final StepService steps;
  private final RunArtifacts artifacts;
  private final LiveRun run;
  private final BooleanSupplier leaseIsOver;
  private Map<String, KnownStep> known;

  StepRecords(StepService steps, RunArtifacts artifacts, LiveRun run, BooleanSupplier leaseIsOver) {
    this.steps = steps;
    this.artifacts = artifacts;
    this.run = run;
    this.leaseIsOver = leaseIsOver;
  }

  /** What earlier runs have recorded of a step. */
  Optional<KnownStep> known(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /** The names of those whose results are kept. */
  Set<String> keptNames() {
    Set<String> names = new LinkedHashSet<>();
    all().values().stream().filter(k -> k.step().isDone()).forEach(k -> names.add(k.step().name()));
    return names;
  }

  private synchronized Map<String, KnownStep> all() {
    if (known == null) {
      Map<String, KnownStep> found = new LinkedHashMap<>();
      steps.known(run.claimed().taskId()).forEach(k -> found.put(k.step().name(), k));
      known = found;
    }
    return known;
  }

  /** The kept result; null for none. */
  Payload result(String name) {
    StoredResult stored = steps.result(run.claimed().taskId(), name).orElseThrow();
    if (!stored.outside()) {
      return stored.payload().orElse(null);
    }
    ArtifactReference large = stored.payload().flatMap(Payload::reference).orElseThrow();
    try (InputStream bytes = artifacts.open(large)) {
      return new Payload(large.contentType(), bytes.readAllBytes());
    } catch (IOException unreadable) {
      throw FailureException.retryable(
          "STEP_RESULT_UNREADABLE",
          run.task() + ": the result of step " + name + " cannot be read: " + unreadable,
          unreadable);
    }
  }

  /**
   * Keeps what a body has returned; waits for an unavailable database as long as the lease holds.
   */
  Payload keep(String name, Payload result, Duration took) throws InterruptedException {
    check(name, result);
    long bytes = result == null ? 0 : result.body().length;
    boolean outside = bytes > Payload.MAX_BYTES;
    Optional<Payload> kept = outside ? Optional.of(stored(result)) : Optional.ofNullable(result);
    StepReport report = new StepReport.Succeeded(kept, outside, bytes, took);
    while (true) {
      try {
        KnownStep now = record(name, report);
        return now.step().token().value() == run.fencingToken() ? result : result(name);
      } catch (FailureException refused) {
        if (Outage.in(refused).isEmpty() || run.whyStopped() != Stop.NONE) {
          throw refused;
        }
        LOG.warning(run.task() + ": step " + name + " is done but not recorded; trying again");
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private Payload stored(Payload large) {
    try {
      return Payload.reference(
          artifacts.keep(large.contentType(), new ByteArrayInputStream(large.body()), run.task()));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible); // the bytes are in memory
    }
  }

  private void check(String name, Payload result) {
    if (result == null) {
      return;
    }
    if (result.body().length > TaskStep.MAX_RESULT_BYTES) {
      throw FailureException.permanent(
          "STEP_RESULT_TOO_LARGE",
          run.task()
              + ": the result of step "
              + name
              + " has "
              + result.body().length
              + " bytes; at most "
              + TaskStep.MAX_RESULT_BYTES
              + " are kept: store it with keep, and return the reference");
    }
    try {
      if (result.isJson()) {
        UserJson.require(result.body());
      }
    } catch (IOException fault) {
      throw FailureException.permanent(
          "STEP_RESULT_INVALID",
          run.task() + ": the result of step " + name + " is not allowed: " + fault.getMessage());
    }
  }

  /** Records what became of a step; it is durable then. */
  KnownStep record(String name, StepReport report) {
    checkLease(name);
    try {
      return steps
          .record(run.claimed().taskId(), run.claimed().fencingToken(), name, report)
          .toCompletableFuture()
          .join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Refusal refusal) {
        throw failing(refusal);
      }
      throw failed;
    }
  }

  private static FailureException failing(Refusal refusal) {
    String code = refusal.reason().name();
    boolean permanent =
        refusal.reason() == RefusalReason.STEP_LIMIT || refusal.reason() == RefusalReason.STEP_KIND;
    return permanent
        ? FailureException.permanent(code, refusal.getMessage(), refusal)
        : FailureException.retryable(code, refusal.getMessage(), refusal);
  }

  /** Whether a record was refused because the lease is over. */
  static boolean isStale(Throwable thrown) {
    return thrown instanceof FailureException failure && failure.code().equals(STALE);
  }

  void checkLease(String name) {
    if (leaseIsOver.getAsBoolean()) {
      throw FailureException.retryable(
          STALE, run.task() + ": its lease is over; step " + name + " is refused", null);
    }
  }

  /** Refuses what no event can be asked. */
  static void checkEvent(String name, String type, String condition) {
    if (!new EventTypePattern(type).isValid()) {
      throw new IllegalArgumentException(
          "event type \""
              + type
              + "\" of "
              + name
              + " is not allowed: "
              + EventTypePattern.ALLOWED);
    }
    try {
      StepService.requireCondition(condition);
    } catch (InvalidExpressionException invalid) {
      throw FailureException.permanent(
          StepService.EVENT_CONDITION,
          "condition of " + name + ": " + condition + ": " + invalid.getMessage());
    }
  }
}
