package io.tasklane.workflow.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever workflows hold queues of each other, one of them can go on. */
class HeldTaskTest {
  private static final int ROUNDS = 2_000;
  private static final int WORKFLOWS = 6;

  private static boolean isHeld(Integer holder, Integer owner) {
    return new HeldTask(of(holder), of(owner)).isHeld();
  }

  private static OptionalLong of(Integer workflow) {
    return workflow == null ? OptionalLong.empty() : OptionalLong.of(workflow);
  }

  @Test
  void a_queue_that_nobody_holds_keeps_no_task() {
    assertThat(isHeld(null, null)).isFalse();
    assertThat(isHeld(null, 7)).isFalse();
  }

  @Test
  void own_tasks_and_those_of_older_workflows_pass() {
    assertThat(isHeld(5, null)).isTrue();
    assertThat(isHeld(5, 5)).isFalse();
    assertThat(isHeld(5, 4)).isFalse();
    assertThat(isHeld(5, 6)).isTrue();
  }

  @Test
  void of_workflows_that_hold_at_random_the_oldest_one_waits_for_none() {
    Random random = new Random(11);
    for (int round = 0; round < ROUNDS; round++) {
      List<Set<Integer>> waitsFor = new ArrayList<>();
      for (int owner = 0; owner < WORKFLOWS; owner++) {
        waitsFor.add(new HashSet<>());
      }
      for (int queue = 0; queue < WORKFLOWS; queue++) {
        int holder = random.nextInt(WORKFLOWS);
        int owner = random.nextInt(WORKFLOWS);
        if (isHeld(holder, owner)) {
          waitsFor.get(owner).add(holder);
        }
      }
      assertThat(hasCycle(waitsFor)).as(waitsFor.toString()).isFalse();
    }
  }

  private static boolean hasCycle(List<Set<Integer>> waitsFor) {
    Set<Integer> left = new HashSet<>();
    for (int i = 0; i < waitsFor.size(); i++) {
      left.add(i);
    }
    boolean found = true;
    while (found) {
      found = left.removeIf(one -> waitsFor.get(one).stream().noneMatch(left::contains));
    }
    return !left.isEmpty();
  }
}
