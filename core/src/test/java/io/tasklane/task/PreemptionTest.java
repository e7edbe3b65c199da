package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.TaskKey;
import io.tasklane.task.Preemption.Candidate;
import io.tasklane.task.Preemption.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreemptionTest {
  private static Candidate run(long task, int priority) {
    return new Candidate(new TaskKey(task), priority, -priority, false);
  }

  private static Waiting waiting(int priority) {
    return new Waiting("tasks/" + priority, priority, -priority);
  }

  private static int priority(String task) {
    return Integer.parseInt(task.substring("tasks/".length()));
  }

  @Test
  void a_run_gives_way_to_a_waiting_task_of_higher_priority_and_to_no_other() {
    assertThat(Preemption.asked(List.of(waiting(6)), 0, List.of(run(1, 5))))
        .containsExactly(Map.entry(new TaskKey(1), "tasks/6"));
    assertThat(Preemption.asked(List.of(waiting(5)), 0, List.of(run(1, 5)))).isEmpty();
    assertThat(Preemption.asked(List.of(waiting(4)), 0, List.of(run(1, 5)))).isEmpty();
  }

  @Test
  void the_lowest_priority_gives_way_first() {
    assertThat(Preemption.asked(List.of(waiting(9)), 0, List.of(run(1, 5), run(2, 3), run(3, 4))))
        .containsExactly(Map.entry(new TaskKey(2), "tasks/9"));
  }

  @Test
  void nobody_gives_way_where_a_slot_is_free_or_another_has_been_asked_already() {
    List<Candidate> runs = List.of(run(1, 5), new Candidate(new TaskKey(2), 5, -5, true));
    assertThat(Preemption.asked(List.of(waiting(9)), 1, List.of(run(1, 5)))).isEmpty();
    assertThat(Preemption.asked(List.of(waiting(9)), 0, runs)).isEmpty();
    assertThat(Preemption.asked(List.of(waiting(9), waiting(8)), 0, runs))
        .containsExactly(Map.entry(new TaskKey(1), "tasks/8"));
  }

  @Test
  void a_run_that_would_go_first_again_by_its_age_does_not_give_way() {
    Candidate old = new Candidate(new TaskKey(1), 5, 100, false);
    assertThat(Preemption.asked(List.of(new Waiting("tasks/9", 9, 200)), 0, List.of(old)))
        .isEmpty();
  }

  @Test
  void whoever_is_asked_there_is_a_more_urgent_task_for_it() {
    long seed = Long.getLong("tasklane.seed", 11);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<Waiting> waiting = new ArrayList<>();
      List<Candidate> runs = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        waiting.add(waiting(1 + random.nextInt(10)));
      }
      waiting.sort(Comparator.comparingLong(Waiting::orderKey));
      for (int i = random.nextInt(6); i > 0; i--) {
        runs.add(run(i, 1 + random.nextInt(10)));
      }
      int free = random.nextInt(3);
      Map<TaskKey, String> asked = Preemption.asked(waiting, free, runs);
      assertThat(asked)
          .as("seed %s round %s", seed, round)
          .hasSizeLessThanOrEqualTo(Math.max(0, waiting.size() - free));
      int most = waiting.stream().skip(free).mapToInt(Waiting::priority).max().orElse(0);
      assertThat(runs)
          .filteredOn(run -> asked.containsKey(run.task()))
          .allMatch(run -> run.priority() < most)
          .allMatch(run -> run.priority() < priority(asked.get(run.task())));
    }
  }
}
