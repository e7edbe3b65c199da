package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be published. */
class PublicationTest {
  private static final Payload DATA = Payload.json("{}");

  @ParameterizedTest
  @ValueSource(strings = {"market.news", "risk.breach", "a.b", "desk_2.limit_90.broken", "tasks.x"})
  void a_type_of_dotted_lower_case_words_is_taken(String type) {
    assertThat(new Publication(type, "symbols/AAPL", DATA).eventType()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "news", "Market.news", "market.", ".news", "market..news", "1.a"})
  void any_other_type_is_refused_with_what_is_allowed(String type) {
    assertThatThrownBy(() -> new Publication(type, "symbols/AAPL", DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event type \"" + type + "\"")
        .hasMessageContaining("lower-case words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"task.state_changed", "queue.changed", "dead_letter.x", "alert.raised"})
  void nobody_speaks_for_tasklane(String type) {
    assertThatThrownBy(() -> new Publication(type, "tasks/x", DATA))
        .hasMessageContaining(type)
        .hasMessageContaining("Tasklane alone");
  }

  @Test
  void a_type_and_a_subject_have_their_longest() {
    assertThat(new Publication("a." + "b".repeat(126), "s".repeat(256), DATA)).isNotNull();
    assertThatThrownBy(() -> new Publication("a." + "b".repeat(127), "s", DATA))
        .hasMessageContaining("event type");
    assertThatThrownBy(() -> new Publication("a.b", "s".repeat(257), DATA))
        .hasMessageContaining("subject")
        .hasMessageContaining("1 to 256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "a\nb"})
  void a_subject_that_no_row_or_line_can_hold_is_refused(String subject) {
    assertThatThrownBy(() -> new Publication("a.b", subject, DATA)).hasMessageContaining("subject");
  }

  @Test
  void data_is_json_of_at_most_256_kib() {
    byte[] most = new byte[Payload.MAX_BYTES];
    assertThat(new Publication("a.b", "s", new Payload(Payload.JSON, most)).data().body())
        .hasSize(262_144);
    byte[] tooMuch = new byte[Payload.MAX_BYTES + 1];
    assertThatThrownBy(() -> new Publication("a.b", "s", new Payload(Payload.JSON, tooMuch)))
        .hasMessageContaining("262145 bytes")
        .hasMessageContaining("at most 262144");
    assertThatThrownBy(() -> new Publication("a.b", "s", new Payload("text/csv", new byte[1])))
        .hasMessageContaining("text/csv");
  }
}
