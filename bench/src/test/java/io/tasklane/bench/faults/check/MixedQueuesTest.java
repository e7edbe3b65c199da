package io.tasklane.bench.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.bench.faults.record.Sharing;
import io.tasklane.task.state.Move;
import org.junit.jupiter.api.Test;

/** What the checker accepts and rejects of queues that are GROUPED, aged, keyed or bound. */
class MixedQueuesTest {
  private static final Sharing KEY = new Sharing("account-1", 0);
  private static final Sharing TWO_UNITS = new Sharing("", 2);

  private static Story ended(Story story, String... tasks) {
    for (String task : tasks) {
      story.effect(task).returned(task, Entry.Outcome.RESULT).move(task, Move.SUCCEED);
    }
    return read(story, tasks);
  }

  private static Story read(Story story, String... tasks) {
    for (String task : tasks) {
      story.read(task);
    }
    return story;
  }

  @Test
  void a_create_without_an_answer_may_have_left_nothing() {
    assertThat(new Story().createUnanswered("a").violations()).isEmpty();
  }

  @Test
  void a_create_without_an_answer_may_have_left_a_task_that_keeps_every_promise() {
    Story story = new Story().createUnanswered("a").move("a", Move.SUBMIT).run("a").read("a");
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void a_task_of_a_create_without_an_answer_has_to_end() {
    Story story = new Story().createUnanswered("a").move("a", Move.SUBMIT).read("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_task_of_a_create_without_an_answer_is_not_lost_again() {
    Story story = new Story().createUnanswered("a").move("a", Move.SUBMIT).run("a");
    assertThat(story.objections()).containsExactly("RightEnd");
  }

  @Test
  void a_task_that_reads_without_being_in_the_log_is_rejected() {
    Story story = new Story().createUnanswered("a").move("a", Move.SUBMIT).run("a").read("a");
    story.without(Entry.Moved.class::isInstance);
    assertThat(story.objections()).contains("LegalLife");
  }

  @Test
  void a_group_is_claimed_ahead_and_runs_one_after_the_other() {
    Story story = Story.grouped(1).create("a").create("b");
    story.move("a", Move.CLAIM).move("b", Move.CLAIM);
    story.handle("a").effect("a").returned("a", Entry.Outcome.RESULT);
    story.handle("b").effect("b").returned("b", Entry.Outcome.RESULT);
    story.move("a", Move.SUCCEED).move("b", Move.SUCCEED);
    assertThat(read(story, "a", "b").violations()).isEmpty();
  }

  @Test
  void two_runs_of_a_group_that_overlap_beyond_the_concurrency_are_rejected() {
    Story story = Story.grouped(1).create("a").create("b").begin("a").begin("b");
    assertThat(ended(story, "a", "b").objections()).contains("RunsAtOnce");
    Story two = Story.grouped(2).create("a").create("b").begin("a").begin("b");
    assertThat(ended(two, "a", "b").objections()).doesNotContain("RunsAtOnce");
  }

  @Test
  void a_stale_run_beside_its_successor_is_no_second_run() {
    Story story = Story.grouped(1).create("a").create("b").begin("a");
    story.fail("a", Move.LOSE_LEASE, "LEASE_LOST").run("a").run("b");
    story.add(new Entry.Returned(90_000_000, "a", 1, Entry.Outcome.FAILURE));
    assertThat(read(story, "a", "b").violations()).isEmpty();
  }

  @Test
  void more_claims_ahead_than_are_allowed_are_rejected() {
    Story story = Story.grouped(1);
    for (int i = 0; i <= 64; i++) {
      story.create("t" + i);
    }
    for (int i = 0; i <= 64; i++) {
      story.move("t" + i, Move.CLAIM);
    }
    assertThat(story.objections()).contains("NeverTwoAtOnce");
    story.without(e -> e instanceof Entry.Moved m && m.task().equals("t64") && m.from() != null);
    assertThat(story.objections()).doesNotContain("NeverTwoAtOnce");
  }

  @Test
  void tasks_of_one_key_follow_one_another_through_a_retry() {
    Behaviour twice = new Behaviour(1, 1, false, 3, 500);
    Story story = new Story(3).create("a", KEY).create("b", KEY);
    story.change(
        Entry.Created.class,
        created -> created.task().equals("a"),
        c -> new Entry.Created(c.at(), c.sent(), "a", c.queue(), 5, twice, c.needs(), KEY));
    story.begin("a").returned("a", Entry.Outcome.FAILURE);
    story.fail("a", Move.RETRY_LATER, Behaviour.PASSING).move("a", Move.COME_DUE).run("a").run("b");
    assertThat(read(story, "a", "b").violations()).isEmpty();
  }

  @Test
  void two_tasks_of_one_key_that_overlap_are_rejected() {
    Story story = new Story(3).create("a", KEY).create("b", KEY).begin("a").begin("b");
    assertThat(ended(story, "a", "b").objections()).containsExactly("KeyOrder");
  }

  @Test
  void two_of_which_nobody_knows_the_order_may_go_in_any_but_not_overlap() {
    assertThat(ofOneMoment().run("b").run("a").read("a").read("b").violations()).isEmpty();
    Story overlap = ofOneMoment().begin("b").begin("a");
    assertThat(ended(overlap, "a", "b").objections()).containsExactly("KeyOrder");
  }

  /** Two tasks of a key whose creates were under way at the same time. */
  private static Story ofOneMoment() {
    Story story = new Story(3).create("a", KEY).create("b", KEY);
    return story.change(
        Entry.Created.class, c -> c.task().equals("a"), c -> c.knownAt(c.at() + 60_000_000));
  }

  @Test
  void a_younger_task_of_a_key_that_goes_first_is_rejected() {
    Story story = new Story(3).create("a", KEY).create("b", KEY).run("b").run("a");
    assertThat(read(story, "a", "b").objections()).containsExactly("KeyOrder");
  }

  @Test
  void a_task_that_waits_for_its_key_or_for_units_may_be_passed() {
    Story story = new Story().create("a", KEY).create("b", TWO_UNITS).create("c").create("d");
    story.run("c").run("d").run("a").run("b");
    assertThat(read(story, "a", "b", "c", "d").violations()).isEmpty();
  }

  @Test
  void a_task_with_a_key_that_passes_others_is_rejected() {
    Story story = new Story().create("before").create("old").create("a", KEY);
    story.run("before").run("a").run("old");
    assertThat(read(story, "before", "old", "a").objections()).containsExactly("PromisedOrder");
  }

  @Test
  void leases_that_hold_more_units_than_there_are_are_rejected() {
    Story story = new Story(3).add(new Entry.ResourceMade(1, "resources/units", 3));
    story.create("a", TWO_UNITS).create("b", TWO_UNITS).begin("a").begin("b");
    assertThat(ended(story, "a", "b").objections()).containsExactly("ResourceCapacity");
  }

  @Test
  void leases_that_hold_as_many_units_as_there_are_are_accepted() {
    Story story = new Story(3).add(new Entry.ResourceMade(1, "resources/units", 4));
    story.create("a", TWO_UNITS).create("b", TWO_UNITS).begin("a").begin("b");
    assertThat(ended(story, "a", "b").violations()).isEmpty();
  }

  @Test
  void waiting_counts_for_priority_where_the_queue_ages() {
    Story story = Story.aged(1).create("before").create("low", 3, Behaviour.success(1));
    story.create("c").create("d").create("high", 5, Behaviour.success(1));
    story.run("before").run("low").run("c").run("d").run("high");
    assertThat(read(story, "before", "low", "c", "d", "high").violations()).isEmpty();
  }

  @Test
  void one_that_has_waited_long_enough_and_is_passed_is_rejected() {
    Story story = Story.aged(1).create("before").create("low", 3, Behaviour.success(1));
    story.create("c").create("d").create("high", 5, Behaviour.success(1));
    story.run("before").run("c").run("d").run("high").run("low");
    assertThat(read(story, "before", "low", "c", "d", "high").objections())
        .containsExactly("PromisedOrder");
  }

  @Test
  void what_is_claimed_at_one_time_is_one_claim() {
    assertThat(passedByTwo().objections()).containsExactly("PromisedOrder");
    Story together = passedByTwo();
    long time =
        together.entries().stream()
            .filter(e -> e instanceof Entry.Moved m && isClaim(m, "low"))
            .mapToLong(e -> ((Entry.Moved) e).time())
            .sum();
    together.change(Entry.Moved.class, m -> isClaim(m, "lower"), m -> at(m, time));
    assertThat(together.violations()).isEmpty();
  }

  /** Two are claimed in a group before one of higher priority that came after the claim before. */
  private static Story passedByTwo() {
    Story story = Story.grouped(1).create("before").create("low", 3, ok());
    story.create("lower", 2, ok()).run("before").create("high", 9, ok());
    story.move("low", Move.CLAIM).move("lower", Move.CLAIM);
    for (String task : new String[] {"low", "lower"}) {
      story.handle(task).effect(task).returned(task, Entry.Outcome.RESULT);
    }
    story.move("low", Move.SUCCEED).move("lower", Move.SUCCEED).run("high");
    return read(story, "before", "low", "lower", "high");
  }

  private static boolean isClaim(Entry.Moved moved, String task) {
    return moved.move() == Move.CLAIM && moved.task().equals(task);
  }

  private static Entry.Moved at(Entry.Moved m, long time) {
    return new Entry.Moved(
        m.at(),
        time,
        m.revision(),
        m.task(),
        m.queue(),
        m.move(),
        m.from(),
        m.to(),
        m.attempt(),
        m.priority());
  }

  private static Behaviour ok() {
    return Behaviour.success(1);
  }
}
