package io.tasklane.condition;

import java.util.EnumSet;
import java.util.Map;

/** Compiles and evaluates in one step. */
final class Evaluate {
  private Evaluate() {}

  static Evaluation of(String text, Bindings bindings) {
    return compiled(text, ResultType.ANY).evaluate(bindings);
  }

  static Object value(String text, Bindings bindings) {
    Evaluation result = of(text, bindings);
    if (result instanceof Evaluation.Fault fault) {
      throw new AssertionError(text + ": " + fault.message());
    }
    return ((Evaluation.Value) result).value();
  }

  static String fault(String text, Bindings bindings) {
    Evaluation result = of(text, bindings);
    if (result instanceof Evaluation.Value value) {
      throw new AssertionError(text + " yields " + value.value());
    }
    return ((Evaluation.Fault) result).message();
  }

  static Bindings inputs(Map<String, Object> inputs) {
    return new Bindings().with(Variable.INPUTS, inputs);
  }

  static Expression compiled(String text, ResultType type) {
    try {
      return Expressions.compile(text, type, EnumSet.allOf(Variable.class));
    } catch (InvalidExpressionException invalid) {
      throw new AssertionError(text + ": " + invalid.getMessage(), invalid);
    }
  }
}
