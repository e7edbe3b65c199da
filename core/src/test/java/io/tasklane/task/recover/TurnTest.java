package io.tasklane.task.recover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.recover.Suspect.Place;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which tasks start on a node, and when, while some have lost a run. */
class TurnTest {
  private static final Instant AT = Instant.parse("2026-03-08T06:59:59.999999Z");
  private static final Duration LATE = Suspect.ALONE;
  private static final Duration EARLY = Suspect.ALONE.minusNanos(1_000);
  private static final int INNOCENT = 99;

  private static Suspect suspect(
      long task, int queue, long token, Instant since, Place place, Instant startTime) {
    return new Suspect(
        new TaskKey(task), new QueueKey(queue), new FencingToken(token), since, place, startTime);
  }

  private static Suspect waits(int task, long token, Duration since) {
    return suspect(task, task, token, AT.minus(since), Place.WAITS, AT.minusSeconds(60));
  }

  private static Suspect runs(int task, Duration since, Duration running) {
    return suspect(task, task, task, AT.minus(since), Place.RUNS, AT.minus(running));
  }

  private static Suspect at(Place place, Suspect of) {
    return new Suspect(of.task(), of.queue(), of.token(), of.since(), place, of.startTime());
  }

  private static Turn turn(int task, boolean othersRun, Suspect... suspects) {
    return turn(task, task, othersRun, List.of(suspects));
  }

  private static Turn turn(int task, int queue, boolean othersRun, List<Suspect> suspects) {
    return Turn.of(new TaskKey(task), new QueueKey(queue), suspects, othersRun, AT);
  }

  @Test
  void without_suspects_every_task_starts() {
    assertThat(turn(INNOCENT, true)).isEqualTo(Turn.START);
  }

  @Test
  void a_suspect_starts_once_nothing_runs_beside_it_but_waits_no_longer_than_5_s() {
    assertThat(turn(1, true, waits(1, 1, EARLY))).isEqualTo(Turn.WAIT);
    assertThat(turn(1, false, waits(1, 1, EARLY))).isEqualTo(Turn.START);
    assertThat(turn(1, true, waits(1, 1, LATE))).isEqualTo(Turn.START);
  }

  @Test
  void others_wait_for_5_s_after_the_loss_and_no_longer() {
    assertThat(turn(INNOCENT, false, waits(1, 1, EARLY))).isEqualTo(Turn.WAIT);
    assertThat(turn(INNOCENT, true, runs(1, EARLY, EARLY))).isEqualTo(Turn.WAIT);
    assertThat(turn(INNOCENT, false, waits(1, 1, LATE))).isEqualTo(Turn.START);
    assertThat(turn(INNOCENT, true, runs(1, LATE, LATE))).isEqualTo(Turn.START);
  }

  @Test
  void a_suspect_of_another_node_keeps_nobody_waiting() {
    Suspect elsewhere = at(Place.ELSEWHERE, waits(1, 1, Duration.ZERO));
    assertThat(turn(INNOCENT, false, elsewhere)).isEqualTo(Turn.START);
    assertThat(turn(2, false, elsewhere, waits(2, 0, Duration.ZERO))).isEqualTo(Turn.START);
  }

  @Test
  void what_began_last_before_the_loss_runs_first_also_before_its_queue_is_taken() {
    Suspect older = waits(1, 10, Duration.ZERO);
    Suspect younger = waits(2, 11, Duration.ZERO);
    assertThat(turn(1, false, older, younger)).isEqualTo(Turn.WAIT);
    assertThat(turn(2, false, older, younger)).isEqualTo(Turn.START);
    assertThat(turn(1, false, older, at(Place.NOT_RECOVERED, younger))).isEqualTo(Turn.WAIT);
  }

  @Test
  void the_suspects_of_one_queue_run_in_its_order() {
    Suspect head = suspect(1, 7, 10, AT, Place.WAITS, AT);
    Suspect behind = suspect(2, 7, 12, AT, Place.WAITS, AT);
    Suspect other = suspect(3, 8, 11, AT, Place.WAITS, AT);
    List<Suspect> all = List.of(head, behind, other);
    assertThat(turn(1, 7, false, all)).as("for it, what stands behind").isEqualTo(Turn.START);
    assertThat(turn(3, 8, false, all)).isEqualTo(Turn.WAIT);
  }

  @Test
  void beside_a_suspect_that_runs_no_other_one_starts_for_30_s() {
    Suspect running = runs(1, Duration.ofMinutes(1), Suspect.TRIAL.minusNanos(1_000));
    assertThat(turn(2, true, running, waits(2, 9, EARLY))).isEqualTo(Turn.WAIT);
    assertThat(turn(2, true, running, waits(2, 9, LATE)))
        .as("its queue does not wait for that")
        .isEqualTo(Turn.STAND_ASIDE);
    assertThat(turn(INNOCENT, true, running)).isEqualTo(Turn.START);
    Suspect cleared = runs(1, Duration.ofMinutes(1), Suspect.TRIAL);
    assertThat(turn(2, true, cleared, waits(2, 9, LATE))).isEqualTo(Turn.START);
  }

  @Test
  void where_a_suspect_is_follows_from_its_lease_and_then_from_the_owner_of_its_queue() {
    FencingToken lost = new FencingToken(7);
    Optional<FencingToken> later = Optional.of(new FencingToken(8));
    for (TaskState state : TaskState.values()) {
      assertThat(Place.of(state, lost, Optional.of(lost), false, true))
          .isEqualTo(Place.NOT_RECOVERED);
      assertThat(Place.of(state, lost, later, true, true)).isEqualTo(Place.RUNS);
      assertThat(Place.of(state, lost, Optional.empty(), false, true))
          .isEqualTo(state == TaskState.QUEUED ? Place.WAITS : Place.ELSEWHERE);
      assertThat(Place.of(state, lost, Optional.empty(), false, false)).isEqualTo(Place.ELSEWHERE);
    }
    assertThat(Place.of(TaskState.RUNNING, lost, later, false, false)).isEqualTo(Place.ELSEWHERE);
  }

  @Test
  void a_suspect_of_old_waits_for_one_of_late_like_any_other_task() {
    assertThat(turn(1, false, waits(1, 9, LATE), waits(2, 3, EARLY))).isEqualTo(Turn.WAIT);
  }
}
