package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The log tells of each task its moves, legal ones, in the order in which they happened, each once,
 * from the creation to the state that the task is in.
 */
final class LegalLife extends Rule {

  @Override
  void check(History history) {
    for (Life life : history.lives()) {
      if (life.created().isEmpty()) {
        life.last().ifPresent(last -> object(life.task + " was created by nobody", last));
      } else if (life.moves.isEmpty()) {
        object("the log does not know " + life.task, life.created);
      } else {
        follow(life);
      }
    }
  }

  private void follow(Life life) {
    TaskState state = null;
    long revision = 0;
    Set<Long> seen = new HashSet<>();
    for (Entry.Moved moved : life.moves) {
      if (!seen.add(moved.revision())) {
        object(life.task + " has an event twice", moved);
      } else if (moved.revision() < revision) {
        object(life.task + " has an event after a later one", moved);
      } else if (moved.from() != state) {
        object(life.task + " was " + state + " before it moved, an event is missing", moved);
      } else if (!isLegal(moved)) {
        object(life.task + " made a move that is not legal", moved);
      }
      state = moved.to();
      revision = Math.max(revision, moved.revision());
    }
    checkEnd(life, state, revision);
  }

  private static boolean isLegal(Entry.Moved moved) {
    Optional<TaskState> next = MoveTable.STANDARD.next(moved.from(), moved.move());
    return next.equals(Optional.of(moved.to()));
  }

  private void checkEnd(Life life, TaskState state, long revision) {
    if (life.ended().isEmpty()) {
      return;
    }
    if (life.ended.state() != state || life.ended.revision() != revision) {
      List<Entry.Moved> moves = life.moves;
      object(
          life.task + " is " + life.ended.state() + ", its last event says otherwise",
          moves.get(moves.size() - 1),
          life.ended);
    }
  }
}
