package io.tasklane.condition;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Arithmetic of an int with a double, which yields a double. CEL has none; but whether a number
 * from JSON is an int depends on its value, and {@code inputs.q * 1.5} must not work for 4.5 and
 * fail for 4. An int with an int stays an int: 5 / 2 is 2, and double(5) / 2 is 2.5.
 */
enum MixedArithmetic {
  ADD("_+_", "add", (a, b) -> a + b),
  SUBTRACT("_-_", "subtract", (a, b) -> a - b),
  MULTIPLY("_*_", "multiply", (a, b) -> a * b),
  DIVIDE("_/_", "divide", (a, b) -> a / b);

  private final String function;
  private final String word;
  private final DoubleBinaryOperator operator;

  MixedArithmetic(String function, String word, DoubleBinaryOperator operator) {
    this.function = function;
    this.word = word;
    this.operator = operator;
  }

  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> all = new ArrayList<>();
    for (MixedArithmetic each : values()) {
      all.add(
          CelFunctionDecl.newFunctionDeclaration(
              each.function,
              CelOverloadDecl.newGlobalOverload(
                  each.word + "_int64_double",
                  SimpleType.DOUBLE,
                  SimpleType.INT,
                  SimpleType.DOUBLE),
              CelOverloadDecl.newGlobalOverload(
                  each.word + "_double_int64",
                  SimpleType.DOUBLE,
                  SimpleType.DOUBLE,
                  SimpleType.INT)));
    }
    return all;
  }

  static List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> all = new ArrayList<>();
    for (MixedArithmetic each : values()) {
      all.add(
          CelFunctionBinding.from(
              each.word + "_int64_double",
              Long.class,
              Double.class,
              (a, b) -> each.operator.applyAsDouble(a, b)));
      all.add(
          CelFunctionBinding.from(
              each.word + "_double_int64",
              Double.class,
              Long.class,
              (a, b) -> each.operator.applyAsDouble(a, b)));
    }
    return all;
  }
}
