package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that was heard of one task, each kind in the order in which it was heard. */
final class Life {
  final String task;
  final List<Entry.Moved> moves = new ArrayList<>();
  final List<Entry.Begun> begun = new ArrayList<>();
  final List<Entry.Returned> returned = new ArrayList<>();
  final List<Entry.Effect> effects = new ArrayList<>();
  // Null until they are heard of.
  Entry.Created created;
  Entry.CancelAsked cancelAsked;
  Entry.CancelAnswered cancelAnswered;
  Entry.Ended ended;

  Life(String task) {
    this.task = task;
  }

  Optional<Entry.Created> created() {
    return Optional.ofNullable(created);
  }

  Optional<Entry.CancelAsked> cancelAsked() {
    return Optional.ofNullable(cancelAsked);
  }

  Optional<Entry.CancelAnswered> cancelAnswered() {
    return Optional.ofNullable(cancelAnswered);
  }

  Optional<Entry.Ended> ended() {
    return Optional.ofNullable(ended);
  }

  /** How it ended, if it did. */
  Optional<Entry.Ended> end() {
    return ended().filter(last -> last.state().isFinal());
  }

  long count(Move move) {
    return moves.stream().filter(moved -> moved.move() == move).count();
  }

  Optional<Entry.Moved> first(Move move) {
    return moves.stream().filter(moved -> moved.move() == move).findFirst();
  }

  Optional<Entry.Moved> last() {
    return moves.isEmpty() ? Optional.empty() : Optional.of(moves.get(moves.size() - 1));
  }
}
