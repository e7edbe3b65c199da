package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds where more is held at one time than may be. */
final class Overlap {
  private Overlap() {}

  /**
   * Something that is held for a time.
   *
   * @param task who holds it
   * @param start from when on
   * @param end until when; what another one takes at the same time does not overlap
   * @param amount how much
   * @param evidence the entry that began it
   */
  record Hold(String task, long start, long end, int amount, Entry evidence) {}

  /** Hears of a place where there is too much. */
  interface Objection {
    void object(Iterable<String> tasks, Entry... evidence);
  }

  /** Looks at all that is held of one thing. */
  static void look(List<Hold> holds, int allowed, Objection objection) {
    List<Hold> starts = new ArrayList<>(holds);
    starts.sort(Comparator.comparingLong(Hold::start));
    List<Hold> ends = new ArrayList<>(holds);
    ends.sort(Comparator.comparingLong(Hold::end));
    Map<Hold, Boolean> held = new LinkedHashMap<>();
    int ended = 0;
    int sum = 0;
    for (Hold hold : starts) {
      for (; ended < ends.size() && ends.get(ended).end() <= hold.start(); ended++) {
        sum -= held.remove(ends.get(ended)) == null ? 0 : ends.get(ended).amount();
      }
      if (hold.end() <= hold.start()) {
        continue; // it held nothing for any time
      }
      held.put(hold, true);
      sum += hold.amount();
      if (sum > allowed) {
        objection.object(
            held.keySet().stream().map(Hold::task).toList(),
            held.keySet().stream().map(Hold::evidence).toArray(Entry[]::new));
      }
    }
  }
}
