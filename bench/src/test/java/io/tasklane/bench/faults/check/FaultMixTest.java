package io.tasklane.bench.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import org.junit.jupiter.api.Test;

/**
 * What the checker says of tasks that kill their nodes or throw errors, and of foreign messages.
 */
class FaultMixTest {
  private static final Behaviour TWICE =
      new Behaviour(1, 2, false, 3, 500).throwing("AssertionError");
  private static final String SOURCE = "tasklane.queue.A";

  private static Story killer() {
    return new Story(2).create("k", 5, Behaviour.killer(Behaviour.ALWAYS));
  }

  private static Story killedAlone(Story story, Move move) {
    return story.begin("k").kills("k").loseAlone("k", move);
  }

  /** Its node was hit beside it twice. */
  private static Story unlucky(Story story) {
    for (int i = 0; i < 2; i++) {
      story.begin("a").struck("KILL_NODE", "a").fail("a", Move.LOSE_LEASE, Behaviour.LEASE_LOST);
    }
    return story;
  }

  @Test
  void a_killer_that_fails_after_its_third_loss_is_accepted() {
    Story story = killedAlone(killedAlone(killer(), Move.LOSE_LEASE), Move.LOSE_LEASE);
    killedAlone(story, Move.FAIL).read("k", Behaviour.LEASE_LOST);
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void a_killer_that_ends_otherwise_is_rejected() {
    Story story = killedAlone(killer(), Move.LOSE_LEASE).run("k").read("k");
    assertThat(story.objections()).containsExactly("RightEnd", "LeaseLostEnds");
  }

  @Test
  void one_that_kills_once_and_then_succeeds_is_accepted() {
    Story story = new Story().create("k", 5, Behaviour.killer(1));
    assertThat(killedAlone(story, Move.LOSE_LEASE).run("k").read("k").violations()).isEmpty();
  }

  @Test
  void an_innocent_that_fails_as_its_node_was_hit_with_it_alone_is_accepted() {
    Story story = unlucky(new Story().create("a")).begin("a").struck("STOP_NODE", "a");
    story.loseAlone("a", Move.FAIL).read("a", Behaviour.LEASE_LOST);
    assertThat(story.violations()).isEmpty();
  }

  @Test
  void an_innocent_that_fails_though_nobody_hit_its_node_is_rejected() {
    Story story = unlucky(new Story().create("a")).begin("a").struck("KILL_NODE", "b");
    story.loseAlone("a", Move.FAIL).read("a", Behaviour.LEASE_LOST);
    assertThat(story.objections()).containsExactly("LeaseLostEnds");
    assertThat(story.words()).contains("nobody hit its node");
  }

  @Test
  void an_innocent_that_fails_without_a_loss_of_its_own_is_rejected() {
    Story story = unlucky(new Story().create("a")).begin("a").struck("KILL_NODE", "a");
    story.fail("a", Move.FAIL, Behaviour.LEASE_LOST).read("a", Behaviour.LEASE_LOST);
    assertThat(story.objections()).containsExactly("LeaseLostEnds");
    assertThat(story.words()).contains("none of them lost alone");
  }

  @Test
  void an_innocent_that_fails_with_a_killer_beside_it_is_rejected() {
    Story story = unlucky(killer().create("a")).begin("a").begin("k").kills("k");
    story.fail("k", Move.LOSE_LEASE, Behaviour.LEASE_LOST).loseAlone("a", Move.FAIL);
    killedAlone(killedAlone(story, Move.LOSE_LEASE), Move.FAIL);
    story.read("k", Behaviour.LEASE_LOST).read("a", Behaviour.LEASE_LOST);
    assertThat(story.objections()).containsExactly("LeaseLostEnds");
    assertThat(story.words()).contains("a failed for a loss that it shared with k");
  }

  @Test
  void a_shared_loss_that_is_counted_as_suffered_alone_is_rejected() {
    Story story = new Story(2).create("a").create("b").begin("a").begin("b");
    story.struck("KILL_NODE", "a").loseAlone("a", Move.LOSE_LEASE);
    story.fail("b", Move.LOSE_LEASE, Behaviour.LEASE_LOST).run("a").run("b").read("a").read("b");
    assertThat(story.objections()).containsExactly("LeaseLostEnds");
    assertThat(story.words()).contains("a counts a loss as its own that it shared");
  }

  @Test
  void a_shared_loss_of_which_each_counts_none_as_suffered_alone_is_accepted() {
    Story story = new Story(2).create("a").create("b").begin("a").begin("b");
    story.struck("KILL_NODE", "a").fail("a", Move.LOSE_LEASE, Behaviour.LEASE_LOST);
    story.fail("b", Move.LOSE_LEASE, Behaviour.LEASE_LOST).run("a").run("b").read("a").read("b");
    assertThat(story.violations()).isEmpty();
  }

  private static Story threw(String code) {
    Story story = new Story().create("a", 5, TWICE);
    for (int i = 0; i < 2; i++) {
      story.begin("a").returned("a", Entry.Outcome.FAILURE);
      story.fail("a", Move.RETRY_LATER, code).move("a", Move.COME_DUE);
    }
    return story.run("a").read("a");
  }

  @Test
  void errors_that_are_tried_again_as_the_policy_says_are_accepted() {
    assertThat(threw(Behaviour.UNEXPECTED).violations()).isEmpty();
  }

  @Test
  void an_error_with_another_code_is_rejected() {
    assertThat(threw("RESULT_INVALID").objections()).containsExactly("RightEnd");
  }

  @Test
  void an_error_that_ends_a_task_before_its_attempts_are_used_up_is_rejected() {
    Story story = new Story().create("a", 5, TWICE).begin("a");
    story.returned("a", Entry.Outcome.FAILURE).fail("a", Move.FAIL, Behaviour.UNEXPECTED);
    assertThat(story.read("a", Behaviour.UNEXPECTED).objections()).containsExactly("RightEnd");
  }

  private static Story sent(boolean durable) {
    Story story = new Story().struck("DOUBLE_MESSAGES", "broker");
    return story.add(
        new Entry.ForeignSent(50_000_000, 49_000_000, "f", SOURCE, "TEXT", durable, true));
  }

  private static Entry.ForeignMoved moved(long number) {
    return new Entry.ForeignMoved(51_000_000 + number, "f", SOURCE, "no task", number);
  }

  @Test
  void a_foreign_message_that_is_moved_once_is_accepted() {
    assertThat(sent(true).add(moved(1)).violations()).isEmpty();
    assertThat(sent(true).add(moved(1)).add(moved(1)).violations()).as("received twice").isEmpty();
  }

  @Test
  void a_foreign_message_that_is_not_moved_is_rejected() {
    assertThat(sent(true).objections()).containsExactly("ForeignMovedOnce");
    assertThat(sent(false).objections()).containsExactly("ForeignMovedOnce");
  }

  @Test
  void only_what_is_not_durable_may_go_with_the_broker() {
    Entry.Struck killed = new Entry.Struck(50_500_000, "KILL_BROKER", "broker", 0);
    assertThat(sent(false).add(killed).violations()).isEmpty();
    assertThat(sent(true).add(killed).objections()).containsExactly("ForeignMovedOnce");
  }

  @Test
  void a_foreign_message_that_is_moved_twice_is_rejected_unless_a_fault_came_between() {
    assertThat(sent(true).add(moved(1)).add(moved(2)).objections())
        .containsExactly("ForeignMovedOnce");
    Entry.Struck cut = new Entry.Struck(50_500_000, "CUT_BROKER", "a", 100);
    assertThat(sent(true).add(cut).add(moved(1)).add(moved(2)).violations()).isEmpty();
  }

  @Test
  void a_moved_message_that_nobody_sent_or_that_does_not_say_why_is_rejected() {
    Entry.ForeignMoved ours = new Entry.ForeignMoved(51_000_000, "", SOURCE, "unreadable", 3);
    assertThat(sent(true).add(moved(1)).add(ours).objections()).containsExactly("ForeignMovedOnce");
    Entry.ForeignMoved mute = new Entry.ForeignMoved(51_000_000, "f", SOURCE, "", 1);
    assertThat(sent(true).add(mute).objections()).containsExactly("ForeignMovedOnce");
  }
}
