package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A result reads as absent from the very moment at which its time is over. */
class ExpiredResultTest {
  private static final Instant END = Instant.parse("2026-03-04T09:00:00Z");
  private static final Instant EXPIRES = END.plus(Duration.ofHours(24));
  private static final Payload RESULT = Payload.json("{}");

  @Test
  void it_is_there_until_then() {
    assertThat(ended().at(EXPIRES.minusNanos(1)).result()).contains(RESULT);
  }

  @Test
  void it_is_absent_from_then_on_and_all_else_stays() {
    Task later = ended().at(EXPIRES);
    assertThat(later.result()).isEmpty();
    assertThat(later.state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(later.resultExpireTime()).contains(EXPIRES);
    assertThat(later.at(END)).as("nothing else differs").isEqualTo(later);
  }

  private static Task ended() {
    return new Task(
        new TaskKey(1),
        END,
        Optional.empty(),
        "tester",
        new TaskSpec(
            "a",
            "Q",
            "t",
            RESULT,
            new Priority(5),
            RetryPolicy.DEFAULT,
            Timeouts.ofAttempt(Duration.ofMinutes(1)),
            Duration.ofHours(24),
            Map.of(),
            StartConditions.NONE,
            Optional.empty(),
            RunRules.NONE),
        new TaskStatus(
            TaskState.SUCCEEDED,
            1,
            0,
            0,
            new FencingToken(1),
            "n1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(END),
            Optional.of(END),
            Optional.empty(),
            Optional.empty(),
            3,
            9,
            false,
            Duration.ZERO),
        new TaskResult(Optional.of(RESULT), false, Optional.of(EXPIRES)));
  }
}
