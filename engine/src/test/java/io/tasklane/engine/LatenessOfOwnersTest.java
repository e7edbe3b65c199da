package io.tasklane.engine;

import static io.tasklane.engine.Lateness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.queue.QueueSettings;
import io.tasklane.task.TaskRequest;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue that gets another owner goes on at once: it does not wait for the look of a second. */
@Timeout(240)
class LatenessOfOwnersTest {
  private static final long MOST_MILLIS = 500;

  @TempDir private Path folder;
  private TwoNodes nodes;

  @BeforeEach
  void start() throws Exception {
    nodes = new TwoNodes(folder);
  }

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  @Test
  void a_task_starts_when_the_lease_of_its_node_is_lost() throws Exception {
    new Lateness(99, MOST_MILLIS).holds("lease lost", this::loseLease);
  }

  private List<Long> loseLease() throws Exception {
    nodes.setAway(false);
    nodes.joinWarm();
    List<String> lost = nodes.owned("n2");
    Instant begin = Instant.now();
    nodes.setAway(true);
    List<String> waiting = new ArrayList<>();
    for (String queue : lost) { // waits for its owner, which starts nothing more
      String waits = nodes.name("waits", 0);
      nodes.first.create(EngineBench.request(queue, waits));
      waiting.add(waits);
    }
    Until.isTrue("it is declared dead", () -> nodes.dead("n2", begin).isPresent());
    Instant dead = nodes.dead("n2", begin).orElseThrow();
    return waiting.stream().map(waits -> millis(dead, nodes.started(waits))).toList();
  }

  @Test
  void a_task_starts_when_its_queue_has_got_another_owner() throws Exception {
    // a queue whose bid comes while the broker changes its consumers may wait for a look
    new Lateness(50, MOST_MILLIS).holds("owner changed", this::changeOwner);
  }

  private List<Long> changeOwner() {
    if (nodes.second() != null) {
      nodes.leave();
    }
    for (QueueSettings queue : TwoNodes.QUEUES) { // more than the first node has run by then
      nodes.first.create(
          IntStream.range(0, 200)
              .mapToObj(i -> EngineBench.request(queue.queueId(), nodes.name("runs", 200)))
              .toArray(TaskRequest[]::new));
    }
    Instant begin = Instant.now();
    nodes.join();
    List<Long> late = new ArrayList<>();
    for (String queue : nodes.owned("n2")) {
      Instant given = nodes.given(queue, "n2", begin).orElseThrow();
      Until.isTrue(queue + " runs", () -> nodes.firstStart(queue, given).isPresent());
      late.add(millis(given, nodes.firstStart(queue, given).orElseThrow()));
    }
    return late;
  }

  @Test
  void whoever_hands_a_queue_over_says_so_by_a_signal() {
    Until.isTrue(
        "the only node owns all", () -> nodes.owned("n1").size() == TwoNodes.QUEUES.length);
    nodes.bid("Q0");
    Until.isTrue("there is a signal, and no task", () -> nodes.signals("Q0") > 0);
    assertThat(nodes.signals("Q1")).isZero();
  }
}
