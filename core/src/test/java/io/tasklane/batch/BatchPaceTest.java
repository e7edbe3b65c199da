package io.tasklane.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.Actor;
import io.tasklane.task.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps are even and small, and a batch operation says what does not belong to its kind. */
class BatchPaceTest {
  @Test
  void at_every_rate_steps_take_a_fifth_of_a_second_and_never_more_than_the_rate() {
    for (int rate = 1; rate <= BatchPace.FASTEST; rate++) {
      int step = BatchPace.step(rate);
      assertThat(step).as("at %d a second", rate).isBetween(1, BatchPace.MOST_IN_STEP);
      Duration rest = BatchPace.rest(step, rate);
      double perSecond = step / (rest.toNanos() / 1e9);
      assertThat(perSecond).as("at %d a second", rate).isBetween(rate * 0.999, rate * 1.001);
      assertThat(rest.toMillis()).isLessThanOrEqualTo(rate < 5 ? 1_000 : 400);
    }
  }

  @Test
  void a_day_without_a_step_is_too_long() {
    Instant last = Instant.parse("2026-11-23T10:00:00Z");
    assertThat(BatchPace.isGivenUp(last, last.plus(Duration.ofHours(24)))).isFalse();
    assertThat(BatchPace.isGivenUp(last, last.plus(Duration.ofHours(24)).plusMillis(1))).isTrue();
  }

  private static BatchRequest request(BatchKind kind, Optional<Priority> priority, int rate) {
    return new BatchRequest(kind, "", priority, false, false, rate, new Actor("ann", ""));
  }

  @Test
  void what_does_not_belong_to_the_kind_is_named() {
    Optional<Priority> nine = Optional.of(new Priority(9));
    assertThat(request(BatchKind.SET_PRIORITY, nine, 1).priority()).isEqualTo(nine);
    assertThatThrownBy(() -> request(BatchKind.CANCEL_TASKS, nine, 1))
        .isInstanceOfSatisfying(
            InvalidBatchException.class, e -> assertThat(e.field()).isEqualTo("priority"));
    assertThatThrownBy(() -> request(BatchKind.SET_PRIORITY, Optional.empty(), 1))
        .isInstanceOf(InvalidBatchException.class);
    assertThatThrownBy(() -> request(BatchKind.RETRY_TASKS, Optional.empty(), 0))
        .hasMessage("allowed is 1 to 1000");
  }

  @Test
  void no_target_counts_twice() {
    BatchCounts counts = new BatchCounts(2, 0, 0).withDone().withRefused();
    assertThat(counts.left()).isZero();
    assertThatThrownBy(counts::withDone).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_kind_and_state_is_found_by_its_code() {
    for (BatchKind kind : BatchKind.values()) {
      assertThat(BatchKind.of(kind.code())).isEqualTo(kind);
    }
    for (BatchState state : BatchState.values()) {
      assertThat(BatchState.of(state.code())).isEqualTo(state);
    }
    assertThatThrownBy(() -> BatchKind.of(6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchState.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
