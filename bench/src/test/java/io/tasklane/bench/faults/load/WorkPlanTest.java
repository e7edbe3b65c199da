package io.tasklane.bench.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Need;
import io.tasklane.task.TaskState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkPlanTest {
  private static final List<String> QUEUES = List.of("queues/A", "queues/B");
  private static final int MANY = 2_000;

  private static List<Work> draw(long seed) {
    WorkPlan plan = new WorkPlan("c", QUEUES, new SplittableRandom(seed));
    return Stream.generate(plan::next).limit(MANY).toList();
  }

  @Test
  void the_same_seed_draws_the_same_tasks() {
    assertThat(draw(3)).isEqualTo(draw(3));
    assertThat(draw(3)).isNotEqualTo(draw(4));
  }

  @Test
  void a_task_needs_only_what_was_drawn_before_it() {
    Set<String> known = new HashSet<>();
    for (Work work : draw(3)) {
      assertThat(work.needs()).extracting(Need::task).doesNotHaveDuplicates();
      assertThat(known).containsAll(work.needs().stream().map(Need::task).toList());
      known.add("tasks/" + work.id());
    }
    assertThat(known).hasSize(MANY);
  }

  @Test
  void there_is_some_of_everything() {
    List<Work> drawn = draw(3);
    assertThat(drawn).extracting(Work::priority).contains(1, 5, 10).doesNotContain(0, 11);
    assertThat(drawn).extracting(Work::queue).containsAll(QUEUES);
    assertThat(drawn).anyMatch(work -> work.behaviour().permanent());
    assertThat(drawn).anyMatch(work -> work.behaviour().failures() >= work.behaviour().attempts());
    assertThat(drawn).anyMatch(WorkPlanTest::passes);
    assertThat(drawn).anyMatch(work -> work.cancelAfterMillis() >= 0 && !work.heeds());
    assertThat(drawn).anyMatch(work -> work.needs().size() > 1);
  }

  private static boolean passes(Work work) {
    return work.behaviour().failures() > 0 && work.behaviour().end() == TaskState.SUCCEEDED;
  }
}
