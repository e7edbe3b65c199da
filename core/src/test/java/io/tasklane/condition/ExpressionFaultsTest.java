package io.tasklane.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionFaultsTest {
  @Test
  void a_fault_is_refused_with_its_line_and_column() {
    assertThat(refusal("inputs.a >\n  (1 + ").position()).isEqualTo(new Position(2, 8));
    assertThat(refusal("1 +\n foo").getMessage())
        .startsWith("line 2, column 2: undeclared reference to 'foo'");
    assertThat(refusal("  ").getMessage()).isEqualTo("line 1, column 1: it is empty");
    assertThat(refusal("has(inputs)").getMessage()).contains("has() needs the path of a field");
  }

  @Test
  void a_type_that_can_never_be_right_is_refused() {
    assertThat(refusal("1 + 1", ResultType.BOOLEAN).getMessage())
        .contains("it must yield a boolean and yields int");
    assertThat(refusal("'a' + 1", ResultType.ANY).position()).isEqualTo(new Position(1, 5));
    assertThat(refusal("{'a': 1}", ResultType.LIST).getMessage()).contains("a list");
  }

  @Test
  void nothing_is_reachable_but_the_variables_that_are_given() {
    for (String text :
        List.of(
            "facts.a",
            "item",
            "event.x",
            "java.lang.System",
            "google.protobuf.Struct{}",
            "now()",
            "inputs.getClass()")) {
      assertThat(refusal(text, ResultType.ANY, Set.of(Variable.INPUTS))).as(text).isNotNull();
    }
  }

  @Test
  void outputs_and_facts_are_read_by_name_so_that_what_is_needed_is_known_beforehand() {
    assertThat(refusal("outputs[inputs.k]").getMessage())
        .isEqualTo(
            "line 1, column 1: outputs must be followed by a name, as in outputs.a or"
                + " outputs[\"a\"]");
    assertThat(refusal("size(facts) > 1").getMessage())
        .contains("facts must be followed by a name");
    assertThat(
            Evaluate.compiled(
                    "outputs.a.n > 1 && has(facts.b) && outputs['c-d'] == 1", ResultType.BOOLEAN)
                .references())
        .extracting(reference -> reference.variable().word() + "." + reference.name())
        .containsExactly("outputs.a", "facts.b", "outputs.c-d");
  }

  @Test
  void its_variables_are_known() {
    assertThat(Evaluate.compiled("inputs.l.map(x, x + index)", ResultType.LIST).variables())
        .containsExactlyInAnyOrder(Variable.INPUTS, Variable.INDEX);
  }

  @Test
  void a_value_that_json_cannot_hold_is_a_fault() {
    assertThat(Evaluate.fault("1.0 / 0.0", new Bindings())).contains("JSON has no Infinity");
    assertThat(Evaluate.fault("type(1)", new Bindings())).contains("JSON has no such value");
    assertThat(Evaluate.fault("{1: 2}", new Bindings()))
        .contains("the key 1 of a map is no string");
  }

  @Test
  void a_key_that_is_no_string_is_refused() {
    assertThatThrownBy(() -> Evaluate.inputs(Map.of("m", Map.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs: the key 1 of a map is no string");
  }

  @Test
  void every_type_of_cel_has_a_form_in_json() {
    assertThat(
            Evaluate.value(
                "[1, 1.5, 2u, 'a', true, null, b'abc', duration('90s'), duration('1500ms'),"
                    + " timestamp('2026-11-20T00:00:00Z'), {'a': [1]}]",
                new Bindings()))
        .isEqualTo(
            java.util.Arrays.asList(
                1L,
                1.5,
                java.math.BigInteger.TWO,
                "a",
                true,
                null,
                "YWJj",
                "90s",
                "1.5s",
                "2026-11-20T00:00:00Z",
                Map.of("a", List.of(1L))));
  }

  private static InvalidExpressionException refusal(String text) {
    return refusal(text, ResultType.ANY);
  }

  private static InvalidExpressionException refusal(String text, ResultType type) {
    return refusal(text, type, Set.of(Variable.values()));
  }

  private static InvalidExpressionException refusal(
      String text, ResultType type, Set<Variable> variables) {
    return catchThrowableOfType(
        InvalidExpressionException.class, () -> Expressions.compile(text, type, variables));
  }
}
