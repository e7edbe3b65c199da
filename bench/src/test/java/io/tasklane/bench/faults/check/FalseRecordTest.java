package io.tasklane.bench.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checker rejects about fencing, order, retries and the log. */
class FalseRecordTest {
  private static final Behaviour TWICE = new Behaviour(1, 1, false, 2, 500);
  private static final long LATE = 600_000_000;

  /** Its first run was lost, its second one succeeded. */
  private static Story rerun() {
    Story story = new Story().create("a").begin("a");
    return story.fail("a", Move.LOSE_LEASE, "LEASE_LOST").run("a").read("a");
  }

  private static Story retried() {
    Story story = new Story().create("a", 5, TWICE).begin("a");
    story.returned("a", Entry.Outcome.FAILURE).fail("a", Move.RETRY_LATER, Behaviour.PASSING);
    return story.move("a", Move.COME_DUE).run("a").read("a");
  }

  private static Entry.Ended with(Entry.Ended end, long resultToken, List<Entry.PastRun> runs) {
    return new Entry.Ended(
        end.at(),
        end.task(),
        end.state(),
        end.attempt(),
        end.lostCount(),
        resultToken,
        end.failureCode(),
        end.revision(),
        runs);
  }

  private static Entry.Moved at(Entry.Moved moved, long time, int attempt) {
    return new Entry.Moved(
        moved.at(),
        time,
        moved.revision(),
        moved.task(),
        moved.queue(),
        moved.move(),
        moved.from(),
        moved.to(),
        attempt,
        moved.priority());
  }

  @Test
  void these_stories_are_true_before_they_are_falsified() {
    assertThat(rerun().violations()).isEmpty();
    assertThat(retried().violations()).isEmpty();
  }

  @Test
  void the_effect_of_a_stale_run_is_rejected() {
    Story story = rerun().add(new Entry.Effect(LATE, "other", "a", 1, true));
    assertThat(story.objections()).containsExactly("NothingStaleAccepted");
  }

  @Test
  void the_result_of_a_stale_run_is_rejected() {
    Story story = rerun().add(new Entry.Returned(LATE, "a", 1, Entry.Outcome.RESULT));
    story.change(Entry.Ended.class, end -> true, end -> with(end, 1, end.runs()));
    assertThat(story.objections()).contains("NothingStaleAccepted", "LastTokenWins");
  }

  @Test
  void a_stale_run_in_another_tasks_place_is_rejected() {
    Story story = new Story().create("a").run("a").create("b").run("b").read("a").read("b");
    story.change(
        Entry.Returned.class,
        returned -> returned.task().equals("a"),
        returned -> new Entry.Returned(LATE, "a", returned.token(), returned.outcome()));
    assertThat(story.objections()).containsExactly("NothingStaleAccepted");
  }

  @Test
  void a_result_whose_effect_was_refused_is_rejected() {
    Story story = rerun().add(new Entry.Effect(LATE, "a", "a", 2, false));
    assertThat(story.objections()).containsExactly("NothingStaleAccepted");
  }

  @Test
  void a_result_that_no_run_returned_is_rejected() {
    Story story = rerun().without(Entry.Returned.class::isInstance);
    assertThat(story.objections()).containsExactly("NothingStaleAccepted");
  }

  @Test
  void a_failure_of_a_refused_run_that_counts_is_rejected() {
    Story story = new Story().create("a", 5, TWICE).begin("a");
    story.returned("a", Entry.Outcome.FAILURE).fail("a", Move.RETRY_LATER, Behaviour.REFUSED);
    story.move("a", Move.COME_DUE).run("a").read("a");
    assertThat(story.objections()).containsExactly("NothingStaleAccepted");
  }

  @Test
  void a_lower_priority_that_goes_first_is_rejected() {
    Story story = new Story().create("before").create("low", 3, Behaviour.success(1));
    story.create("high", 7, Behaviour.success(1)).run("before").run("low").run("high");
    story.read("before").read("low").read("high");
    assertThat(story.objections()).containsExactly("PromisedOrder");
  }

  @Test
  void one_claim_that_may_have_been_under_way_passes_the_higher_priority() {
    Story story = new Story().create("low", 3, Behaviour.success(1));
    story.create("high", 7, Behaviour.success(1)).run("low").run("high").read("low").read("high");
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void an_equal_that_was_created_later_and_goes_first_is_rejected() {
    Story story = new Story().create("before").create("old").create("young");
    story.run("before").run("young").run("old").read("before").read("old").read("young");
    assertThat(story.objections()).containsExactly("PromisedOrder");
  }

  @Test
  void work_that_was_interrupted_and_does_not_go_first_is_rejected() {
    Story story = new Story().create("cut", 1, Behaviour.success(1));
    story.create("b", 9, Behaviour.success(1)).create("c", 9, Behaviour.success(1)).begin("cut");
    story.fail("cut", Move.HAND_BACK, "").run("b").run("c").run("cut");
    story.read("b").read("c").read("cut");
    assertThat(story.objections()).containsExactly("PromisedOrder");
  }

  @Test
  void a_retry_that_comes_too_early_is_rejected() {
    Story story =
        retried()
            .change(
                Entry.Moved.class,
                moved -> moved.move() == Move.COME_DUE,
                moved -> at(moved, moved.time() - 600_000, moved.attempt()));
    assertThat(story.objections()).containsExactly("BoundedRetries");
  }

  @Test
  void attempts_that_are_counted_wrong_are_rejected() {
    Story story =
        retried()
            .change(
                Entry.Moved.class,
                moved -> moved.move() == Move.CLAIM && moved.attempt() == 2,
                moved -> at(moved, moved.time(), 1));
    assertThat(story.objections()).containsExactly("BoundedRetries");
  }

  @Test
  void more_attempts_than_allowed_are_rejected() {
    Story story = new Story().create("a", 5, new Behaviour(1, 1, false, 1, 500)).begin("a");
    story.returned("a", Entry.Outcome.FAILURE).fail("a", Move.RETRY_LATER, Behaviour.PASSING);
    story.move("a", Move.COME_DUE).run("a").read("a");
    assertThat(story.objections()).contains("BoundedRetries");
  }

  @Test
  void an_effect_that_is_accepted_twice_is_rejected() {
    Story story = rerun().add(new Entry.Effect(LATE, "a", "a", 2, true));
    assertThat(story.objections()).containsExactly("EffectOnce");
  }

  @Test
  void a_success_without_its_effect_is_rejected() {
    Story story = rerun().without(Entry.Effect.class::isInstance);
    assertThat(story.objections()).containsExactly("EffectOnce");
  }

  @Test
  void a_token_that_is_drawn_twice_is_rejected() {
    Story story = new Story().create("a").run("a").create("b").run("b").read("a").read("b");
    story.change(
        Entry.Ended.class,
        end -> end.task().equals("b"),
        end -> with(end, 1, List.of(new Entry.PastRun(1, 1, "nodes/a", ""))));
    assertThat(story.objections()).contains("LastTokenWins");
    assertThat(story.words()).contains("token 1 was drawn twice");
  }

  @Test
  void tokens_that_do_not_grow_are_rejected() {
    Story story =
        rerun()
            .change(
                Entry.Ended.class,
                end -> true,
                end -> with(end, 2, List.of(end.runs().get(1), end.runs().get(0))));
    assertThat(story.objections()).containsExactly("LastTokenWins");
    assertThat(story.words()).contains("a later run with a smaller token");
  }

  @Test
  void a_run_without_a_claim_is_rejected() {
    Story story = rerun().add(new Entry.Begun(LATE, "a", Story.QUEUE, "nodes/a", 1, 77));
    assertThat(story.objections()).containsExactly("LastTokenWins");
  }

  @Test
  void a_claim_that_left_no_run_is_rejected() {
    Story story =
        rerun()
            .change(
                Entry.Ended.class,
                end -> true,
                end -> with(end, end.resultToken(), end.runs().subList(1, 2)));
    assertThat(story.objections()).contains("LastTokenWins");
    assertThat(story.words()).contains("a was claimed 2 times");
  }

  @Test
  void an_event_that_is_missing_is_rejected() {
    Story story = retried().without(e -> e instanceof Entry.Moved m && m.move() == Move.COME_DUE);
    assertThat(story.objections()).containsExactly("LegalLife");
    assertThat(story.words()).contains("an event is missing");
  }

  @Test
  void an_event_that_comes_twice_is_rejected() {
    Story story = rerun();
    story.add(
        story.entries().stream().filter(Entry.Moved.class::isInstance).findFirst().orElseThrow());
    assertThat(story.objections()).contains("LegalLife");
    assertThat(story.words()).contains("a has an event twice");
  }

  @Test
  void a_move_that_is_not_legal_is_rejected() {
    Story story =
        rerun()
            .change(
                Entry.Moved.class,
                moved -> moved.move() == Move.SUCCEED,
                moved ->
                    new Entry.Moved(
                        moved.at(),
                        moved.time(),
                        moved.revision(),
                        moved.task(),
                        moved.queue(),
                        Move.COME_DUE,
                        moved.from(),
                        moved.to(),
                        moved.attempt(),
                        moved.priority()));
    assertThat(story.objections()).containsExactly("LegalLife");
    assertThat(story.words()).contains("not legal");
  }

  @Test
  void a_last_event_that_is_not_the_state_it_is_in_is_rejected() {
    Story story = rerun().without(e -> e instanceof Entry.Moved m && m.to() == TaskState.SUCCEEDED);
    assertThat(story.objections()).contains("LegalLife");
    assertThat(story.words()).contains("its last event says otherwise");
  }

  @Test
  void a_task_that_nobody_created_is_rejected() {
    Story story = rerun().without(Entry.Created.class::isInstance);
    assertThat(story.objections()).containsExactly("LegalLife");
  }

  @Test
  void a_task_that_the_log_does_not_know_is_rejected() {
    Story story = rerun().without(Entry.Moved.class::isInstance);
    assertThat(story.objections()).contains("LegalLife");
  }

  @Test
  void an_event_after_a_later_one_is_rejected() {
    Story story =
        rerun()
            .change(
                Entry.Moved.class,
                moved -> moved.move() == Move.SUBMIT,
                moved ->
                    new Entry.Moved(
                        moved.at(),
                        moved.time(),
                        4,
                        moved.task(),
                        moved.queue(),
                        moved.move(),
                        moved.from(),
                        moved.to(),
                        moved.attempt(),
                        moved.priority()));
    assertThat(story.objections()).containsExactly("LegalLife");
    assertThat(story.words()).contains("after a later one");
  }
}
