package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tasks with one ordering key follow one another, in whatever queues and on whatever nodes they
 * are: one starts only when those that were surely created before it have ended, and no two of
 * which nobody knows the order overlap, from the first start to the end, retries included.
 */
final class KeyOrder extends Rule {

  /**
   * A task of the key.
   *
   * @param life the task
   * @param start its first claim, the end of time where there was none
   * @param end its last move, the end of time where it has not ended
   */
  private record Keyed(Life life, long start, long end) {
    static Keyed of(Life life) {
      return new Keyed(
          life,
          life.first(Move.CLAIM).map(Entry.Moved::time).orElse(Long.MAX_VALUE),
          life.last()
              .filter(last -> last.to().isFinal())
              .map(Entry.Moved::time)
              .orElse(Long.MAX_VALUE));
    }

    boolean isStarted() {
      return start < Long.MAX_VALUE;
    }
  }

  @Override
  void check(History history) {
    Map<String, List<Keyed>> keys =
        history.lives().stream()
            .filter(life -> life.created().filter(c -> c.sharing().isKeyed()).isPresent())
            .map(Keyed::of)
            .collect(Collectors.groupingBy(keyed -> keyed.life().created.sharing().orderingKey()));
    keys.forEach(
        (key, tasks) -> {
          checkOverlaps(key, tasks);
          checkOrder(key, tasks);
        });
  }

  private void checkOverlaps(String key, List<Keyed> tasks) {
    List<Keyed> started =
        tasks.stream()
            .filter(Keyed::isStarted)
            .sorted(Comparator.comparingLong(Keyed::start).thenComparing(Keyed::end))
            .toList();
    for (int i = 1; i < started.size(); i++) {
      if (started.get(i).start() < started.get(i - 1).end()) {
        objectTo(key, started.get(i), "overlaps", started.get(i - 1));
      }
    }
  }

  private void checkOrder(String key, List<Keyed> tasks) {
    for (Keyed older : tasks) {
      for (Keyed younger : tasks) {
        if (older.life().created.at() < younger.life().created.sent()
            && younger.isStarted()
            && younger.start() < older.end()) {
          objectTo(key, younger, "started before the end of", older);
        }
      }
    }
  }

  private void objectTo(String key, Keyed one, String what, Keyed other) {
    object(
        "%s %s %s, both with the ordering key %s"
            .formatted(one.life().task, what, other.life().task, key),
        other.life().created,
        one.life().created,
        one.life().first(Move.CLAIM).orElseThrow());
  }
}
