package io.tasklane.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Set;

/** A compiled expression. It may be used by several threads at once. */
public final class Expression {
  private final String text;
  private final ResultType type;
  private final SyntaxTree tree;
  private final CelRuntime.Program program;

  Expression(String text, ResultType type, SyntaxTree tree, CelRuntime.Program program) {
    this.text = text;
    this.type = type;
    this.tree = tree;
    this.program = program;
  }

  /** As the user wrote it. */
  public String text() {
    return text;
  }

  /** The outputs and facts it reads, in the order of the text; one may stand there twice. */
  public List<Reference> references() {
    return List.copyOf(tree.references());
  }

  /** The variables it reads. */
  public Set<Variable> variables() {
    return Set.copyOf(tree.read());
  }

  /**
   * Its value with these variables: always the same one, within a bounded amount of work.
   *
   * @return a fault where it reads what is absent, mixes types, takes too long, or yields another
   *     type than it must
   */
  public Evaluation evaluate(Bindings bindings) {
    CostLimit limit = new CostLimit(tree.compared());
    try {
      Object result = program.trace(bindings.byName(), limit);
      limit.spendOnAll(result);
      return accepted(result);
    } catch (CostLimit.ExceededException tooMuch) {
      return new Evaluation.Fault(Position.START, tooMuch.getMessage());
    } catch (CelEvaluationException error) {
      return error.getCause() instanceof CostLimit.ExceededException tooMuch
          ? new Evaluation.Fault(Position.START, tooMuch.getMessage())
          : new FaultMessage(tree, limit, bindings).of(error);
    }
  }

  private Evaluation accepted(Object result) {
    if (!type.accepts(result)) {
      return new Evaluation.Fault(
          Position.START,
          "it must yield " + type.words() + " and yields " + JsonValues.typeName(result));
    }
    try {
      return new Evaluation.Value(JsonValues.toJson(result));
    } catch (IllegalArgumentException notJson) {
      return new Evaluation.Fault(
          Position.START, "its value cannot be kept: " + notJson.getMessage());
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
