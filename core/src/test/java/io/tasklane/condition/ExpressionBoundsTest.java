package io.tasklane.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ExpressionBoundsTest {
  @Test
  void the_text_is_bounded() {
    assertThat(refusal("1 + ".repeat(1024) + "1")).contains("longer than 4096 characters");
    assertThat(refusal("(".repeat(200) + "1" + ")".repeat(200))).contains("recursion");
  }

  @Test
  void loops_within_loops_are_bounded() {
    Bindings bindings = Evaluate.inputs(Map.of("l", LongStream.range(0, 1000).boxed().toList()));
    assertThat(Evaluate.value("size(inputs.l.map(x, x * 2))", bindings)).isEqualTo(1000L);
    assertThat(Evaluate.fault("inputs.l.map(x, inputs.l.map(y, x * y))", bindings))
        .contains("Iteration budget exceeded: 10000");
  }

  @Test
  void long_texts_are_bounded() {
    Bindings bindings =
        Evaluate.inputs(
            Map.of("s", "x".repeat(1_000_000), "l", LongStream.range(0, 9_000).boxed().toList()));
    assertThat(Evaluate.value("inputs.s.matches('^x*$')", bindings)).isEqualTo(true);
    assertThat(Evaluate.fault("inputs.l.map(x, inputs.s + inputs.s)", bindings))
        .contains("takes more than 1000000 steps");
    assertThat(Evaluate.fault("inputs.l.exists(x, inputs.s.matches('y$'))", bindings))
        .contains("takes more than 1000000 steps");
  }

  @Test
  void comparisons_of_large_documents_are_bounded() {
    List<Object> large = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      large.add(List.of(LongStream.range(0, 200).boxed().toList()));
    }
    Bindings bindings =
        Evaluate.inputs(
            Map.of("a", large, "b", large, "l", LongStream.range(0, 9_000).boxed().toList()));
    assertThat(Evaluate.value("inputs.a == inputs.b", bindings)).isEqualTo(true);
    assertThat(Evaluate.fault("inputs.l.all(x, inputs.a == inputs.b)", bindings))
        .contains("takes more than 1000000 steps");
    assertThat(Evaluate.fault("inputs.l.all(x, inputs.a in [inputs.b])", bindings))
        .contains("takes more than 1000000 steps");
  }

  @Test
  void what_a_loop_repeats_is_bounded_whether_it_is_kept_put_together_or_compared() {
    Bindings bindings =
        Evaluate.inputs(
            Map.of(
                "big", LongStream.range(0, 2_000).boxed().toList(),
                "l", LongStream.range(0, 3_000).boxed().toList()));
    for (String text :
        List.of(
            "inputs.l.map(x, inputs.big)",
            "size(inputs.l.map(x, inputs.big).flatten())",
            "size(inputs.l.map(x, inputs.big).distinct())")) {
      assertThat(Evaluate.fault(text, bindings)).contains("takes more than 1000000 steps");
    }
    assertThat(Evaluate.value("size(inputs.big.map(x, [x]).flatten().distinct())", bindings))
        .isEqualTo(2_000L);
  }

  @Test
  void deep_documents_are_read_to_a_thousand_levels() {
    assertThat(Evaluate.value("size(inputs.d)", Evaluate.inputs(Map.of("d", nested(998)))))
        .isEqualTo(1L);
    assertThat(Evaluate.value("inputs.d == inputs.d", Evaluate.inputs(Map.of("d", nested(998)))))
        .isEqualTo(true);
    assertThatThrownBy(() -> Evaluate.inputs(Map.of("d", nested(1000))))
        .hasMessageContaining("inputs: it nests deeper than 1000 levels");
  }

  @Test
  void a_result_nests_no_deeper_than_an_input() {
    Bindings bindings = Evaluate.inputs(Map.of("d", nested(998)));
    assertThat(Evaluate.value("[inputs.d]", bindings)).isEqualTo(List.of(nested(998)));
    assertThat(Evaluate.fault("[[inputs.d]]", bindings)).contains("deeper than 1000 levels");
  }

  @Test
  void a_thousand_levels_fit_into_the_stack_of_a_small_thread() throws InterruptedException {
    Object deep = List.of();
    for (int i = 1; i < JsonValues.MAX_NESTING; i++) {
      deep = List.of(deep);
    }
    Object json = deep;
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> new CostLimit(Set.of()).spendOnAll(JsonValues.toJson(JsonValues.toCel(json))),
            "small",
            512 * 1024);
    thread.setUncaughtExceptionHandler((where, error) -> thrown.add(error));
    thread.start();
    thread.join();
    assertThat(thrown).isEmpty();
  }

  @Test
  void what_fails_once_fails_always_at_the_same_step() {
    Bindings bindings =
        Evaluate.inputs(
            Map.of("s", "x".repeat(100_000), "l", LongStream.range(0, 5_000).boxed().toList()));
    Set<String> answers = new java.util.HashSet<>();
    for (int i = 0; i < 3; i++) {
      answers.add(Evaluate.fault("inputs.l.map(x, inputs.s)", bindings));
    }
    assertThat(answers).hasSize(1);
  }

  private static Object nested(int levels) {
    Object value = List.of();
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? List.of(value) : Collections.singletonMap("k", value);
    }
    return value;
  }

  private static String refusal(String text) {
    return catchThrowableOfType(
            InvalidExpressionException.class,
            () -> Expressions.compile(text, ResultType.ANY, Set.of()))
        .getMessage();
  }
}
