package io.tasklane.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles expressions. Building a compiler takes milliseconds, so there is one for each set of
 * variables.
 */
public final class Expressions {
  /** The longest text of an expression, in Unicode code points. */
  public static final int MAX_LENGTH = 4096;

  /** Rounds of all loops ({@code map}, {@code filter}, {@code exists}...) of one evaluation. */
  public static final int MAX_ITERATIONS = 10_000;

  private static final int MAX_NESTING = 64;
  private static final int MAX_REGEX = 1000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_REGEX)
          .enableHeterogeneousNumericComparisons(true)
          .errorOnDuplicateMapKeys(true)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(MixedArithmetic.bindings())
          .addFunctionBindings(HasMacro.BINDING)
          .addFunctionBindings(ListFunctions.DISTINCT, ListFunctions.FLATTEN)
          .build();

  private static final Map<Set<Variable>, CelCompiler> COMPILERS = new ConcurrentHashMap<>();

  private Expressions() {}

  /**
   * An expression that is ready to be evaluated any number of times.
   *
   * @param text of the user
   * @param type that it has to yield
   * @param variables that it may read
   * @throws InvalidExpressionException if it is empty, too long, no CEL, reads anything else, or
   *     can never yield that type
   */
  public static Expression compile(String text, ResultType type, Set<Variable> variables)
      throws InvalidExpressionException {
    if (text.isBlank()) {
      throw new InvalidExpressionException(Position.START, "it is empty");
    }
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new InvalidExpressionException(
          Position.START, "it is longer than " + MAX_LENGTH + " characters");
    }
    CelAbstractSyntaxTree tree = parsed(text, variables);
    if (!type.mayBe(tree.getResultType())) {
      throw new InvalidExpressionException(
          Position.START,
          "it must yield " + type.words() + " and yields " + tree.getResultType().name());
    }
    return new Expression(text, type, new SyntaxTree(tree), program(tree));
  }

  private static CelAbstractSyntaxTree parsed(String text, Set<Variable> variables)
      throws InvalidExpressionException {
    try {
      return COMPILERS
          .computeIfAbsent(Set.copyOf(variables), Expressions::compiler)
          .compile(text)
          .getAst();
    } catch (CelValidationException invalid) {
      throw refusal(invalid.getErrors().get(0));
    }
  }

  private static InvalidExpressionException refusal(CelIssue first) {
    return new InvalidExpressionException(
        SyntaxTree.position(first.getSourceLocation()), first.getMessage());
  }

  private static CelRuntime.Program program(CelAbstractSyntaxTree tree)
      throws InvalidExpressionException {
    try {
      return RUNTIME.createProgram(tree);
    } catch (CelEvaluationException unplannable) {
      throw new InvalidExpressionException(Position.START, unplannable.getMessage());
    }
  }

  private static CelCompiler compiler(Set<Variable> variables) {
    List<CelStandardMacro> macros = new ArrayList<>(CelStandardMacro.STANDARD_MACROS);
    macros.remove(CelStandardMacro.HAS);
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(macros)
            .addMacros(HasMacro.MACRO)
            .addFunctionDeclarations(MixedArithmetic.declarations())
            .addFunctionDeclarations(HasMacro.DECLARATION)
            .addFunctionDeclarations(ListFunctions.DECLARATIONS);
    variables.forEach(variable -> builder.addVar(variable.word(), variable.type()));
    return builder.build();
  }
}
