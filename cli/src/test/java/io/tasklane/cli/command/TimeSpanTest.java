package io.tasklane.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
  @Test
  void short_and_iso_forms_are_read() {
    TimeSpan span = new TimeSpan();
    assertThat(span.convert("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(span.convert("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(span.convert("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(span.convert("PT1M30S")).isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-3s", "PT-1S", "3q", "99999999999999999999s"})
  void anything_else_is_refused_with_what_is_allowed(String text) {
    assertThatThrownBy(() -> new TimeSpan().convert(text)).hasMessageContaining("ISO-8601");
  }
}
