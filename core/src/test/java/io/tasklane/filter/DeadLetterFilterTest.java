package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterFilterTest {

  @Test
  void every_field_of_a_filter_of_dead_letters_is_read() {
    DeadLetterFilter filter =
        DeadLetterFilter.parse(
            "queue = \"queues/DATA_FETCHER\" AND failure.code = FEED_DOWN AND task_type = news"
                + " AND fingerprint = 0123456789abcdef AND create_time > \"2026-11-23T09:30:00Z\"");

    assertThat(filter.queue()).contains("DATA_FETCHER");
    assertThat(filter.failureCode()).contains("FEED_DOWN");
    assertThat(filter.taskType()).contains("news");
    assertThat(filter.fingerprint()).contains("0123456789abcdef");
    assertThat(filter.createTime().from()).contains(Instant.parse("2026-11-23T09:30:00.000001Z"));
    assertThat(DeadLetterFilter.parse("").createTime().isUnbounded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state = FAILED | queue, failure.code, fingerprint, task_type and create_time",
        "queue = A OR queue = B | OR is not allowed here",
        "queue = A AND queue = B | queue stands twice",
        "fingerprint : 01 | fingerprint takes = only",
        "create_time > now | RFC 3339",
      })
  void what_dead_letters_cannot_be_listed_by_is_refused(String text, String says) {
    assertThatThrownBy(() -> DeadLetterFilter.parse(text))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("position")
        .hasMessageContaining(says);
  }
}
