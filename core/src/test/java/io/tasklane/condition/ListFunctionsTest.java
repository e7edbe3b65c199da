package io.tasklane.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListFunctionsTest {
  @Test
  void the_union_of_lists_is_flattened_and_distinct_in_the_order_of_the_first() {
    Bindings bindings =
        new Bindings()
            .with(
                Variable.EVENTS,
                List.of(
                    Map.of("data", Map.of("symbols", List.of("AAPL", "MSFT"))),
                    Map.of("data", Map.of("symbols", List.of("AAPL", "XOM")))));
    assertThat(Evaluate.value("events.map(e, e.data.symbols).flatten().distinct()", bindings))
        .isEqualTo(List.of("AAPL", "MSFT", "XOM"));
  }

  @Test
  void equal_means_what_it_means_to_cel() {
    assertThat(Evaluate.value("[1, 1.0, '1', null, null].distinct()", new Bindings()))
        .isEqualTo(java.util.Arrays.asList(1L, "1", null));
  }
}
