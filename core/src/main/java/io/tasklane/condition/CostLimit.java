package io.tasklane.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Limits the cost of one evaluation. Each step costs one unit, more if it yields a long text, a
 * list that was put together, or something that is then compared as a whole; the number of
 * iterations is bounded by the runtime. The count depends on the expression and its variables
 * alone, so that an expression that fails here fails on every node. Also keeps the last result of
 * every part, whose type a message may name.
 */
final class CostLimit implements CelEvaluationListener {
  /** Units of one evaluation: some 100 ms of one processor. */
  static final int UNITS = 1_000_000;

  private static final int CHARACTERS_PER_UNIT = 64;
  private static final int ELEMENTS_PER_UNIT = 16;

  private final Set<Long> compared;
  private final Map<Long, Object> results = new HashMap<>();
  private long left = UNITS;

  /**
   * A limit that is not spent yet; compared are the ids of expressions whose whole values are
   * compared with others.
   */
  CostLimit(Set<Long> compared) {
    this.compared = compared;
  }

  /** The work is more than one evaluation may take. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException() {
      super("the evaluation takes more than " + UNITS + " steps", null, false, false);
    }
  }

  @Override
  public void callback(CelExpr expression, Object result) {
    results.put(expression.id(), result);
    spend(1);
    if (result instanceof CharSequence text) {
      spend(text.length() / CHARACTERS_PER_UNIT);
    } else if (compared.contains(expression.id())) {
      spendOnAll(result);
    } else if (result instanceof Collection<?> list && isCall(expression)) {
      spend(list.size() / ELEMENTS_PER_UNIT);
    }
  }

  /** The type of the last result of this expression; "unknown" if it has had none. */
  String typeOf(CelExpr expression) {
    return results.containsKey(expression.id())
        ? JsonValues.typeName(results.get(expression.id()))
        : "unknown";
  }

  private static boolean isCall(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL;
  }

  /** Spends what it takes to walk through a whole value. */
  void spendOnAll(Object value) {
    if (value instanceof Map<?, ?> map) {
      spend(map.size());
      for (Object member : map.values()) {
        spendOnAll(member);
      }
    } else if (value instanceof Collection<?> list) {
      spend(list.size());
      for (Object element : list) {
        spendOnAll(element);
      }
    } else if (value instanceof CharSequence text) {
      spend(text.length() / CHARACTERS_PER_UNIT);
    }
  }

  private void spend(long units) {
    left -= units;
    if (left < 0) {
      throw new ExceededException();
    }
  }
}
