package io.tasklane.condition;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/** The parts of an expression. */
final class SubExpressions {
  private SubExpressions() {}

  static List<CelExpr> of(CelExpr expression) {
    return switch (expression.getKind()) {
      case SELECT -> List.of(expression.select().operand());
      case CALL -> ofCall(expression);
      case LIST -> List.copyOf(expression.list().elements());
      case MAP -> ofMap(expression);
      case COMPREHENSION -> ofComprehension(expression.comprehension());
      default -> List.of();
    };
  }

  private static List<CelExpr> ofCall(CelExpr expression) {
    List<CelExpr> all = new ArrayList<>();
    expression.call().target().ifPresent(all::add);
    all.addAll(expression.call().args());
    return all;
  }

  private static List<CelExpr> ofMap(CelExpr expression) {
    List<CelExpr> all = new ArrayList<>();
    expression
        .map()
        .entries()
        .forEach(
            entry -> {
              all.add(entry.key());
              all.add(entry.value());
            });
    return all;
  }

  private static List<CelExpr> ofComprehension(CelExpr.CelComprehension comprehension) {
    return List.of(
        comprehension.iterRange(),
        comprehension.accuInit(),
        comprehension.loopCondition(),
        comprehension.loopStep(),
        comprehension.result());
  }
}
