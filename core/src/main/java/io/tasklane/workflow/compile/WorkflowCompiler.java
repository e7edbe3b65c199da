package io.tasklane.workflow.compile;

import io.tasklane.condition.Expression;
import io.tasklane.condition.Expressions;
import io.tasklane.condition.InvalidExpressionException;
import io.tasklane.condition.Reference;
import io.tasklane.condition.ResultType;
import io.tasklane.condition.Variable;
import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Checks a definition and prepares it. */
public final class WorkflowCompiler {
  private static final String RESULT = "result_expression";

  private final List<DefinitionFault> faults = new ArrayList<>();
  private final WorkflowDefinition definition;
  private final Map<String, Map<ExpressionField, Expression>> expressions = new HashMap<>();
  private Map<String, Placement> placements = Map.of();

  private WorkflowCompiler(WorkflowDefinition definition) {
    this.definition = definition;
  }

  /**
   * Compiles a definition that was stored, and so was checked; what it names may be gone since.
   *
   * @throws InvalidDefinitionException if it is not allowed, with every fault
   */
  public static CompiledWorkflow compile(WorkflowDefinition definition)
      throws InvalidDefinitionException {
    return new WorkflowCompiler(definition).compiled(Optional.empty(), Optional.empty());
  }

  /**
   * Checks a definition that is to be stored or started, and compiles it.
   *
   * @param template id of the template it is to be; empty if it is to be none
   * @throws InvalidDefinitionException if it is not allowed, with every fault
   */
  public static CompiledWorkflow check(
      WorkflowDefinition definition, Optional<String> template, Catalog catalog)
      throws InvalidDefinitionException {
    return new WorkflowCompiler(definition).compiled(template, Optional.of(catalog));
  }

  private CompiledWorkflow compiled(Optional<String> template, Optional<Catalog> catalog)
      throws InvalidDefinitionException {
    faults.addAll(WorkflowChecks.of(definition));
    placements = new Placements(faults).of(definition.root());
    for (Placement at : placements.values()) {
      faults.addAll(NodeChecks.of(at));
      catalog.ifPresent(names -> faults.addAll(NameChecks.of(at, names)));
      compile(at);
    }
    catalog.ifPresent(names -> faults.addAll(TemplateCycles.of(template, placements, names)));
    Optional<Expression> result =
        definition
            .result()
            .flatMap(
                text ->
                    compiled(
                        RESULT,
                        text,
                        ResultType.ANY,
                        EnumSet.of(Variable.INPUTS, Variable.OUTPUTS, Variable.FACTS),
                        WorkflowCompiler::afterTheEnd));
    if (!faults.isEmpty()) {
      throw new InvalidDefinitionException(faults);
    }
    return new CompiledWorkflow(definition, placements, expressions, result);
  }

  private void compile(Placement at) {
    Map<ExpressionField, Expression> compiled = new HashMap<>();
    for (NodeExpressions.Text text : NodeExpressions.of(at.node().kind())) {
      compiled(
              at.path() + "." + text.field(),
              text.text(),
              text.type(),
              variables(at, text.field()),
              read -> OutputVisibility.refusal(read, at))
          .ifPresent(expression -> compiled.put(text.field(), expression));
    }
    if (!compiled.isEmpty()) {
      expressions.put(at.id(), Map.copyOf(compiled));
    }
  }

  private static Set<Variable> variables(Placement at, ExpressionField field) {
    Set<Variable> all = EnumSet.of(Variable.INPUTS, Variable.OUTPUTS, Variable.FACTS);
    if (!at.loops().isEmpty()) {
      all.add(Variable.ITEM);
      all.add(Variable.INDEX);
    }
    if (at.waitId().isPresent()
        && (field.equals(ExpressionField.EVENT) || !at.waitId().get().equals(at.id()))) {
      all.add(Variable.EVENT);
    }
    return all;
  }

  private Optional<Expression> compiled(
      String path,
      String text,
      ResultType type,
      Set<Variable> variables,
      Function<Placement, Optional<String>> unreadable) {
    try {
      Expression expression = Expressions.compile(text, type, variables);
      expression.references().stream()
          .filter(reference -> reference.variable() == Variable.OUTPUTS)
          .forEach(reference -> checkOutput(path, reference, unreadable));
      return Optional.of(expression);
    } catch (InvalidExpressionException invalid) {
      faults.add(new DefinitionFault(path, Reason.EXPRESSION, invalid.getMessage()));
      return Optional.empty();
    }
  }

  private void checkOutput(
      String path, Reference reference, Function<Placement, Optional<String>> unreadable) {
    Placement read = placements.get(reference.name());
    Optional<String> problem =
        read == null
            ? Optional.of("there is no node \"" + reference.name() + "\"")
            : unreadable.apply(read);
    problem.ifPresent(
        text ->
            faults.add(
                new DefinitionFault(
                    path, Reason.OUTPUT_UNREADABLE, reference.position() + ": " + text)));
  }

  private static Optional<String> afterTheEnd(Placement read) {
    return read.loops().isEmpty()
        ? Optional.empty()
        : Optional.of(
            read.id()
                + " is inside of the for-each "
                + read.loops().get(0)
                + ": read outputs."
                + read.loops().get(0));
  }
}
