package io.tasklane.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked about the tree of a compiled expression, found in one walk. */
final class SyntaxTree {
  private static final Set<String> WALKED = Set.of("_==_", "_!=_", "@in", "distinct", "flatten");

  private final CelAbstractSyntaxTree tree;
  private final Map<Integer, List<CelExpr>> byOffset = new HashMap<>();
  private final Set<Long> compared = new HashSet<>();
  private final List<Reference> references = new ArrayList<>();
  private final Set<Variable> read = new HashSet<>();

  SyntaxTree(CelAbstractSyntaxTree tree) throws InvalidExpressionException {
    this.tree = tree;
    visit(tree.getExpr());
  }

  List<Reference> references() {
    return references;
  }

  Set<Variable> read() {
    return read;
  }

  Set<Long> compared() {
    return compared;
  }

  /** What stands at this offset, the outermost first. */
  List<CelExpr> at(int offset) {
    return byOffset.getOrDefault(offset, List.of());
  }

  Position position(int offset) {
    return tree.getSource()
        .getOffsetLocation(offset)
        .map(SyntaxTree::position)
        .orElse(Position.START);
  }

  static Position position(CelSourceLocation location) {
    return location.getLine() < 1
        ? Position.START
        : new Position(location.getLine(), location.getColumn() + 1);
  }

  private void visit(CelExpr expression) throws InvalidExpressionException {
    Integer offset = tree.getSource().getPositionsMap().get(expression.id());
    if (offset != null) {
      byOffset.computeIfAbsent(offset, at -> new ArrayList<>()).add(expression);
    }
    Optional<Reference> reference = reference(expression);
    if (reference.isPresent()) {
      references.add(reference.get());
      read.add(reference.get().variable());
      return;
    }
    requireNamed(expression);
    if (expression.getKind() == Kind.CALL && WALKED.contains(expression.call().function())) {
      SubExpressions.of(expression).forEach(operand -> compared.add(operand.id()));
    }
    for (CelExpr child : SubExpressions.of(expression)) {
      visit(child);
    }
  }

  /** outputs.a, outputs["a"] or has(outputs.a). */
  private Optional<Reference> reference(CelExpr expression) {
    if (expression.getKind() == Kind.SELECT) {
      return reference(expression.select().operand(), expression.select().field());
    }
    if (expression.getKind() != Kind.CALL || expression.call().args().size() != 2) {
      return Optional.empty();
    }
    CelExpr key = expression.call().args().get(1);
    if (expression.call().function().equals(HasMacro.FUNCTION)) {
      key = key.list().elements().get(0);
    } else if (!expression.call().function().equals("_[_]")) {
      return Optional.empty();
    }
    return Paths.isText(key)
        ? reference(expression.call().args().get(0), key.constant().stringValue())
        : Optional.empty();
  }

  private Optional<Reference> reference(CelExpr operand, String name) {
    return variable(operand)
        .filter(Variable::namedOnly)
        .map(variable -> new Reference(variable, name, positionOf(operand)));
  }

  private void requireNamed(CelExpr expression) throws InvalidExpressionException {
    Optional<Variable> variable = variable(expression);
    if (variable.filter(Variable::namedOnly).isPresent()) {
      String word = variable.get().word();
      throw new InvalidExpressionException(
          positionOf(expression),
          word + " must be followed by a name, as in " + word + ".a or " + word + "[\"a\"]");
    }
    variable.ifPresent(read::add);
  }

  private static Optional<Variable> variable(CelExpr expression) {
    if (expression.getKind() != Kind.IDENT) {
      return Optional.empty();
    }
    for (Variable each : Variable.values()) {
      if (each.word().equals(expression.ident().name())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private Position positionOf(CelExpr expression) {
    Integer offset = tree.getSource().getPositionsMap().get(expression.id());
    return offset == null ? Position.START : position(offset);
  }
}
