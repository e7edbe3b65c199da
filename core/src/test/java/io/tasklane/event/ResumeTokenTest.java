package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTokenTest {
  @Test
  void what_was_given_out_reads_back_the_same() {
    ResumeToken token = new ResumeToken("1z4k", Long.MAX_VALUE, 42);
    assertThat(ResumeToken.decode(token.encode())).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "g.1", "g.1.2.3", ".1.2", "g.one.2", "g.1.", "g.1.2 "})
  void anything_else_is_refused_and_shown(String text) {
    assertThatThrownBy(() -> ResumeToken.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resume token \"" + text + "\"");
  }

  @Test
  void positions_order_by_transaction_and_then_by_sequence() {
    ResumeToken first = new ResumeToken("g", 9, 500);
    ResumeToken second = new ResumeToken("g", 10, 3);
    ResumeToken third = new ResumeToken("g", 10, 20);
    assertThat(Stream.of(third, first, second).sorted()).isEqualTo(List.of(first, second, third));
  }
}
