package io.tasklane.bench.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.bench.faults.record.Sharing;
import io.tasklane.task.state.TaskState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkPlanTest {
  private static final List<LoadQueue> QUEUES =
      List.of(
          LoadQueue.plain("queues/A", 1),
          LoadQueue.plain("queues/B", 3).inGroups().sharing(50, 50));
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
    assertThat(drawn).extracting(Work::queue).containsOnly("queues/A", "queues/B");
    assertThat(drawn).anyMatch(work -> work.behaviour().permanent());
    assertThat(drawn).anyMatch(work -> work.behaviour().failures() >= work.behaviour().attempts());
    assertThat(drawn).anyMatch(WorkPlanTest::passes);
    assertThat(drawn).anyMatch(work -> work.cancelAfterMillis() >= 0 && !work.heeds());
    assertThat(drawn).anyMatch(work -> work.needs().size() > 1);
  }

  @Test
  void some_throw_each_of_the_errors_and_none_kills_its_node() {
    List<Work> drawn = draw(3);
    assertThat(drawn)
        .extracting(work -> work.behaviour().error())
        .contains("")
        .containsAll(Behaviour.ERRORS);
    assertThat(drawn)
        .filteredOn(work -> !work.behaviour().error().isEmpty())
        .allMatch(work -> work.behaviour().failures() > 0);
    assertThat(drawn).allMatch(work -> work.behaviour().kills() == 0);
  }

  @Test
  void one_task_of_the_first_minute_kills_its_node_always_and_the_next_kills_once() {
    KillerPlan plan = new KillerPlan(QUEUES, new SplittableRandom(3));
    assertThat(plan.dueMillis()).isBetween(5_000L, 20_000L);
    assertThat(plan.next().behaviour().isKiller()).isTrue();
    assertThat(plan.dueMillis()).isGreaterThan(60_000);
    assertThat(plan.next().behaviour().kills()).isEqualTo(1);
  }

  @Test
  void half_of_the_clients_are_careful() {
    assertThat(draw(3).stream().filter(Work::careful).count()).isBetween(900L, 1_100L);
  }

  @Test
  void tasks_share_what_their_queue_says() {
    List<Work> drawn = draw(3);
    assertThat(drawn)
        .filteredOn(work -> work.queue().equals("queues/A"))
        .allMatch(work -> work.sharing().equals(Sharing.NONE));
    List<Work> mixed = drawn.stream().filter(work -> work.queue().equals("queues/B")).toList();
    assertThat(mixed).anyMatch(work -> work.sharing().isKeyed() && work.sharing().units() > 0);
    assertThat(mixed).anyMatch(work -> work.sharing().equals(Sharing.NONE));
    assertThat(mixed).allMatch(work -> work.sharing().units() <= Queues.CAPACITY);
  }

  @Test
  void the_load_has_every_kind_of_queue() {
    assertThat(Queues.LOAD).anyMatch(LoadQueue::grouped).anyMatch(queue -> !queue.grouped());
    assertThat(Queues.LOAD).anyMatch(queue -> queue.agingMillis() > 0);
    assertThat(Queues.LOAD).anyMatch(queue -> queue.keyed() > 0);
    assertThat(Queues.LOAD).anyMatch(queue -> queue.bound() > 0);
    assertThat(Queues.LOAD).extracting(LoadQueue::name).doesNotHaveDuplicates();
  }

  @Test
  void what_may_not_exist_is_not_needed() {
    Work work = draw(3).stream().filter(w -> w.needs().size() == 2).findFirst().orElseThrow();
    Need gone = work.needs().get(0);
    assertThat(work.without(Set.of(gone.task())).needs()).containsExactly(work.needs().get(1));
    assertThat(work.without(Set.of())).isEqualTo(work);
  }

  private static boolean passes(Work work) {
    return work.behaviour().failures() > 0 && work.behaviour().end() == TaskState.SUCCEEDED;
  }
}
