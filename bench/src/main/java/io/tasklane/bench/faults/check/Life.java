package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Everything that was heard of one task, each kind in the order in which it was heard. */
final class Life {
  final String task;
  final List<Entry.Moved> moves = new ArrayList<>();
  final List<Entry.Begun> begun = new ArrayList<>();
  final List<Entry.Returned> returned = new ArrayList<>();
  final List<Entry.Kills> kills = new ArrayList<>();
  final List<Entry.Effect> effects = new ArrayList<>();
  // Null until they are heard of.
  Entry.Created created;
  Entry.CreateUnanswered unanswered;
  Entry.CancelAsked cancelAsked;
  Entry.CancelAnswered cancelAnswered;
  Entry.Ended ended;

  Life(String task) {
    this.task = task;
  }

  /** A create without an answer counts as one where anything was heard of its task. */
  void settleCreation() {
    LongStream.of(
            moves.isEmpty() ? Long.MAX_VALUE : moves.get(0).at(),
            begun.isEmpty() ? Long.MAX_VALUE : begun.get(0).at(),
            ended == null ? Long.MAX_VALUE : ended.at())
        .filter(at -> created == null && unanswered != null && at < Long.MAX_VALUE)
        .min()
        .ifPresent(at -> created = unanswered.wanted().knownAt(at));
  }

  /** Its runs as the log tells them: from each claim to the move that ended the lease. */
  List<Lease> leases() {
    List<Lease> leases = new ArrayList<>();
    Entry.Moved claim = null;
    for (Entry.Moved moved : moves) {
      if (Lease.isHeld(moved.to()) && !Lease.isHeld(moved.from())) {
        claim = moved;
      } else if (Lease.isHeld(moved.from()) && !Lease.isHeld(moved.to()) && claim != null) {
        leases.add(new Lease(this, claim, Optional.of(moved)));
        claim = null;
      }
    }
    if (claim != null) {
      leases.add(new Lease(this, claim, Optional.empty()));
    }
    return leases;
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
