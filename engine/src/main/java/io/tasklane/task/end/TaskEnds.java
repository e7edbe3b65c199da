package io.tasklane.task.end;

import io.tasklane.commit.Batch;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the completion listeners, in their fixed order, also for tasks that end because others have
 * ended.
 */
public final class TaskEnds {
  private final DependencyResolver resolver;
  private final List<CompletionListener> listeners;

  /**
   * Takes the parts that it uses.
   *
   * @param resolver follows the tasks that end because others have ended
   * @param listeners in the order in which they run
   */
  public TaskEnds(DependencyResolver resolver, List<CompletionListener> listeners) {
    this.resolver = resolver;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Runs the listeners of these tasks, which this command has moved: those that have ended, and
   * those of which only a run has ended. Tasks that concern nobody cost nothing.
   *
   * @throws SQLException also where a concerned task moved in a newer transaction, so that this one
   *     is rolled back and tried again: the log has the moves of a task in the order of
   *     transactions
   */
  public void after(Batch batch, List<EndedTask> tasks) throws SQLException {
    List<EndedTask> waiting = new ArrayList<>();
    List<EndedTask> ended = new ArrayList<>();
    for (EndedTask task : tasks) {
      if (task.isAwaited()) {
        (task.state().isFinal() ? ended : waiting).add(task);
      }
    }
    for (CompletionListener listener : listeners) {
      List<EndedTask> concerned = waiting.stream().filter(listener::concerns).toList();
      if (!concerned.isEmpty()) {
        listener.runsEnded(batch, concerned);
      }
    }
    if (!ended.isEmpty()) {
      resolver.<SQLException>resolve(ended, wave -> tasksEnded(batch, wave));
    }
  }

  private List<EndedTask> tasksEnded(Batch batch, List<EndedTask> wave) throws SQLException {
    List<EndedTask> further = new ArrayList<>();
    for (CompletionListener listener : listeners) {
      List<EndedTask> concerned = wave.stream().filter(listener::concerns).toList();
      if (!concerned.isEmpty()) {
        further.addAll(listener.tasksEnded(batch, concerned));
      }
    }
    return further;
  }
}
