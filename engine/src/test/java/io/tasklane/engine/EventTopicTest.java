package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.ExternalEvent;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.event.DurableCursors;
import io.tasklane.event.EventService;
import io.tasklane.event.ResumeToken;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.service.SystemService;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every event goes to the topic, in the order of the log, whatever stops in between. */
@Timeout(180)
class EventTopicTest {
  @TempDir Path folder;
  private final Database database = Postgres.empty();

  private EngineBench node(String name, String url) {
    return new EngineBench(
        database,
        folder.resolve(name),
        EngineBench.Surroundings.USUAL.named(name).withBroker(url),
        new EngineBench.Worker(run -> Payload.json("{}")),
        EngineBench.queue("Q", QueuePolicy.STANDARD));
  }

  private static void publish(EngineBench node, int from, int count) {
    List<ExternalEvent> events =
        IntStream.range(from, from + count)
            .mapToObj(
                i ->
                    new ExternalEvent(
                        new Publication(
                            "market.news", "symbols/" + i, Payload.json("{\"n\":4.50}")),
                        Optional.empty()))
            .toList();
    node.engine
        .services()
        .get(EventService.class)
        .publish(events, EngineBench.change())
        .toCompletableFuture()
        .join();
  }

  private static List<String> symbols(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "symbols/" + i).toList();
  }

  private static final String NEWS = "event_type = 'market.news'";

  @Test
  void a_selector_chooses_and_a_message_says_what_the_event_says() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        EngineBench node = node("n1", broker.url());
        Subscriber news = Subscriber.to(broker.url(), NEWS + " AND subject = 'symbols/7'");
        Subscriber ends =
            Subscriber.to(
                broker.url(),
                "queue = 'queues/Q' AND state = 'SUCCEEDED' AND task_type = 'test.work'");
        Subscriber all = Subscriber.to(broker.url(), "")) {
      node.create(EngineBench.request("Q", "t"));
      node.awaitWithTicks("t", TaskState.SUCCEEDED);
      publish(node, 0, 10);

      TextMessage seven = news.next();
      long revision = Long.parseLong(seven.getStringProperty("_AMQ_DUPL_ID"));
      assertThat(seven.getText())
          .contains(
              "\"revision\":" + revision + ",",
              "\"event_type\":\"market.news\"",
              "\"subject\":\"symbols/7\"",
              "\"data\":{\"n\":4.50}",
              "\"actor\":\"tester\"",
              "\"event_time\":\"20",
              "\"resume_token\":\"");
      assertThat(news.isQuiet()).isTrue();
      assertThat(ends.next().getStringProperty("subject")).isEqualTo("tasks/t");
      assertThat(ends.isQuiet()).isTrue();
      List<String> seen = new ArrayList<>();
      do {
        seen.add(all.next().getStringProperty("subject"));
      } while (!seen.contains("symbols/9"));
      assertThat(seen).endsWith(symbols(0, 10).toArray(String[]::new)).contains("tasks/t");
    }
  }

  @Test
  void a_subscriber_that_comes_back_is_given_what_it_missed_in_order() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        EngineBench node = node("n1", broker.url())) {
      Subscriber.durable(broker.url(), "desk", NEWS).close();
      publish(node, 0, 500);
      publish(node, 500, 500);
      try (Subscriber back = Subscriber.durable(broker.url(), "desk", NEWS)) {
        assertThat(back.subjects(1000)).isEqualTo(symbols(0, 1000));
      }
    }
  }

  @Test
  void another_node_goes_on_where_one_stopped() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        Subscriber all = Subscriber.to(broker.url(), NEWS);
        EngineBench second = node("n2", broker.url())) {
      try (EngineBench first = node("n1", broker.url())) {
        publish(first, 0, 300);
        publish(second, 300, 300);
      }
      publish(second, 600, 10);
      assertThat(all.subjects(610)).isEqualTo(symbols(0, 610));
      assertThat(all.isQuiet()).as("no duplicates").isTrue();
      assertThat(leader()).isEqualTo("n2");
    }
  }

  private String leader() {
    return database.with(
        c ->
            NamedSql.on(c, "SELECT node FROM event_topic")
                .first(row -> row.getString(1))
                .orElse("none"));
  }

  @Test
  void what_was_sent_but_not_noted_is_sent_again_and_dropped_by_its_id() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        Subscriber all = Subscriber.to(broker.url(), NEWS)) {
      try (EngineBench first = node("n1", broker.url())) {
        publish(first, 0, 50);
        assertThat(all.subjects(50)).isEqualTo(symbols(0, 50));
      }
      Postgres.run(database, "UPDATE event_topic SET xid = 0, seq = 0");
      try (EngineBench again = node("n1", broker.url())) {
        publish(again, 50, 1);
        assertThat(all.subjects(1)).isEqualTo(symbols(50, 1));
      }
    }
  }

  @Test
  void a_broker_that_restarts_in_the_middle_loses_nothing_of_a_durable_subscription()
      throws Exception {
    int port = EmbeddedBroker.freePort();
    String url = "tcp://127.0.0.1:" + port;
    EmbeddedBroker broker = new EmbeddedBroker(folder.resolve("broker"), port);
    try (EngineBench node = node("n1", url)) {
      Subscriber.durable(url, "desk", NEWS).close();
      publish(node, 0, 200);
      broker.close();
      publish(node, 200, 200);
      broker = new EmbeddedBroker(folder.resolve("broker"), port);
      publish(node, 400, 1);
      try (Subscriber back = Subscriber.durable(url, "desk", NEWS)) {
        assertThat(back.subjects(401)).isEqualTo(symbols(0, 401));
      }
    } finally {
      broker.close();
    }
  }

  @Test
  void without_subscribers_nothing_is_sent_and_the_position_goes_on() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        EngineBench node = node("n1", broker.url())) {
      publish(node, 0, 100);
      ResumeToken end = end();
      Until.isTrue(
          "passed by",
          () -> database.with(DurableCursors::oldest).filter(c -> passed(c, end)).isPresent());
      try (Subscriber late = Subscriber.to(broker.url(), NEWS)) {
        publish(node, 100, 1);
        assertThat(late.subjects(1)).isEqualTo(symbols(100, 1));
      }
      assertThat(health(node)).containsEntry("node", "n1").containsKey("lag-ms");
    }
  }

  private static boolean passed(ResumeToken cursor, ResumeToken end) {
    return cursor.compareTo(end) >= 0;
  }

  /** Of the last event in the table, which the node's reader need not have seen. */
  private ResumeToken end() {
    return database.with(
        c ->
            NamedSql.on(
                    c,
                    "SELECT xid::text::bigint, seq FROM task_event ORDER BY xid DESC, seq DESC LIMIT 1")
                .one(row -> new ResumeToken("", row.getLong(1), row.getLong(2))));
  }

  private static Map<String, String> health(EngineBench node) {
    Until.isTrue("checked", () -> component(node).healthy());
    return component(node).data();
  }

  private static ComponentHealth component(EngineBench node) {
    return node.engine.services().get(SystemService.class).status().stream()
        .filter(one -> one.component().equals("event-topic"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_broker_that_is_away_holds_the_position_and_shows_in_health() throws Exception {
    try (EngineBench node = node("n1", "tcp://127.0.0.1:1")) {
      publish(node, 0, 1);
      Until.isTrue("taken", () -> "n1".equals(leader()));
      Postgres.run(database, "UPDATE task_event SET time = time - interval '2 min'");
      Until.isTrue("shown", () -> !component(node).healthy());
      assertThat(component(node).detail()).contains("behind the log", "n1");
      ResumeToken held = database.with(DurableCursors::oldest).orElseThrow();
      assertThat(passed(held, end())).isFalse();
    }
  }
}
