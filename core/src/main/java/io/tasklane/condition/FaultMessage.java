package io.tasklane.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why an evaluation failed in the words of the expression, with the types concerned. */
final class FaultMessage {
  /** How the library begins its messages: with the offset in the text. */
  private static final Pattern PREFIX =
      Pattern.compile("^evaluation error(?: at [^:]*:(\\d+))?: (.*)$", Pattern.DOTALL);

  private final SyntaxTree tree;
  private final CostLimit limit;
  private final Bindings bindings;

  FaultMessage(SyntaxTree tree, CostLimit limit, Bindings bindings) {
    this.tree = tree;
    this.limit = limit;
    this.bindings = bindings;
  }

  Evaluation.Fault of(CelEvaluationException error) {
    Matcher parts = PREFIX.matcher(error.getMessage());
    boolean placed = parts.matches() && parts.group(1) != null;
    int offset = placed ? Integer.parseInt(parts.group(1)) : -1;
    String text = parts.matches() ? parts.group(2) : error.getMessage();
    return new Evaluation.Fault(tree.position(offset), explained(error, offset, text));
  }

  private String explained(CelEvaluationException error, int offset, String text) {
    return switch (error.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND ->
          tree.at(offset).stream().flatMap(at -> absent(at).stream()).findFirst().orElse(text);
      case OVERLOAD_NOT_FOUND ->
          tree.at(offset).stream()
              .filter(at -> at.getKind() == Kind.CALL)
              .findFirst()
              .map(this::types)
              .orElse(text);
      default -> text;
    };
  }

  private Optional<String> absent(CelExpr at) {
    Optional<String> whole = Paths.of(at);
    Optional<CelExpr> operand = Paths.operand(at);
    if (whole.isEmpty() || operand.isEmpty()) {
      return Optional.empty();
    }
    String path = whole.get();
    Optional<String> known = bindings.whyAbsent(path);
    if (known.isPresent()) {
      return Optional.of(path + " is absent: " + known.get());
    }
    String type = limit.typeOf(operand.get());
    String owner = Paths.of(operand.get()).orElse("it");
    return Optional.of(
        type.equals("map") || type.equals("unknown")
            ? path + " is absent: " + owner + " has no key \"" + Paths.key(at) + "\""
            : path + " is absent: " + owner + " is of type " + type + " and has no keys");
  }

  private String types(CelExpr call) {
    String operator = call.call().function().replace("_", "").replace("@", "");
    String operands =
        SubExpressions.of(call).stream().map(this::typeOf).collect(Collectors.joining(" and "));
    return operator
        + " is not defined for "
        + operands
        + "; convert one side, as with double(), int() or string()";
  }

  private String typeOf(CelExpr operand) {
    String type = limit.typeOf(operand);
    return Paths.of(operand).map(path -> path + " of type " + type).orElse(type);
  }
}
