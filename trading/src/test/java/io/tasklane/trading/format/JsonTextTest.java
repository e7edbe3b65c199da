package io.tasklane.trading.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void an_object_or_an_array_is_read_and_may_have_blanks_around_it() {
    assertThat(JsonText.parse("x.json", " {\"a\":[1,2.50]} \n")).hasToString("{\"a\":[1,2.50]}");
    assertThat(JsonText.parse("x.json", "[]").asJsonArray()).isEmpty();
  }

  @Test
  void what_follows_the_end_is_refused() {
    for (String rest : List.of("{}", "]", "x", ",", "//")) {
      assertRefused("[]\n " + rest, "x.json line 2", "is not JSON");
    }
  }

  @Test
  void what_is_no_json_is_named_by_its_line() {
    for (String text : List.of("[\n{a:1}]", "[\n", "[\n1 2]", "[\n\"x", "\n ")) {
      assertRefused(text, "x.json line 2", "is not JSON");
    }
    assertRefused("", "x.json", "is not JSON");
  }

  @Test
  void a_value_alone_is_refused() {
    for (String text : List.of("5", "\"x\"", "null", "true")) {
      assertRefused(text, "x.json", "a JSON object or array");
    }
  }

  @Test
  void what_is_beyond_a_limit_is_refused_as_the_other_faults_are() {
    for (String value :
        List.of("[".repeat(100_000), "[".repeat(1_001) + "]".repeat(1_001), "7".repeat(2_000))) {
      assertRefused("{\"a\":" + value + "}", "x.json: ", "beyond what can be read");
    }
    assertThat(JsonText.parse("x.json", "[".repeat(900) + "]".repeat(900))).isNotNull();
    assertThat(JsonText.parse("x.json", "[" + "7".repeat(900) + "]")).isNotNull();
  }

  @Test
  void a_record_that_is_no_object_is_named_by_its_place() {
    byte[] bytes = "[{},5]".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JsonText.records("x.json", bytes))
        .hasMessageContainingAll("x.json [1]", "\"5\"", "an object");
  }

  private static void assertRefused(String text, String... words) {
    assertThatThrownBy(() -> JsonText.parse("x.json", text))
        .as(text.substring(0, Math.min(text.length(), 40)))
        .isInstanceOf(FailureException.class)
        .hasMessageContainingAll(words);
  }
}
