package io.tasklane.queue.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ConsumerPriority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Owners give queues away by bids until nodes are even; who has no reason to write only looks. */
class EvenSpreadTest {
  private final RebalancingBench bench = new RebalancingBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest(name = "{0} queues")
  @CsvSource({"1, 1 0, 1 0 0", "3, 2 1, 1 1 1", "7, 4 3, 3 2 2", "12, 6 6, 4 4 4"})
  void owners_give_queues_away_until_nodes_are_even_and_then_keep_them(
      int queues, String two, String three) {
    bench.queues(queues);
    bench.join("n1");
    bench.rounds(2);
    assertThat(bench.counts()).containsExactly(queues);
    bench.join("n2");
    bench.rounds(3);
    assertThat(bench.countsInWords()).isEqualTo(two);
    bench.join("n3");
    bench.rounds(3);
    assertThat(bench.countsInWords()).isEqualTo(three);
    long epochs = bench.epochs();
    bench.rounds(5);
    assertThat(bench.epochs()).as("changes of owner once it is even").isEqualTo(epochs);
  }

  @Test
  void what_a_dead_node_owned_is_shared_by_the_others() {
    bench.queues(6);
    bench.join("n1");
    bench.rounds(1);
    bench.join("n2");
    bench.join("n3");
    bench.rounds(3);
    assertThat(bench.countsInWords()).isEqualTo("2 2 2");
    bench.die("n1");
    bench.rounds(3);
    assertThat(bench.countsInWords()).isEqualTo("3 3");
  }

  @Test
  void the_look_of_a_node_that_has_nothing_to_take_or_to_ask_for_writes_nothing() {
    QueueKey queue = bench.queues(1).get(0);
    bench.join("n1");
    RebalancingBench.Member other = bench.join("n2");
    bench.rounds(2);
    long before = bench.transactions();
    for (int look = 0; look < 20; look++) {
      other.succession().refresh();
      assertThat(other.succession().take(queue, true, false)).isEmpty();
    }
    assertThat(bench.transactions()).isEqualTo(before);
  }

  @Test
  void a_node_that_the_broker_keeps_nominating_bids_and_the_owner_hands_over() {
    QueueKey queue = bench.queues(1).get(0);
    RebalancingBench.Member owner = bench.join("n1");
    bench.rounds(1);
    RebalancingBench.Member nominee = bench.join("n2");
    nominee.succession().refresh();
    assertThat(nominee.succession().take(queue, true, true)).isEmpty();
    assertThat(bench.bids()).as("a first message may be a mistake of the broker").isZero();
    bench.ticker().pass(Rebalancing.PATIENCE);
    assertThat(nominee.succession().take(queue, true, true)).isEmpty();
    assertThat(bench.bids()).isOne();
    assertThat(nominee.succession().rank(queue, false)).isEqualTo(ConsumerPriority.BIDDER);
    bench.rounds(1);
    assertThat(owner.owned(queue)).isEmpty();
    assertThat(nominee.succession().take(queue, true, true)).isPresent();
  }

  @Test
  void messages_now_and_then_are_no_reason_to_bid() {
    QueueKey queue = bench.queues(1).get(0);
    bench.join("n1");
    bench.rounds(1);
    RebalancingBench.Member other = bench.join("n2");
    for (int hour = 0; hour < 5; hour++) {
      assertThat(other.succession().take(queue, true, true)).isEmpty();
      bench.ticker().pass(Duration.ofHours(1));
    }
    assertThat(bench.bids()).isZero();
  }

  @Test
  void a_node_without_the_broker_asks_for_nothing_but_takes_what_nobody_owns() {
    List<QueueKey> queues = bench.queues(4);
    bench.join("n1");
    bench.rounds(1);
    RebalancingBench.Member deaf = bench.join("n2");
    deaf.succession().refresh();
    queues.forEach(queue -> assertThat(deaf.succession().take(queue, false, false)).isEmpty());
    assertThat(bench.bids()).isZero();
    bench.die("n1");
    deaf.succession().refresh();
    assertThat(deaf.succession().open()).isEqualTo(queues);
    queues.forEach(queue -> assertThat(deaf.succession().take(queue, false, false)).isPresent());
  }

  @Test
  void a_nominated_node_sees_at_once_that_the_queue_was_given_to_it() {
    QueueKey queue = bench.queues(2).get(1);
    RebalancingBench.Member giver = bench.join("n1");
    bench.rounds(1);
    RebalancingBench.Member taker = bench.join("n2");
    taker.succession().refresh();
    assertThat(taker.succession().take(queue, true, false)).isEmpty();
    assertThat(bench.bids()).isOne();
    giver.succession().refresh();
    assertThat(giver.succession().isAskedFor(queue)).isTrue();
    giver.succession().give(giver.owned(queue).orElseThrow());
    // without a look of its own in between
    Optional<Ownership> taken = taker.succession().take(queue, true, true);
    assertThat(taken).map(Ownership::node).contains("n2");
  }
}
