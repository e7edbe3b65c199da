package io.tasklane.condition;

import static io.tasklane.condition.Evaluate.fault;
import static io.tasklane.condition.Evaluate.inputs;
import static io.tasklane.condition.Evaluate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumbersTest {
  /** 450 as every reader of JSON and the wire may hand it over. */
  private static final List<Object> WAYS =
      List.of(
          450,
          450L,
          450.0,
          BigInteger.valueOf(450),
          new BigDecimal("450"),
          new BigDecimal("450.0"),
          new BigDecimal("4.5e2"));

  private static final Map<String, Variable> SOURCES =
      Map.of(
          "inputs.p", Variable.INPUTS,
          "outputs.p", Variable.OUTPUTS,
          "facts.p", Variable.FACTS,
          "event.p", Variable.EVENT);

  @Test
  void one_number_answers_every_comparison_alike_however_it_is_written_and_wherever_it_is_from() {
    SOURCES.forEach(
        (path, variable) ->
            WAYS.forEach(
                number -> {
                  Bindings bindings = new Bindings().with(variable, Map.of("p", number));
                  for (String test :
                      List.of(
                          " > 400",
                          " >= 450",
                          " >= 450.0",
                          " == 450",
                          " == 450.0",
                          " < 450.5",
                          " <= 450",
                          " != 451",
                          " + 1 == 451",
                          " - 0.5 == 449.5",
                          " * 1.5 == 675.0",
                          " / 4.0 == 112.5",
                          " % 2 == 0",
                          " in [450]",
                          " in [450.0]")) {
                    assertThat(value(path + test, bindings))
                        .as(path + test + " with " + number.getClass())
                        .isEqualTo(true);
                  }
                }));
  }

  @Test
  void a_whole_number_compares_with_a_fraction() {
    assertThat(value("inputs.impact > 0.8", inputs(Map.of("impact", 1)))).isEqualTo(true);
    assertThat(value("inputs.impact > 0.8", inputs(Map.of("impact", 0)))).isEqualTo(false);
  }

  @Test
  void arithmetic_of_a_number_does_not_depend_on_whether_it_happens_to_be_whole() {
    for (Object quantity : List.of(4, 4.5, 4.0)) {
      Bindings bindings = inputs(Map.of("q", quantity));
      double q = ((Number) quantity).doubleValue();
      assertThat(value("inputs.q * 1.5", bindings)).isEqualTo(q * 1.5);
      assertThat(value("1.5 - inputs.q", bindings)).isEqualTo(1.5 - q);
      assertThat(value("3.0 / inputs.q", bindings)).isEqualTo(3 / q);
      assertThat(((Number) value("inputs.q + 1", bindings)).doubleValue()).isEqualTo(q + 1);
    }
  }

  @Test
  void whole_numbers_stay_exact_to_64_bits() {
    Bindings bindings = inputs(Map.of("n", new BigInteger("9007199254740993")));
    assertThat(value("inputs.n", bindings)).isEqualTo(9007199254740993L);
    assertThat(value("inputs.n == 9007199254740992", bindings)).isEqualTo(false);
    assertThat(value("inputs.n", inputs(Map.of("n", Long.MAX_VALUE)))).isEqualTo(Long.MAX_VALUE);
    assertThat(value("inputs.n", inputs(Map.of("n", Long.MIN_VALUE)))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void a_whole_number_beyond_64_bits_is_the_nearest_double() {
    BigInteger large = BigInteger.TWO.pow(63);
    assertThat(value("inputs.n", inputs(Map.of("n", large)))).isEqualTo(0x1p63);
    assertThat(value("inputs.n > 9223372036854775807", inputs(Map.of("n", large.multiply(large)))))
        .isEqualTo(true);
  }

  @Test
  void an_overflow_is_an_error() {
    assertThat(fault("inputs.n + 1", inputs(Map.of("n", Long.MAX_VALUE)))).contains("overflow");
  }

  @Test
  void text_that_looks_like_a_number_is_no_number() {
    assertThat(fault("inputs.price > 1000", inputs(Map.of("price", "1234.50"))))
        .isEqualTo(
            "line 1, column 14: > is not defined for inputs.price of type string and int;"
                + " convert one side, as with double(), int() or string()");
    assertThat(value("double(inputs.price) > 1000", inputs(Map.of("price", "1234.50"))))
        .isEqualTo(true);
  }

  @Test
  void numbers_in_nested_lists_and_objects_are_read_alike() {
    Bindings bindings =
        inputs(Map.of("l", List.of(List.of(Map.of("p", new BigDecimal("4.5e2")), 450.0), 450)));
    assertThat(value("inputs.l[0][0].p == inputs.l[0][1]", bindings)).isEqualTo(true);
    assertThat(value("inputs.l[0].map(x, x == {'p': 450} || x == 450)", bindings))
        .isEqualTo(List.of(true, true));
  }

  @Test
  void times_with_zones_are_text_until_they_are_converted() {
    Bindings bindings = inputs(Map.of("t", "2026-11-20T09:30:00-05:00"));
    assertThat(value("timestamp(inputs.t) == timestamp('2026-11-20T14:30:00Z')", bindings))
        .isEqualTo(true);
    assertThat(value("timestamp(inputs.t) + duration('90s')", bindings))
        .isEqualTo("2026-11-20T14:31:30Z");
    assertThat(fault("inputs.t > timestamp('2026-11-20T14:30:00Z')", bindings))
        .contains("inputs.t of type string and timestamp");
  }

  @Test
  void a_number_that_would_fill_the_memory_is_refused_or_a_double() {
    assertThat(value("inputs.n == 0.0", inputs(Map.of("n", new BigDecimal("1e-999999999")))))
        .isEqualTo(true);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> inputs(Map.of("n", new BigDecimal("1e999999999"))))
        .hasMessageContaining("inputs: a number is beyond 1.8e308");
  }
}
