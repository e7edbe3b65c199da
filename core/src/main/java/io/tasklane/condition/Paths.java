package io.tasklane.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Optional;

/** The text of a path such as inputs.a.b, for messages. */
final class Paths {
  private Paths() {}

  /** The whole path; empty if the expression is none. */
  static Optional<String> of(CelExpr expression) {
    if (expression.getKind() == Kind.IDENT) {
      return Optional.of(expression.ident().name());
    }
    return operand(expression).flatMap(Paths::of).map(path -> path + "." + key(expression));
  }

  /** What the last step is taken from. */
  static Optional<CelExpr> operand(CelExpr expression) {
    if (expression.getKind() == Kind.SELECT) {
      return Optional.of(expression.select().operand());
    }
    return isIndex(expression) ? Optional.of(expression.call().args().get(0)) : Optional.empty();
  }

  /** The last step. */
  static String key(CelExpr expression) {
    if (expression.getKind() == Kind.SELECT) {
      return expression.select().field();
    }
    CelExpr key = expression.call().args().get(1);
    return isText(key) ? key.constant().stringValue() : "*";
  }

  private static boolean isIndex(CelExpr expression) {
    return expression.getKind() == Kind.CALL && expression.call().function().equals("_[_]");
  }

  /** Whether it is the literal of a string. */
  static boolean isText(CelExpr key) {
    return key.getKind() == Kind.CONSTANT
        && key.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }
}
