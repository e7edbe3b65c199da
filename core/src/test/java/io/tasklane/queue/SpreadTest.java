package io.tasklane.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.QueueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadTest {
  @Test
  void a_node_that_joins_gets_its_share_of_what_the_first_one_owns() {
    Map<QueueKey, String> all = owned("a", 10);
    assertThat(Spread.changes(all, Set.of("a", "b"))).hasSize(5).containsValue("b");
    assertThat(Spread.changes(all, Set.of("a", "b", "c"))).hasSize(6);
    assertThat(after(all, Set.of("a", "b", "c"))).containsExactly(3, 3, 4);
  }

  @Test
  void a_difference_of_one_is_even() {
    assertThat(Spread.changes(owned("a", 1), Set.of("a", "b"))).isEmpty();
    assertThat(
            Spread.changes(
                Map.of(new QueueKey(1), "a", new QueueKey(2), "b", new QueueKey(3), "a"),
                Set.of("a", "b")))
        .isEmpty();
  }

  @Test
  void a_queue_without_a_living_owner_is_nobodys_to_give() {
    assertThat(Spread.changes(owned("gone", 5), Set.of("a", "b"))).isEmpty();
  }

  @Test
  void where_nobody_lives_nothing_changes() {
    assertThat(Spread.changes(owned("a", 5), Set.of())).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void it_ends_even_with_as_few_changes_as_can_be_and_then_rests(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<String> nodes = names(1 + random.nextInt(6));
      Map<QueueKey, String> owners = new TreeMap<>();
      int queues = random.nextInt(40);
      for (int queue = 0; queue < queues; queue++) {
        owners.put(new QueueKey(queue), nodes.get(random.nextInt(nodes.size())));
      }
      Set<String> living = new TreeSet<>(nodes);
      Map<QueueKey, String> changes = Spread.changes(owners, living);
      List<Integer> counts = after(owners, living);
      assertThat(Collections.max(counts) - Collections.min(counts)).isLessThan(2);
      assertThat(changes).hasSize(fewest(owners, nodes, queues));
      owners.putAll(changes);
      assertThat(Spread.changes(owners, living)).isEmpty();
    }
  }

  /** What those who own more than they may have to give. */
  private static int fewest(Map<QueueKey, String> owners, List<String> nodes, int queues) {
    List<Integer> counts = new ArrayList<>(counts(owners, nodes));
    counts.sort(Collections.reverseOrder());
    int fair = queues / nodes.size();
    int more = queues % nodes.size();
    return IntStream.range(0, counts.size())
        .map(i -> Math.max(0, counts.get(i) - fair - (i < more ? 1 : 0)))
        .sum();
  }

  private static List<Integer> after(Map<QueueKey, String> owners, Set<String> nodes) {
    Map<QueueKey, String> then = new TreeMap<>(owners);
    then.putAll(Spread.changes(owners, nodes));
    return counts(then, nodes).stream().sorted().toList();
  }

  private static List<Integer> counts(Map<QueueKey, String> owners, Collection<String> nodes) {
    return nodes.stream().map(n -> Collections.frequency(owners.values(), n)).toList();
  }

  private static Map<QueueKey, String> owned(String node, int queues) {
    Map<QueueKey, String> owners = new TreeMap<>();
    IntStream.range(0, queues).forEach(queue -> owners.put(new QueueKey(queue), node));
    return owners;
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }
}
