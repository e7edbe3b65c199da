package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.recover.Suspect;
import io.tasklane.task.recover.SuspectRules;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task that kills its node takes no neighbour with it. */
class SuspectsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final SuspectBench bench = new SuspectBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void assertCounts(Task task, int lost, int alone) {
    Task now = bench.read(task);
    assertThat(List.of(now.lostCount(), now.lostAloneCount())).containsExactly(lost, alone);
  }

  @Test
  void a_killer_ends_and_the_long_task_beside_it_runs_on() {
    bench.take("n1", 1, "A", "B");
    Task sleep = bench.create("A");
    bench.run("A");
    Task killer = bench.create("B");
    bench.run("B");
    // the queue of the innocent task is taken first, and asks first
    bench.restart("n1", 2, "A");
    assertThat(bench.claim("A")).as("the killer began last, so it goes first").isEmpty();
    bench.take("n1", 2, "B");
    assertThat(bench.claim("A")).isEmpty();
    assertThat(bench.run("B").id()).isEqualTo(killer.id());
    assertThat(bench.claim("A")).as("nothing beside it").isEmpty();
    assertCounts(killer, 1, 0);
    bench.restart("n1", 3, "A", "B");
    assertCounts(killer, 2, 1);
    assertThat(bench.run("B").id()).isEqualTo(killer.id());
    bench.restart("n1", 4, "A", "B");
    assertThat(bench.read(killer).state()).isEqualTo(TaskState.FAILED);
    assertThat(bench.read(killer).failure().orElseThrow().message())
        .isEqualTo("node n1 is gone, on which nothing else ran; 3 runs were lost so");
    assertCounts(killer, 3, 2);
    assertThat(bench.run("A").id()).isEqualTo(sleep.id());
    assertCounts(sleep, 1, 0);
  }

  @Test
  void of_two_killers_at_once_both_end_and_nothing_else() {
    bench.take("n1", 1, "A", "B", "C");
    List<Task> tasks = List.of(bench.create("A"), bench.create("B"), bench.create("C"));
    List.of("A", "B", "C").forEach(bench::run);
    bench.restart("n1", 2, "A", "B", "C");
    for (int start = 3; start < 9; ) {
      // A and C die as soon as they run; while they are there, nothing runs beside them
      boolean isKilled =
          Stream.of("A", "B", "C")
              .anyMatch(queue -> bench.claim(queue).isPresent() && !queue.equals("B"));
      if (isKilled) {
        bench.restart("n1", start++, "A", "B", "C");
      } else {
        bench.pass(Suspect.TRIAL);
      }
      if (List.of(0, 2).stream().allMatch(i -> bench.read(tasks.get(i)).isFinished())) {
        break;
      }
    }
    bench.claim("B");
    assertThat(tasks)
        .extracting(task -> bench.read(task).state())
        .containsExactly(TaskState.FAILED, TaskState.RUNNING, TaskState.FAILED);
    assertThat(bench.read(tasks.get(1)).lostAloneCount()).isZero();
  }

  @Test
  void losses_beside_others_fail_nobody_however_many_and_the_next_alone_does() {
    bench.take("n1", 1, "A", "B");
    Task task = bench.create("A");
    Task other = bench.create("B");
    for (int start = 2; start < 7; start++) {
      bench.run("A");
      bench.pass(Suspect.TRIAL);
      bench.run("B");
      bench.restart("n1", start, "A", "B");
      bench.pass(Suspect.ALONE);
    }
    assertCounts(task, 5, 0);
    assertCounts(other, 5, 0);
    bench.run("A");
    bench.restart("n1", 7, "A", "B");
    assertThat(bench.read(task).state()).isEqualTo(TaskState.FAILED);
    assertThat(bench.read(other).state()).isEqualTo(TaskState.QUEUED);
    assertCounts(other, 5, 0);
  }

  @Test
  void the_run_of_another_node_is_not_beside_it() {
    bench.store.live("n2", 1);
    bench.take("n1", 1, "A");
    bench.take("n2", 1, "B");
    Task task = bench.create("A");
    bench.run("A");
    Task far = bench.create("B");
    bench.run("B");
    bench.restart("n1", 2, "A");
    assertCounts(task, 1, 1);
    assertCounts(far, 0, 0);
    assertThat(bench.suspects()).isOne();
  }

  @Test
  void a_node_that_takes_over_lets_its_runs_end_before_the_suspect_starts() {
    bench.store.live("n2", 1);
    bench.take("n1", 1, "A");
    bench.take("n2", 1, "B", "C");
    bench.create("A");
    Task killer = bench.run("A");
    bench.create("B");
    Task busy = bench.run("B");
    bench.create("C");
    bench.store.declareDead("n1");
    bench.take("n2", 1, "A");
    assertThat(bench.claim("A")).as("it would not be alone").isEmpty();
    assertThat(bench.claim("C")).as("nothing more starts").isEmpty();
    bench.succeed("B", busy);
    assertThat(bench.run("A").id()).isEqualTo(killer.id());
  }

  @Test
  void a_run_that_does_not_end_keeps_a_suspect_for_5_s_and_no_longer() {
    bench.store.live("n2", 1);
    bench.take("n1", 1, "A");
    bench.take("n2", 1, "B");
    bench.create("A");
    bench.run("A");
    bench.create("B");
    bench.run("B");
    bench.store.declareDead("n1");
    bench.take("n2", 1, "A");
    bench.pass(SECOND);
    assertThat(bench.claim("A")).isEmpty();
    bench.pass(Suspect.ALONE);
    bench.run("A");
  }

  @Test
  void others_start_after_5_s_at_the_latest_and_are_told() {
    bench.take("n1", 1, "A", "B");
    bench.create("A");
    bench.run("A");
    bench.create("B");
    bench.restart("n1", 2, "A", "B");
    bench.run("A");
    bench.pass(SECOND);
    assertThat(bench.claim("B")).isEmpty();
    assertThat(bench.signalled).isEmpty();
    assertThat(isDue()).isFalse();
    bench.pass(Suspect.ALONE);
    assertThat(bench.signalled).containsExactly(bench.owner("B").queue());
    bench.run("B");
    assertThat(isDue()).as("told once").isFalse();
  }

  @Test
  void a_suspect_stands_aside_for_the_others_of_its_queue_and_returns_before_them() {
    bench.take("n1", 1, "A", "B");
    Task first = bench.create("A");
    bench.run("A");
    Task second = bench.create("B");
    bench.run("B");
    Task next = bench.create("A");
    Task last = bench.create("A");
    bench.restart("n1", 2, "A", "B");
    assertThat(bench.run("B").id()).isEqualTo(second.id());
    assertThat(bench.claim("A")).isEmpty();
    bench.pass(Suspect.ALONE);
    Task run = bench.run("A");
    assertThat(run.id()).isEqualTo(next.id());
    assertThat(bench.read(first).state()).isEqualTo(TaskState.QUEUED);
    bench.succeed("A", run);
    bench.pass(Suspect.TRIAL.minus(Suspect.ALONE));
    run = bench.run("A");
    assertThat(run.id()).as("the other has run for 30 s").isEqualTo(first.id());
    assertThat(bench.read(last).state()).isEqualTo(TaskState.QUEUED);
    assertThat(bench.suspects()).isOne();
    bench.succeed("A", run);
    bench.pass(Duration.ZERO);
    assertThat(bench.suspects()).as("none is kept of what has ended").isZero();
  }

  @Test
  void a_planned_stop_is_no_loss() {
    bench.take("n1", 1, "A");
    Task task = bench.create("A");
    bench.run("A");
    Postgres.run(bench.store.database, "UPDATE node_lease SET stopping = 1 WHERE node = 'n1'");
    bench.restart("n1", 2, "A");
    Task again = bench.run("A");
    assertThat(again.id()).isEqualTo(task.id());
    assertThat(again.attempt()).isOne();
    assertCounts(task, 0, 0);
    assertThat(bench.suspects()).isZero();
    bench.restart("n1", 3, "A");
    assertCounts(task, 1, 1);
  }

  @Test
  void tasks_are_claimed_ahead_again_once_the_others_need_not_wait() {
    bench.take("n1", 1, "A", "B");
    bench.create("A");
    bench.run("A");
    Task ahead = bench.create("B");
    bench.restart("n1", 2, "A", "B");
    bench.run("A");
    GroupCompletion claim = new GroupCompletion(bench.owner("B"), List.of(), 10);
    GroupResult result = StoreBench.get(bench.store.committer.submit(bench.groups, claim));
    assertThat(result.claimed()).isEmpty();
    assertThat(result.claimStatus())
        .as("not looked at again at once")
        .isEqualTo(ClaimStatus.HEAD_ALONE);
    assertThat(bench.claim("B")).isEmpty();
    bench.pass(Suspect.ALONE);
    assertThat(bench.run("B").id()).isEqualTo(ahead.id());
  }

  private boolean isDue() {
    return Postgres.number(
            bench.store.database, "SELECT due::int FROM (" + SuspectRules.probe() + ") p (due)")
        == 1;
  }
}
