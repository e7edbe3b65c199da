package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Postgres;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.Explanation;
import io.tasklane.queue.Durability;
import io.tasklane.rollup.DurationBuckets;
import io.tasklane.rules.RandomValues;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task is the next to be claimed exactly where its explanation names no blocker. */
class ExplainTest {
  private static final int STATES = Integer.getInteger("tasklane.explained", 200);
  private static final int MOST_ROUNDS = 12;

  private final ExplainBench bench = new ExplainBench();
  private final RandomValues random = RandomValues.seeded();
  private final RandomQueueStates states = new RandomQueueStates(bench, random);

  @AfterEach
  void close() {
    bench.clear();
    bench.close();
  }

  static RunEnd tryAgain() {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "AWAY", "503", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  private List<String> waiting() {
    List<String> names = new ArrayList<>();
    for (int i = 0; bench.store.exists("t" + i); i++) {
      TaskState state = bench.store.read("t" + i).state();
      if (!state.isFinal() && state != TaskState.RUNNING) {
        names.add("t" + i);
      }
    }
    return names;
  }

  private ExplainBench.Step claim() {
    return states.hasOwner()
        ? bench.claimOnce(states.durability())
        : new ExplainBench.Step(Optional.empty(), false);
  }

  @Test
  void the_task_that_is_claimed_next_is_the_one_without_blockers() {
    int starts = 0;
    for (int i = 0; i < STATES; i++) {
      states.next();
      List<Explanation> explained;
      ExplainBench.Step step;
      do { // a task without time that is ended by a claim may release others
        explained = waiting().stream().map(bench::explain).toList();
        step = claim();
      } while (step.again());
      List<String> free =
          explained.stream().filter(e -> e.blockers().isEmpty()).map(Explanation::taskId).toList();
      assertThat(free)
          .as("%s, state %d: %s", random, i, explained)
          .isEqualTo(step.claimed().map(Task::taskId).stream().toList());
      starts += free.size();
    }
    assertThat(starts).as("states in which a task starts").isBetween(STATES / 10, STATES * 9 / 10);
  }

  @Test
  void a_task_whose_time_is_over_is_passed_by() {
    bench.store.create(
        bench.task(
            "late", 9, StartConditions.NONE, RunRules.NONE, Optional.of(Duration.ofMillis(1))));
    bench.create("next", 5);
    assertThat(bench.blockers("late"))
        .containsExactly(new Blocker.TimeOver(TimeLimit.QUEUE_TIMEOUT));
    assertThat(bench.blockers("next")).isEmpty();
    assertThat(bench.claim(Durability.EACH)).map(Task::taskId).contains("next");
  }

  @Test
  void a_task_starts_once_the_blockers_named_are_gone() {
    int starts = 0;
    for (int i = 0; i < STATES; i++) {
      states.next();
      List<String> waiting = waiting();
      if (!waiting.isEmpty()) {
        String task = waiting.get(random.below(waiting.size()));
        starts += starts(task, i) ? 1 : 0;
      }
    }
    assertThat(starts).as("tasks that started").isGreaterThan(STATES / 2);
  }

  /** Whether it has started; it has not where its time is over. */
  private boolean starts(String task, int state) {
    ExplainBench.Step step;
    do {
      if (bench.store.read(task).isFinished() || !clearsAll(task, state)) {
        return false;
      }
      step = claim();
    } while (step.again());
    assertThat(step.claimed().map(Task::taskId)).as("%s, state %d", random, state).contains(task);
    return true;
  }

  /**
   * Whether the task has time left when all blockers are gone. What clears one of them may let
   * another task go first: then that one is named next.
   */
  private boolean clearsAll(String task, int state) {
    List<List<Blocker>> rounds = new ArrayList<>();
    for (List<Blocker> left = bench.blockers(task); !left.isEmpty(); left = bench.blockers(task)) {
      if (left.stream().anyMatch(Blocker.TimeOver.class::isInstance)) {
        return false;
      }
      rounds.add(left);
      assertThat(rounds).as("%s, state %d, %s", random, state, task).hasSizeLessThan(MOST_ROUNDS);
      left.forEach(blocker -> states.clear(task, blocker));
      bench.renew();
    }
    return true;
  }

  @Test
  void a_task_that_runs_or_has_ended_has_no_blockers() {
    bench.create("a", 5);
    bench.claim(Durability.EACH);
    assertThat(bench.explain("a").state()).isEqualTo(TaskState.RUNNING);
    assertThat(bench.blockers("a")).isEmpty();
    bench.end("a");
    Explanation ended = bench.explain("a");
    assertThat(ended.state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(ended.blockers()).isEmpty();
    assertThat(ended.start().missing()).isEmpty();
  }

  @Test
  void a_task_that_does_not_exist_is_refused() {
    assertThatThrownBy(() -> bench.explain("nobody"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.TASK_NOT_FOUND));
  }

  @Test
  void the_tasks_ahead_are_counted_by_why_they_go_first() {
    bench.create("old", 5);
    bench.create("late", 5);
    bench.create("urgent", 9);
    Explanation late = bench.explain("late");
    assertThat(late.tasksAhead()).isEqualTo(2);
    assertThat(late.blockers())
        .containsExactly(new Blocker.TasksAhead(1, 1, List.of("tasks/urgent", "tasks/old")));
    Postgres.run(bench.store.database, "UPDATE queue SET aging_ms = 1");
    assertThat(bench.blockers("late"))
        .containsExactly(new Blocker.TasksAhead(0, 2, List.of("tasks/urgent", "tasks/old")));
  }

  @Test
  void an_estimate_needs_twenty_runs() {
    for (int i = 0; i < 19; i++) {
      bench.create("run" + i, 5);
      bench.claim(Durability.EACH);
      bench.end("run" + i);
    }
    bench.create("first", 5);
    bench.create("second", 5);
    assertThat(bench.explain("first").start().p50()).as("it starts now").isPresent();
    assertThat(bench.explain("second").start().missing())
        .isEqualTo("only 19 runs of this queue are known; an estimate needs 20");
    bench.claim(Durability.EACH);
    bench.end("first");
    bench.create("third", 5);
    Explanation third = bench.explain("third");
    assertThat(third.start().missing()).isEmpty();
    assertThat(third.start().p90().orElseThrow())
        .isAfterOrEqualTo(third.start().p50().orElseThrow());
  }

  @Test
  void runs_whose_tasks_are_gone_are_known_as_long_as_their_counts() {
    bench.create("first", 5);
    bench.create("second", 5);
    Postgres.run(
        bench.store.database,
        ("INSERT INTO rollup SELECT id, 't', date_trunc('minute', now()) - interval '6 days', 0, 0,"
                + " 0, '{}', array_append(array_fill(0::bigint, ARRAY[%d]), 20::bigint), '{}'"
                + " FROM queue")
            .formatted(DurationBuckets.of(Duration.ofSeconds(10))));
    Explanation second = bench.explain("second");
    assertThat(second.start().missing()).isEmpty();
    Instant now = Instant.now();
    assertThat(Duration.between(now, second.start().p50().orElseThrow()))
        .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
  }
}
