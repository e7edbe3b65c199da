package io.tasklane.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DependencyGraphTest {
  @Test
  void every_task_comes_after_what_it_needs() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Map<String, Set<String>> needs = acyclic(random);
      Set<String> before = new HashSet<>();
      for (String task : new DependencyGraph(needs).inOrder()) {
        assertThat(before).as("seed %d", seed).containsAll(needs.get(task));
        before.add(task);
      }
      assertThat(before).isEqualTo(needs.keySet());
      assertThat(new DependencyGraph(needs).cycle()).isEmpty();
    }
  }

  @Test
  void a_cycle_anywhere_is_found_and_is_one() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Map<String, Set<String>> needs = acyclic(random);
      int length = 1 + random.nextInt(5);
      for (int i = 0; i < length; i++) {
        needs.put("c" + i, new HashSet<>(Set.of("c" + (i + 1) % length)));
      }
      needs.get("t0").add("c0");
      List<String> cycle = new DependencyGraph(needs).cycle().orElseThrow();
      assertThat(cycle).as("seed %d", seed).hasSize(length + 1);
      assertThat(cycle.get(0)).isEqualTo(cycle.get(length));
      for (int i = 0; i < length; i++) {
        assertThat(needs.get(cycle.get(i))).contains(cycle.get(i + 1));
      }
    }
  }

  @Test
  void needs_outside_are_no_part_of_it() {
    DependencyGraph graph = new DependencyGraph(Map.of("a", Set.of("outside")));
    assertThat(graph.inOrder()).containsExactly("a");
  }

  @Test
  void there_is_no_order_of_a_cycle() {
    DependencyGraph graph = new DependencyGraph(Map.of("a", Set.of("b"), "b", Set.of("a")));
    assertThatThrownBy(graph::inOrder).isInstanceOf(IllegalStateException.class);
  }

  private static Map<String, Set<String>> acyclic(Random random) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    int size = 1 + random.nextInt(40);
    for (int i = size - 1; i >= 0; i--) {
      Set<String> needed =
          random
              .ints(random.nextInt(4), 0, Math.max(1, i))
              .filter(need -> need < 40)
              .mapToObj(need -> "t" + need)
              .collect(Collectors.toCollection(HashSet::new));
      needed.remove("t" + i);
      needs.put("t" + i, needed);
    }
    return needs;
  }
}
