package io.tasklane.dependency;

import io.tasklane.task.state.TaskState;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Map;

/**
 * Resolves dependencies for the engine, by the rules of core. It is stateless; every decision is
 * based on rows, so any node may decide, after any restart.
 */
@Stateless
@Local(DependencyResolver.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Orchestrator implements DependencyResolver {
  private final DependencyResolver rules = new DependencyRules();

  /** For the container. */
  public Orchestrator() {}

  @Override
  public List<Standing> plan(List<TaskNeeds> tasks, Map<String, TaskState> existing)
      throws InvalidDependencyException {
    return rules.plan(tasks, existing);
  }

  @Override
  public <E extends Exception> void resolve(List<EndedTask> ended, Dependents<E> dependents)
      throws E {
    rules.resolve(ended, dependents);
  }
}
