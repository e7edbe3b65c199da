package io.tasklane.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResourceLimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void a_unit_is_free_where_both_limits_leave_it() {
    ResourceLimits both = new ResourceLimits(5, 10, MINUTE);
    assertThat(both.free(ResourceUse.NONE)).isEqualTo(5);
    assertThat(both.free(new ResourceUse(2, 9))).isEqualTo(1);
    assertThat(both.free(new ResourceUse(7, 0))).as("made smaller while in use").isZero();
    assertThat(both.most()).isEqualTo(5);
  }

  @Test
  void a_limit_that_is_not_set_limits_nothing() {
    assertThat(ResourceLimits.capacity(3).free(new ResourceUse(1, 1_000))).isEqualTo(2);
    assertThat(new ResourceLimits(0, 4, MINUTE).free(new ResourceUse(1_000, 1))).isEqualTo(3);
  }

  @Test
  void a_resource_has_a_limit_and_a_refill_has_both_its_parts() {
    assertThatThrownBy(() -> new ResourceLimits(0, 0, Duration.ZERO))
        .hasMessageContaining("without limits");
    assertThatThrownBy(() -> new ResourceLimits(1, 2, Duration.ZERO))
        .hasMessageContaining("go together");
    assertThatThrownBy(() -> new ResourceLimits(1, 0, MINUTE)).hasMessageContaining("go together");
    assertThatThrownBy(() -> new ResourceLimits(-1, 0, Duration.ZERO))
        .hasMessageContaining("below 0");
  }
}
