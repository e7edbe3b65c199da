package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.queue.QueueStats;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever tasks do, folding the moves gives what counting the tasks gives. */
class QueueFoldPropertyTest {
  private static final Instant NINE = Instant.parse("2026-03-04T09:00:00Z");

  private record Card(int priority, TaskState state) {}

  /** The seeds of every build, and one more of your own: {@code -Dfold.seed=...}. */
  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= 20; seed++) {
      seeds.add(seed);
    }
    Optional.ofNullable(Long.getLong("fold.seed")).ifPresent(seeds::add);
    return seeds;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void folding_any_legal_moves_gives_the_same_as_counting_the_tasks(long seed) {
    Random random = new Random(seed);
    QueueFold fold = new QueueFold();
    List<Card> cards = begin(random, fold);
    for (int step = 1; step <= 2_000; step++) {
      moveOne(random, fold, cards, step);
      if (step % 100 == 0) {
        compare(fold, cards);
      }
    }
  }

  private static List<Card> begin(Random random, QueueFold fold) {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      TaskState state = TaskState.values()[random.nextInt(TaskState.values().length)];
      Card card = new Card(1 + random.nextInt(10), state);
      fold.begin(card.state(), card.priority(), 1);
      fold.beginDeadLetters(state == TaskState.FAILED ? 1 : 0);
      cards.add(card);
    }
    return cards;
  }

  private static void moveOne(Random random, QueueFold fold, List<Card> cards, int step) {
    int index = random.nextInt(cards.size() + 1);
    Card card =
        index < cards.size() ? cards.get(index) : new Card(1 + random.nextInt(10), null); // a new
    List<MoveTable.Line> ways =
        MoveTable.STANDARD.lines().stream().filter(line -> line.from() == card.state()).toList();
    if (ways.isEmpty()) {
      cards.add(new Card(card.priority(), TaskState.QUEUED));
      fold.apply(Moved.task(step, card.priority(), null, Move.SUBMIT, null, NINE));
      return;
    }
    MoveTable.Line way = ways.get(random.nextInt(ways.size()));
    fold.apply(Moved.task(step, card.priority(), card.state(), way.move(), NINE, NINE));
    Card moved = new Card(card.priority(), way.to());
    if (index < cards.size()) {
      cards.set(index, moved);
    } else {
      cards.add(moved);
    }
  }

  private static void compare(QueueFold fold, List<Card> cards) {
    QueueStats figures = fold.figures(NINE, Duration.ofMinutes(1), Optional.empty());
    List<Card> waiting = cards.stream().filter(c -> c.state() == TaskState.QUEUED).toList();
    assertThat(figures.countByState()).isEqualTo(countBy(cards, Card::state));
    assertThat(figures.depthByPriority()).isEqualTo(countBy(waiting, Card::priority));
    assertThat(figures.depth()).isEqualTo(waiting.size());
    assertThat(figures.deadLetterCount())
        .isEqualTo(cards.stream().filter(c -> c.state() == TaskState.FAILED).count());
  }

  private static <K> Map<K, Long> countBy(List<Card> cards, Function<Card, K> key) {
    return cards.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }
}
