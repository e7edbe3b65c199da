package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A task is tried at most as often as its policy says, its attempts are counted without those that
 * were interrupted, and no retry comes due before its backoff has passed.
 */
final class BoundedRetries extends Rule {

  @Override
  void check(History history) {
    history.lives().stream().filter(life -> life.created().isPresent()).forEach(this::check);
  }

  private void check(Life life) {
    Behaviour behaviour = life.created.behaviour();
    int failed = 0;
    Entry.Moved rests = null;
    for (Entry.Moved moved : life.moves) {
      if (moved.move() == Move.CLAIM) {
        checkClaim(life, moved, failed + 1);
      } else if (moved.move() == Move.RETRY_LATER) {
        failed++;
        rests = moved;
      } else if (moved.move() == Move.COME_DUE && rests != null) {
        checkRest(life, rests, moved);
        rests = null;
      }
    }
    if (failed >= behaviour.attempts()) {
      object(life.task + " was retried beyond its attempts", life.created, life.last().get());
    }
  }

  private void checkClaim(Life life, Entry.Moved claim, int expected) {
    if (claim.attempt() > life.created.behaviour().attempts()) {
      object(life.task + " has more attempts than allowed", life.created, claim);
    }
    if (claim.attempt() != expected) {
      object(
          life.task + " began attempt " + claim.attempt() + " where " + expected + " is due",
          claim);
    }
  }

  private void checkRest(Life life, Entry.Moved rests, Entry.Moved due) {
    // No jitter is in the policy, so the generator is not asked.
    Duration backoff = life.created.behaviour().policy().restAfter(rests.attempt(), () -> 0L);
    if (due.time() - rests.time() < TimeUnit.MILLISECONDS.toMicros(backoff.toMillis())) {
      object(life.task + " did not rest " + backoff + " before its retry", rests, due);
    }
  }
}
