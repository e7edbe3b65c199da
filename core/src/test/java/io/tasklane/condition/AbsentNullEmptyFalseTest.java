package io.tasklane.condition;

import static io.tasklane.condition.Evaluate.fault;
import static io.tasklane.condition.Evaluate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsentNullEmptyFalseTest {
  private static final Map<String, Variable> SOURCES =
      Map.of(
          "inputs", Variable.INPUTS,
          "outputs", Variable.OUTPUTS,
          "facts", Variable.FACTS,
          "event", Variable.EVENT,
          "item", Variable.ITEM);

  @Test
  void the_four_are_four_things_in_every_source() {
    Map<String, Object> document = new HashMap<>();
    document.put("a", Collections.singletonMap("b", null));
    document.put("none", null);
    document.put("text", "");
    document.put("list", List.of());
    document.put("no", false);
    SOURCES.forEach(
        (at, variable) -> {
          Bindings bindings = new Bindings().with(variable, document);
          Map<String, Object> right =
              Map.ofEntries(
                  Map.entry("has(%s.x)", false),
                  Map.entry("has(%s.none)", true),
                  Map.entry("%s.none == null", true),
                  Map.entry("has(%s.text) && %s.text == ''", true),
                  Map.entry("size(%s.list) == 0", true),
                  Map.entry("%s.list == null", false),
                  Map.entry("%s.no == null", false),
                  Map.entry("%s.a.b == null", true),
                  Map.entry("has(%s.a.b)", true),
                  Map.entry("has(%s.a.z) && %s.a.z > 1", false),
                  Map.entry("has(%s.a.b.c)", false),
                  Map.entry("has(%s.x.y.z)", false),
                  Map.entry("has(%s.no.y)", false));
          right.forEach(
              (text, expected) -> {
                String asked = text.replace("%s", at);
                assertThat(value(asked, bindings)).as(asked).isEqualTo(expected);
              });
        });
  }

  @Test
  void what_is_absent_is_an_error_that_names_key_and_column() {
    Bindings bindings = Evaluate.inputs(Map.of("a", Collections.singletonMap("b", null)));
    assertThat(fault("1 == 1 &&\n  inputs.a.c > 1", bindings))
        .isEqualTo("line 2, column 11: inputs.a.c is absent: inputs.a has no key \"c\"");
    assertThat(fault("inputs.a.b.c", bindings))
        .isEqualTo(
            "line 1, column 11: inputs.a.b.c is absent: inputs.a.b is of type null and has no keys");
    assertThat(fault("inputs['x']", bindings)).contains("inputs.x is absent");
    assertThat(fault("!inputs.x", bindings)).contains("inputs.x is absent");
  }

  @Test
  void the_reason_of_an_absence_is_told() {
    Bindings bindings =
        new Bindings()
            .with(Variable.OUTPUTS, Map.of())
            .absent(Variable.OUTPUTS, "x", "x was skipped");
    assertThat(fault("outputs.x.n > 1", bindings)).endsWith("outputs.x is absent: x was skipped");
    assertThat(fault("outputs[\"x\"].n > 1", bindings)).endsWith("x was skipped");
    assertThat(value("has(outputs.x)", bindings)).isEqualTo(false);
  }

  @Test
  void a_condition_that_yields_no_boolean_is_an_error() {
    for (Object value : List.of(1, "true", List.of(), Map.of())) {
      Evaluation result =
          Evaluate.compiled("inputs.x", ResultType.BOOLEAN)
              .evaluate(Evaluate.inputs(Map.of("x", value)));
      assertThat(result).isInstanceOf(Evaluation.Fault.class);
      assertThat(((Evaluation.Fault) result).problem()).startsWith("it must yield a boolean");
    }
    assertThat(
            Evaluate.compiled("inputs.x", ResultType.BOOLEAN)
                .evaluate(Evaluate.inputs(Collections.singletonMap("x", null))))
        .isInstanceOf(Evaluation.Fault.class);
  }

  @Test
  void an_error_on_one_side_counts_unless_the_other_side_decides() {
    Bindings bindings = Evaluate.inputs(Map.of());
    assertThat(value("true || inputs.x", bindings)).isEqualTo(true);
    assertThat(value("inputs.x && false", bindings)).isEqualTo(false);
    assertThat(fault("inputs.x || false", bindings)).contains("inputs.x is absent");
  }
}
