package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.Event;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who is cut off and goes on from its last token misses nothing and sees nothing twice. More of it
 * by {@code -Dtasklane.cuts=100 -Dtasklane.cut-events=100000}; the same again by {@code
 * -Dtasklane.seed=N}.
 */
@ExtendWith(SharedServer.class)
class CutSubscriberIT {
  private static final int CUTS = Integer.getInteger("tasklane.cuts", 10);
  private static final int EVENTS = Integer.getInteger("tasklane.cut-events", 10_000);
  private static final long SEED = Long.getLong("tasklane.seed", System.nanoTime());

  @Test
  void a_subscriber_that_is_cut_off_again_and_again_sees_each_event_once_and_in_order(
      RunningServer server, Client client) throws Exception {
    System.out.println("CutSubscriberIT: seed " + SEED);
    int published = EVENTS / 10;
    int tasks = (EVENTS - published) / EventTraffic.EVENTS_OF_A_TASK;
    int events = tasks * EventTraffic.EVENTS_OF_A_TASK + published;
    String begin = client.resumeToken();
    CompletableFuture<Void> traffic =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> EventTraffic.runTasks(client, tasks)),
            CompletableFuture.runAsync(() -> EventTraffic.publish(client, published, "{}")));
    List<Event> seen;
    try (CutProxy network = new CutProxy(server.grpc());
        CutSubscriber subscriber =
            new CutSubscriber(network, begin, CUTS, events, new Random(SEED))) {
      seen = subscriber.handle(events);
      assertThat(subscriber.cuts()).as("seed %s", SEED).isEqualTo(CUTS);
    }
    traffic.join();

    assertThat(seen).extracting(Event::getRevision).doesNotHaveDuplicates().hasSize(events);
    assertThat(seen)
        .as("as the log has them, seed %s", SEED)
        .isEqualTo(EventTraffic.listed(client, seen.get(0)));
    Map<String, List<String>> moves =
        seen.stream()
            .filter(event -> event.getSubject().startsWith("tasks/"))
            .collect(
                Collectors.groupingBy(
                    Event::getSubject,
                    Collectors.mapping(EventReader::state, Collectors.toList())));
    assertThat(moves).hasSize(tasks);
    assertThat(moves.values())
        .as("seed %s", SEED)
        .allSatisfy(states -> assertThat(states).containsExactly("QUEUED", "RUNNING", "SUCCEEDED"));
  }
}
