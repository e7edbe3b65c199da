package io.tasklane.bench.faults.handler;

import io.tasklane.task.EffectIntent;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.time.Duration;

/** Works for a while, has one effect, and ends as its input says, telling the harness all of it. */
@Dependent
public final class FaultWork implements TaskHandler {
  // The checker names them too; it is not in this jar.
  static final String PASSING = "FAULTS_PASSING";
  static final String PERMANENT = "FAULTS_PERMANENT";
  static final String REFUSED = "FAULTS_REFUSED";
  private static final int STEP_MILLIS = 20;

  @Override
  public TaskType type() {
    return TaskType.named(Order.TASK_TYPE)
        .describedAs(
            "Works, has an effect at the harness of tasklane bench faults, and fails as it is told.")
        .withAttemptTimeout(Duration.ofMinutes(10));
  }

  @Override
  public Payload handle(Run run) throws Exception {
    return work(run);
  }

  static Payload work(Run run) throws Exception {
    Order order = Order.read(run.input().text());
    try (Harness harness = Harness.begin(order, run)) {
      if (order.kills() > 0 && harness.kills(order.kills())) {
        Runtime.getRuntime().halt(1);
      }
      try {
        work(order, run);
        failAsTold(order, run);
        run.once(run.task(), intent -> haveEffect(intent, harness));
      } catch (FailureException | Error failure) {
        harness.end("FAILURE");
        throw failure;
      } catch (InterruptedException stopped) {
        harness.end("STOPPED");
        throw stopped;
      } catch (IOException | RuntimeException other) {
        harness.end("STOPPED"); // however it ends, its slot may be taken from now on
        throw other;
      }
      harness.end("RESULT");
      return Payload.json("{\"token\":" + run.fencingToken() + "}");
    }
  }

  private static void work(Order order, Run run) throws InterruptedException {
    for (int left = order.workMillis(); left > 0; left -= STEP_MILLIS) {
      Thread.sleep(Math.min(left, STEP_MILLIS));
      if (order.heeds() && run.cancelled()) {
        throw new InterruptedException("cancelled");
      }
    }
  }

  private static void failAsTold(Order order, Run run) {
    if (run.attempt() <= order.failures()) {
      if (!order.error().isEmpty()) {
        Errors.raise(order.error());
      }
      throw FailureException.retryable(PASSING, "told to fail for now", null);
    }
    if (order.permanent()) {
      throw FailureException.permanent(PERMANENT, "told to fail for good");
    }
  }

  /** The target is asked only where the ledger does not know: it is the ledger that is tried. */
  private static Payload haveEffect(EffectIntent intent, Harness harness) throws IOException {
    boolean happened = intent.begunBefore() && harness.knows(intent.key());
    if (!happened && !harness.effect(intent.key())) {
      throw FailureException.retryable(
          REFUSED, intent.key() + ": a run with a larger token was here before", null);
    }
    return Payload.json("{}");
  }
}
