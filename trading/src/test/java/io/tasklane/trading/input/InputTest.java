package io.tasklane.trading.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputTest {
  private static Input input(String json) {
    return Input.of(Payload.json(json));
  }

  @Test
  void symbols_in_any_form_become_one() {
    List<String> expected = List.of("AAPL", "MSFT", "BRK.B");
    assertThat(input("{\"symbols\":\"aapl, MSFT,,brk.b,AAPL\"}").symbols()).isEqualTo(expected);
    assertThat(input("{\"symbols\":[\"Aapl\",\" msft\",\"BRK.B\",\"\"]}").symbols())
        .isEqualTo(expected);
    assertThat(input("{\"symbols\":\"\"}").symbols()).isEmpty();
    assertThat(input("{}").symbols()).isEmpty();
  }

  @Test
  void a_symbol_that_could_lead_out_of_the_folder_is_refused() {
    assertThatThrownBy(() -> input("{\"symbols\":\"../../secret\"}").symbols())
        .isInstanceOf(FailureException.class)
        .hasMessageContainingAll("symbols", "a ticker symbol");
  }

  @Test
  void an_empty_body_takes_all_defaults_and_what_is_no_object_is_refused() {
    assertThat(input(" ").flag("include_fees", true)).isTrue();
    assertThat(input("{\"as_of\":null}").asOf()).isEmpty();
    assertThatThrownBy(() -> input("[1]")).hasMessageContaining("a JSON object");
    assertThatThrownBy(() -> input("{broken")).hasMessageContaining("is not JSON");
  }

  @Test
  void a_day_that_is_none_is_refused() {
    for (String day : List.of("\"2026-02-30\"", "\"20.11.2026\"", "\"+99999-01-01\"", "20261120")) {
      assertThatThrownBy(() -> input("{\"as_of\":" + day + "}").asOf())
          .hasMessageContainingAll("as_of", "YYYY-MM-DD from 2000 to 2100");
    }
  }

  @Test
  void all_anywhere_in_a_selection_means_everything() {
    assertThat(input("{\"accounts\":[\"A\",\"ALL\"]}").selection("accounts")).isEmpty();
    assertThat(input("{\"accounts\":[\"A\",\"A\"]}").selection("accounts")).containsExactly("A");
  }
}
