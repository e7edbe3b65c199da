package io.tasklane.bench.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import org.junit.jupiter.api.Test;

/** What the checker accepts; the tests beside it show what it rejects. */
class CheckerTest {
  private static final Behaviour TWICE = new Behaviour(1, 2, false, 3, 500);

  private static Need on(String task, DependencyPolicy policy) {
    return new Need(task, policy);
  }

  @Test
  void a_clean_record_is_accepted() {
    Story story = new Story();
    story.create("a").run("a").create("b", 9, Behaviour.success(1)).create("c").run("b").run("c");
    story.read("a").read("b").read("c");
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void retries_that_rest_are_accepted() {
    Story story = new Story().create("a", 5, TWICE);
    for (int i = 0; i < 2; i++) {
      story.begin("a").returned("a", Entry.Outcome.FAILURE);
      story.fail("a", Move.RETRY_LATER, Behaviour.PASSING).move("a", Move.COME_DUE);
    }
    assertThat(story.run("a").read("a").violations()).isEmpty();
  }

  @Test
  void an_attempt_that_an_outage_disturbed_is_accepted() {
    Story story = new Story().create("a", 5, new Behaviour(1, 0, false, 3, 500)).begin("a");
    story.returned("a", Entry.Outcome.FAILURE);
    story.fail("a", Move.RETRY_LATER, "EFFECT_NOT_RECORDED").move("a", Move.COME_DUE);
    assertThat(story.run("a").read("a").violations()).isEmpty();
  }

  @Test
  void an_attempt_that_nothing_explains_is_rejected() {
    Story story = new Story().create("a", 5, new Behaviour(1, 0, false, 3, 500)).begin("a");
    story.returned("a", Entry.Outcome.FAILURE);
    story.fail("a", Move.RETRY_LATER, "UNEXPECTED").move("a", Move.COME_DUE);
    assertThat(story.run("a").read("a").objections()).containsExactly("RightEnd");
  }

  @Test
  void lost_leases_are_accepted_and_a_third_may_be_the_end() {
    Story story = new Story().create("a").create("b");
    for (int i = 0; i < 2; i++) {
      story.begin("a").fail("a", Move.LOSE_LEASE, "LEASE_LOST");
    }
    story.begin("a").struck("KILL_NODE", "a").loseAlone("a", Move.FAIL);
    story.run("b").read("a", "LEASE_LOST").read("b");
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void one_that_has_lost_a_lease_may_stand_aside_some_seconds_later() {
    Story story = new Story().create("cut", 1, Behaviour.success(1));
    story.create("b", 9, Behaviour.success(1)).create("c", 9, Behaviour.success(1)).begin("cut");
    story.fail("cut", Move.LOSE_LEASE, "LEASE_LOST").run("b").run("c").run("cut");
    story.read("b").read("c").read("cut");
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void a_stale_run_whose_every_word_is_refused_is_accepted() {
    Story story = new Story().create("a").begin("a");
    story.fail("a", Move.LOSE_LEASE, "LEASE_LOST").run("a").read("a");
    story.add(new Entry.Effect(90_000_000, "a", "a", 1, false));
    story.add(new Entry.Returned(91_000_000, "a", 1, Entry.Outcome.FAILURE));
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void needs_and_cancellations_are_accepted() {
    Behaviour fails = new Behaviour(1, 0, true, 3, 500);
    Story story = new Story().create("a", 5, fails);
    story.create("b", 5, Behaviour.success(1), on("a", DependencyPolicy.ON_SUCCESS));
    story.create("c", 5, Behaviour.success(1), on("a", DependencyPolicy.ON_FAILURE));
    story.create("d").cancel("d", Move.CANCEL).create("e");
    story.begin("a").returned("a", Entry.Outcome.FAILURE);
    story
        .fail("a", Move.FAIL, Behaviour.PERMANENT)
        .move("b", Move.RULE_OUT)
        .move("c", Move.RELEASE);
    story.begin("c").cancel("c", Move.REQUEST_CANCEL).effect("c");
    story.returned("c", Entry.Outcome.RESULT).move("c", Move.SUCCEED);
    story.begin("e").cancel("e", Move.REQUEST_CANCEL).move("e", Move.CANCEL);
    story.read("a", Behaviour.PERMANENT).read("b", "DEPENDENCY").read("c").read("d").read("e");
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void as_many_leases_as_the_concurrency_allows_are_accepted() {
    Story story = new Story(2).create("a").create("b").begin("a").begin("b");
    for (String task : new String[] {"a", "b"}) {
      story.effect(task).returned(task, Entry.Outcome.RESULT).move(task, Move.SUCCEED).read(task);
    }
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void an_acknowledged_task_that_has_not_ended_is_rejected() {
    Story story = new Story().create("a").read("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void an_acknowledged_task_that_is_gone_is_rejected() {
    Story story = new Story().create("a").run("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void an_end_that_the_behaviour_does_not_explain_is_rejected() {
    Story story = new Story().create("a", 5, TWICE).run("a").read("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_cancellation_that_nobody_asked_for_is_rejected() {
    Story story = new Story().create("a").move("a", Move.CANCEL).read("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_cancelled_task_that_ran_all_the_same_is_rejected() {
    Story story = new Story().create("a");
    story.add(new Entry.CancelAsked(2_000_000, "a"));
    story.add(new Entry.CancelAnswered(2_500_000, "a", TaskState.CANCELLED)).run("a").read("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_task_that_is_ruled_out_by_a_success_it_needs_is_rejected() {
    Story story = new Story().create("a");
    story.create("b", 5, Behaviour.success(1), on("a", DependencyPolicy.ON_SUCCESS)).run("a");
    story.move("b", Move.RULE_OUT).read("a").read("b");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_task_that_begins_before_what_it_needs_has_ended_is_rejected() {
    Story story = new Story().create("a");
    story.create("b", 9, Behaviour.success(1), on("a", DependencyPolicy.ON_END));
    story.move("b", Move.RELEASE).run("b").run("a").read("a").read("b");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_failure_for_lost_leases_that_were_not_lost_is_rejected() {
    Story story = new Story().create("a").begin("a").fail("a", Move.LOSE_LEASE, "LEASE_LOST");
    story.begin("a").struck("KILL_NODE", "a").loseAlone("a", Move.FAIL).read("a", "LEASE_LOST");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void two_leases_at_once_are_rejected() {
    Story story = new Story().create("a").create("b").begin("a").begin("b");
    story.returned("a", Entry.Outcome.STOPPED).fail("a", Move.LOSE_LEASE, "LEASE_LOST");
    story.effect("b").returned("b", Entry.Outcome.RESULT).move("b", Move.SUCCEED);
    story.run("a").read("a").read("b");
    assertThat(story.objections()).containsExactly("NeverTwoAtOnce", "RunsAtOnce");
  }

  @Test
  void more_leases_than_the_concurrency_allows_are_rejected() {
    Story story = new Story(2).create("a").create("b").create("c");
    story.begin("a").begin("b").begin("c");
    for (String task : new String[] {"a", "b", "c"}) {
      story.effect(task).returned(task, Entry.Outcome.RESULT).move(task, Move.SUCCEED).read(task);
    }
    assertThat(story.objections()).containsExactly("NeverTwoAtOnce", "RunsAtOnce");
  }

  @Test
  void a_task_that_is_not_ruled_out_by_a_failure_is_rejected() {
    Behaviour fails = new Behaviour(1, 0, true, 3, 500);
    Story story = new Story().create("a", 5, fails);
    story.create("b", 5, Behaviour.success(1), on("a", DependencyPolicy.ON_SUCCESS)).begin("a");
    story.returned("a", Entry.Outcome.FAILURE).fail("a", Move.FAIL, Behaviour.PERMANENT);
    story.move("b", Move.RELEASE).run("b").read("a", Behaviour.PERMANENT).read("b");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_cancelled_task_whose_cancellation_was_refused_is_rejected() {
    Story story = new Story().create("a").cancel("a", Move.CANCEL).read("a");
    story.change(
        Entry.CancelAnswered.class,
        answered -> true,
        answered -> new Entry.CancelAnswered(answered.at(), "a", null));
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void lost_leases_that_are_counted_wrong_are_rejected() {
    Story story = new Story().create("a").begin("a").fail("a", Move.LOSE_LEASE, "LEASE_LOST");
    story.run("a").read("a");
    story.change(
        Entry.Ended.class,
        end -> true,
        end ->
            new Entry.Ended(
                end.at(),
                "a",
                end.state(),
                1,
                2,
                end.resultToken(),
                "",
                end.revision(),
                end.runs()));
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_fourth_run_is_accepted_as_three_leases_may_be_lost_beside_others() {
    Story story = new Story().create("a");
    for (int i = 0; i < 3; i++) {
      story.begin("a").fail("a", Move.LOSE_LEASE, "LEASE_LOST");
    }
    assertThat(story.run("a").read("a").violations()).isEmpty();
  }

  @Test
  void a_retry_that_is_planned_after_the_last_attempt_is_rejected() {
    Story story = new Story().create("a", 5, new Behaviour(1, 1, false, 1, 500)).begin("a");
    story.returned("a", Entry.Outcome.FAILURE).fail("a", Move.RETRY_LATER, Behaviour.PASSING);
    assertThat(story.cancel("a", Move.CANCEL).read("a").objections())
        .containsExactly("BoundedRetries");
  }
}
