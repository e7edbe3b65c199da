package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFilterTest {
  @Test
  void each_field_may_be_compared_once() {
    ScheduleFilter filter =
        ScheduleFilter.parse(
            "disabled = false AND queue = \"queues/NEWS\" AND task_type = system.noop"
                + " AND calendar = \"calendars/XNYS\"");
    assertThat(filter.disabled()).contains(false);
    assertThat(filter.queue()).contains("NEWS");
    assertThat(filter.taskType()).contains("system.noop");
    assertThat(filter.calendar()).contains("XNYS");
    assertThat(ScheduleFilter.parse(" ")).isEqualTo(ScheduleFilter.ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "disabled = yes, true or false",
    "queue = news, capital letter",
    "calendar = \"a b\", XNYS",
    "disabled = true OR disabled = false, AND is",
    "disabled = true AND disabled = true, twice",
    "state = RUNNING, 'disabled, queue, task_type and calendar'"
  })
  void anything_else_is_refused_with_what_is_allowed(String filter, String allowed) {
    assertThatThrownBy(() -> ScheduleFilter.parse(filter))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining(allowed);
  }
}
