package io.tasklane.cli.top;

import io.tasklane.v1.QueueStats;
import io.tasklane.v1.RunningTask;
import java.util.List;
import java.util.Optional;

/** What the user has chosen on the screen: a queue, a task, a question to answer. */
final class TopState {
  /** A question that stands until it is answered. */
  private record Question(String text, Runnable action) {}

  private final TopActions actions;
  private String queue = "";
  private int task;
  private boolean help;
  private Optional<Question> question = Optional.empty();

  /** Nothing is chosen yet. */
  TopState(TopActions actions) {
    this.actions = actions;
  }

  /** The queue that is chosen, "queues/{queue}": the first, until the user moves. */
  String queue(TopFigures figures) {
    if (!figures.queues().containsKey(queue)) {
      queue = figures.queues().isEmpty() ? "" : figures.queues().firstKey();
    }
    return queue;
  }

  /** Place of the task that is chosen among those that run in the queue; 0 if none runs. */
  int task(TopFigures figures) {
    return running(figures).isEmpty() ? 0 : task % running(figures).size();
  }

  /** Whether the help is shown. */
  boolean help() {
    return help;
  }

  /** The question to answer, empty if there is none. */
  Optional<String> question() {
    return question.map(Question::text);
  }

  /**
   * Does what a key means.
   *
   * @return whether the screen stays
   */
  boolean press(TopKey key, TopFigures figures) {
    if (key == TopKey.QUIT) {
      return false;
    }
    if (key == TopKey.NONE) {
      return true;
    }
    if (question.isPresent()) {
      Runnable action = question.get().action();
      question = Optional.empty();
      if (key == TopKey.YES) {
        action.run();
      }
      return true;
    }
    help = key == TopKey.HELP && !help;
    switch (key) {
      case UP -> move(figures, -1);
      case DOWN -> move(figures, 1);
      case NEXT_TASK -> task++;
      case PAUSE -> ask("Pause ", queue(figures), actions::pause);
      case RESUME -> ask("Resume ", queue(figures), actions::resume);
      case CANCEL -> askToCancel(figures);
      default -> { // nothing else has a meaning
      }
    }
    return true;
  }

  private void move(TopFigures figures, int step) {
    List<String> names = List.copyOf(figures.queues().keySet());
    int place = names.indexOf(queue(figures)) + step;
    if (place >= 0 && place < names.size()) {
      queue = names.get(place);
      task = 0;
    }
  }

  private void ask(String verb, String name, java.util.function.Consumer<String> action) {
    if (!name.isEmpty()) {
      question = Optional.of(new Question(verb + name + "?", () -> action.accept(name)));
    }
  }

  /** The name is that of now: another task may run when the answer comes. */
  private void askToCancel(TopFigures figures) {
    List<RunningTask> running = running(figures);
    if (!running.isEmpty()) {
      ask("Cancel ", running.get(task(figures)).getName(), actions::cancel);
    }
  }

  private List<RunningTask> running(TopFigures figures) {
    return figures
        .queues()
        .getOrDefault(queue(figures), QueueStats.getDefaultInstance())
        .getRunningList();
  }
}
