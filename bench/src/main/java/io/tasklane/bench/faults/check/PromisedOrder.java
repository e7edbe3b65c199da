package io.tasklane.bench.faults.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A queue's claims take the best of what waits: interrupted work first, then the higher priority,
 * or what has the smaller order key where the queue ages, then what was created earlier.
 *
 * <p>A task counts as waiting from when somebody outside knew that it was durable. The first claim
 * after that may still pass it, because it may have been inside the database already; the second
 * one cannot, because claims of a queue follow one another behind a lock. Of two tasks one counts
 * as older only where its create was acknowledged before that of the other was sent.
 *
 * <p>A task that has lost a run may stand aside while another such task runs on its node, but not
 * in the first seconds after the loss.
 *
 * <p>What is claimed at one time is one claim. A task with an ordering key, or that needs units of
 * a resource, may have to wait for others, and so may be passed; itself it passes nobody.
 */
final class PromisedOrder extends Rule {

  @Override
  void check(History history) {
    Map<String, List<Wait>> queues = new TreeMap<>();
    history.lives().stream()
        .filter(life -> life.created().isPresent())
        .flatMap(life -> Wait.of(life, history).stream())
        .forEach(w -> queues.computeIfAbsent(w.ready().queue(), q -> new ArrayList<>()).add(w));
    queues.values().forEach(this::sweep);
  }

  private void sweep(List<Wait> waits) {
    waits.sort(Comparator.comparingLong(Wait::known));
    List<Wait> claims =
        waits.stream()
            .filter(Wait::isClaimed)
            .sorted(Comparator.comparingLong(wait -> wait.next().time()))
            .toList();
    TreeMap<Long, TreeSet<Wait>> waiting = new TreeMap<>();
    Iterator<Wait> coming = waits.iterator();
    Wait arriving = coming.hasNext() ? coming.next() : null;
    long former = Long.MIN_VALUE;
    long latest = Long.MIN_VALUE;
    for (Wait claim : claims) {
      if (claim.next().time() > latest) {
        former = latest;
        latest = claim.next().time();
      }
      while (arriving != null && arriving.known() < former) {
        if (!arriving.life().created.sharing().mayWait()) {
          waiting
              .computeIfAbsent(arriving.place(), place -> new TreeSet<>(Wait.BY_CREATION))
              .add(arriving);
        }
        arriving = coming.hasNext() ? coming.next() : null;
      }
      waiting.headMap(claim.place(), true).values().forEach(better -> compare(claim, better));
    }
  }

  /** Looks for one that should have gone first; those that wait no longer are removed. */
  private void compare(Wait claim, TreeSet<Wait> others) {
    for (Iterator<Wait> each = others.iterator(); each.hasNext(); ) {
      Wait other = each.next();
      if (other.until() <= claim.next().time()) {
        each.remove();
      } else if (other.mayStandAside(claim.next().time())) {
        continue;
      } else if (other.place() < claim.place() || other.isOlderThan(claim)) {
        object(
            claim.life().task + " was claimed before " + other.life().task,
            other.ready(),
            claim.ready(),
            claim.next());
        each.remove(); // once is enough
      } else {
        return;
      }
    }
  }
}
