package io.tasklane.differential;

import java.util.HashSet;
import java.util.Set;

/** What commands of one transaction must not have in common, if their order is to mean nothing. */
final class Touched {
  private Touched() {}

  /** Of a command: the runs it ends, and the names, keys and requests that its creations use. */
  static Set<Object> by(Command command) {
    Set<Object> touched = new HashSet<>();
    if (command instanceof Command.Create create) {
      touched.add("request " + create.requestId());
      touched.remove("request ");
      for (TaskSpec spec : create.tasks()) {
        touched.add("name " + spec.name());
        spec.needs().forEach(need -> touched.add("name " + need.task()));
        touched.add("key " + spec.queue() + spec.deduplicationKey());
        touched.remove("key " + spec.queue());
      }
    } else if (command instanceof Command.Turn turn) {
      turn.ended().ifPresent(end -> touched.add(end.run()));
    } else if (command instanceof Command.Group group) {
      touched.add("group " + group.queue());
      group.ended().forEach(end -> touched.add(end.run()));
    } else if (command instanceof Command.Report report) {
      touched.add("report " + report.run());
    } else if (command instanceof Command.Cancel cancel && !cancel.requestId().isEmpty()) {
      touched.add("cancel " + cancel.requestId());
    } else if (command instanceof Command.Update update && !update.requestId().isEmpty()) {
      touched.add("update " + update.requestId());
    } else if (command instanceof Command.Repeat repeat) {
      touched.add("repeat " + repeat.requestId());
      touched.add("name " + repeat.copy().name());
    } else if (!(command instanceof Command.Cancel) && !(command instanceof Command.Update)) {
      touched.add(command); // once is enough
    }
    return touched;
  }

  /** Whether the engine may put it off to the next transaction. */
  static boolean mayWait(Command command) {
    return command instanceof Command.Create
        || command instanceof Command.Cancel
        || command instanceof Command.Update;
  }
}
