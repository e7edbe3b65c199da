package io.tasklane.workflow.run;

import io.tasklane.condition.Bindings;
import io.tasklane.condition.Evaluation;
import io.tasklane.condition.Expression;
import io.tasklane.condition.Reference;
import io.tasklane.condition.Variable;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.ExpressionField;
import io.tasklane.workflow.compile.Placement;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the expressions of a node their variables, and a node what is passed to it. */
final class ExpressionContext {
  private static final String CODE = "EXPRESSION";

  private final DecisionBuilder decision;
  private Optional<Bindings> inputs = Optional.empty();

  ExpressionContext(DecisionBuilder decision) {
    this.decision = decision;
  }

  /** An expression has no value; its node fails with this. */
  static final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    FaultException(String code, String message) {
      super(message);
      this.cause = Cause.permanent(code, message);
    }

    Cause cause() {
      return cause;
    }
  }

  Object value(NodeKey key, ExpressionField field) throws FaultException {
    Expression expression =
        decision.workflow.expression(key.nodeId(), field).orElseThrow(IllegalStateException::new);
    return value(expression, field.toString(), key, Optional.empty());
  }

  Object eventValue(NodeKey key, Expression expression, Object event) throws FaultException {
    return value(expression, ExpressionField.EVENT.toString(), key, Optional.of(event));
  }

  Object value(Expression expression, String where, NodeKey key, Optional<Object> event)
      throws FaultException {
    Evaluation result;
    try {
      result = expression.evaluate(bindings(expression, key, event));
    } catch (UnreadableOutputException unreadable) {
      throw new FaultException(unreadable.code(), where + ": " + unreadable.getMessage());
    } catch (IllegalArgumentException notJson) {
      throw new FaultException(CODE, where + ": " + notJson.getMessage());
    }
    if (result instanceof Evaluation.Fault fault) {
      throw new FaultException(CODE, where + ": " + fault.message());
    }
    return ((Evaluation.Value) result).value();
  }

  private Bindings bindings(Expression expression, NodeKey key, Optional<Object> event)
      throws UnreadableOutputException {
    Bindings bindings = new Bindings();
    named(expression, key, bindings);
    if (expression.variables().contains(Variable.INPUTS)) {
      bindings.withAll(inputs());
    }
    if (expression.variables().contains(Variable.ITEM)) {
      bindings.with(Variable.ITEM, item(key));
    }
    if (expression.variables().contains(Variable.INDEX)) {
      bindings.with(Variable.INDEX, key.position());
    }
    if (expression.variables().contains(Variable.EVENT)) {
      bindings.with(Variable.EVENT, event.isPresent() ? event.get() : event(key));
    }
    return bindings;
  }

  /** Converted once for all nodes: the copies of a for-each may read large inputs many times. */
  private Bindings inputs() {
    if (inputs.isEmpty()) {
      inputs = Optional.of(new Bindings().with(Variable.INPUTS, decision.reader.inputs()));
    }
    return inputs.get();
  }

  private void named(Expression expression, NodeKey key, Bindings bindings)
      throws UnreadableOutputException {
    Map<String, Object> outputs = new HashMap<>();
    Map<String, Object> facts = new HashMap<>();
    for (Reference reference : expression.references()) {
      String name = reference.name();
      if (reference.variable() == Variable.FACTS) {
        decision.reader.fact(name).ifPresent(fact -> facts.put(name, fact.value()));
      } else {
        NodeKey read = key.enclosing(name, decision.workflow.placement(name).loops().size());
        Optional<NodeInstance> instance = decision.find(read);
        if (instance.filter(found -> found.state() == NodeState.SUCCEEDED).isPresent()) {
          outputs.put(name, decision.value(instance.get().output()));
        } else {
          bindings.absent(Variable.OUTPUTS, name, whyAbsent(name, instance));
        }
      }
    }
    bindings.with(Variable.OUTPUTS, outputs);
    bindings.with(Variable.FACTS, facts);
  }

  private static String whyAbsent(String name, Optional<NodeInstance> instance) {
    return switch (instance.map(NodeInstance::state).orElse(NodeState.SKIPPED)) {
      case FAILED -> name + " failed";
      case CANCELLED -> name + " was cancelled";
      case RUNNING -> name + " has not succeeded";
      default -> name + " was skipped";
    };
  }

  private Object item(NodeKey key) {
    List<String> loops = decision.workflow.placement(key).loops();
    NodeKey loop = key.enclosing(loops.get(loops.size() - 1), loops.size() - 1);
    ForEach each = (ForEach) decision.workflow.placement(loop).node().kind();
    return each.item(decision.get(loop).variables().items(), key.position());
  }

  private Object event(NodeKey key) throws UnreadableOutputException {
    String id = decision.workflow.placement(key).waitId().orElseThrow(IllegalStateException::new);
    NodeKey wait = key.enclosing(id, decision.workflow.placement(id).loops().size());
    Object event = decision.value(decision.get(wait).output());
    return event == null ? Map.of() : event;
  }

  /** What a node is handed by the ones before and above it; empty if there is nothing. */
  Optional<Output> passed(NodeKey key) {
    Optional<NodeKey> parent = decision.workflow.parent(key);
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    Placement above = decision.workflow.placement(parent.get());
    if (decision.role(key) == Role.HANDLER) {
      return decision.get(parent.get()).cause().map(cause -> new Output.Value(cause.asInput()));
    }
    int position = decision.workflow.position(key);
    if (above.node().kind() instanceof Chain && position > 0) {
      return Optional.of(
          decision.get(decision.workflow.child(parent.get(), position - 1)).output());
    }
    if (above.node().kind() instanceof ForEach) {
      return Optional.of(new Output.Value(item(key)));
    }
    return above.node().kind() instanceof EventWait
        ? Optional.of(decision.get(parent.get()).output())
        : passed(parent.get());
  }
}
