package io.tasklane.condition;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The macro {@code has}. CEL's own fails on the way: has(inputs.a.b) is an error where a is absent
 * or null. Here every step of the path counts: it is true only where each is there. A key whose
 * value is null is there.
 */
final class HasMacro {
  static final String FUNCTION = "@present";

  static final CelFunctionDecl DECLARATION =
      CelFunctionDecl.newFunctionDeclaration(
          FUNCTION,
          CelOverloadDecl.newGlobalOverload(
              "present_path", SimpleType.BOOL, SimpleType.DYN, ListType.create(SimpleType.STRING)));

  static final CelFunctionBinding BINDING =
      CelFunctionBinding.from("present_path", Object.class, List.class, HasMacro::isPresent);

  static final CelMacro MACRO = CelMacro.newGlobalMacro("has", 1, HasMacro::expand);

  private HasMacro() {}

  private static boolean isPresent(Object root, List<?> path) {
    Object at = root;
    for (Object step : path) {
      if (!(at instanceof Map<?, ?> map) || !map.containsKey(step)) {
        return false;
      }
      at = map.get(step);
    }
    return true;
  }

  private static Optional<CelExpr> expand(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments) {
    List<CelExpr> path = new ArrayList<>();
    CelExpr root = arguments.get(0);
    while (root.getKind() == Kind.SELECT) {
      path.add(0, factory.newStringLiteral(root.select().field()));
      root = root.select().operand();
    }
    if (path.isEmpty()) {
      return Optional.of(
          factory.reportError(
              CelIssue.formatError(
                  factory.getSourceLocation(arguments.get(0)),
                  "has() needs the path of a field, such as has(inputs.a)")));
    }
    return Optional.of(
        factory.newGlobalCall(FUNCTION, root, factory.newList(path.toArray(new CelExpr[0]))));
  }
}
