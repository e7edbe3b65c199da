package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import jakarta.jms.BytesMessage;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a real broker become tasks of a real store, each one. */
@Timeout(120)
class IngressTest {
  private static final String EXACT =
      "{\"queue\":\"Q\",\"task_type\":\"test.work\",\"input\":{\"s\":\"ä € 😀\","
          + "\"n\":9007199254740993,\"x\":0.1}}";
  @TempDir Path folder;
  private IngressBench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new IngressBench(folder);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private Task only() {
    String id =
        bench.database.with(
            c -> NamedSql.on(c, "SELECT name FROM task").one(row -> row.getString(1)));
    return bench.node.read(id);
  }

  @Test
  void the_same_json_as_text_and_as_bytes_makes_the_same_task() throws Exception {
    String input = "{\"s\":\"ä € 😀\",\"n\":9007199254740993,\"x\":0.1}";
    byte[] marked = ("\uFEFF" + EXACT).getBytes(StandardCharsets.UTF_8);
    assertThat(bench.inputs(bench.text(EXACT), bench.bytes(EXACT), bench.bytes(marked)))
        .containsExactly(input, input, input);
  }

  @Test
  void a_map_message_keeps_its_types() throws Exception {
    MapMessage map = bench.session.createMapMessage();
    map.setString("queue", "Q");
    map.setString("task_type", EngineBench.TYPE);
    map.setInt("priority", 8);
    map.setInt("i", 50);
    map.setLong("l", 9007199254740993L);
    map.setDouble("d", 0.1);
    map.setBoolean("b", true);
    map.setObject("n", null);
    map.setBytes("y", new byte[] {0, -1});
    map.setString("t", "ä");
    String input = bench.inputs(map).get(0);
    assertThat(input)
        .contains(
            "\"i\":50",
            "\"l\":9007199254740993",
            "\"d\":0.1",
            "\"b\":true",
            "\"n\":null",
            "\"y\":\"AP8=\"",
            "\"t\":\"ä\"")
        .doesNotContain("priority", "queue");
    assertThat(only().priority().value()).isEqualTo(8);
    MapMessage whole = bench.session.createMapMessage();
    whole.setStringProperty("task_type", EngineBench.TYPE);
    whole.setStringProperty("queue", "Q");
    whole.setInt("priority", 3);
    assertThat(bench.inputs(whole)).containsExactly("{\"priority\":3}");
  }

  @Test
  void headers_become_fields_of_the_task() throws Exception {
    TextMessage message = bench.text(IngressBench.JSON);
    message.setStringProperty("JMSXGroupID", "AAPL");
    bench.producer().send(bench.ingress(), message, 2, 7, 3_600_000);
    bench.receive(1);
    Task task = only();
    assertThat(task.priority().value()).isEqualTo(8);
    assertThat(task.rules().orderingKey()).contains("AAPL");
    assertThat(task.start().expireTime().orElseThrow())
        .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_600));
    assertThat(task.creator()).isEqualTo("jms:ingress");
  }

  @Test
  void a_delayed_message_comes_when_its_delay_is_over() throws Exception {
    bench.producer().setDeliveryDelay(700);
    Instant sent = Instant.now();
    bench.send(bench.text(IngressBench.JSON));
    bench.receive(1);
    assertThat(only().createTime()).isAfterOrEqualTo(sent.plusMillis(650));
  }

  private void rejected(Message message, String reason, String problem) throws Exception {
    bench.send(message);
    assertThat(bench.receive(1)).as("it is acknowledged").isZero();
    Message there = bench.next("tasklane.invalid");
    assertThat(there.getStringProperty("tasklane_reason")).isEqualTo(reason);
    assertThat(there.getStringProperty("tasklane_problem")).contains(problem);
    assertThat(bench.count("task")).isZero();
    assertThat(bench.nothingMore()).isTrue();
  }

  @Test
  void what_cannot_be_understood_is_in_the_invalid_queue_unchanged() throws Exception {
    byte[] latin = "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
    BytesMessage bytes = bench.bytes(latin);
    bytes.setStringProperty("desk", "fx");
    bytes.setJMSCorrelationID("c-1");
    bench.send(bytes);
    bench.receive(1);
    BytesMessage there = (BytesMessage) bench.next("tasklane.invalid");
    byte[] kept = new byte[(int) there.getBodyLength()];
    there.readBytes(kept);
    assertThat(kept).isEqualTo(latin);
    assertThat(there.getStringProperty("desk")).isEqualTo("fx");
    assertThat(there.getJMSCorrelationID()).isEqualTo("c-1");
    assertThat(there.getStringProperty("tasklane_reason")).isEqualTo("INVALID_BODY");

    rejected(bench.text("{\"queue\":"), "INVALID_BODY", "no JSON");
    rejected(bench.text(""), "INVALID_BODY", "empty");
    rejected(bench.session.createMessage(), "INVALID_BODY", "no body");
    rejected(bench.session.createStreamMessage(), "MESSAGE_TYPE_NOT_SUPPORTED", "StreamMessage");
    rejected(
        bench.text("{\"task_type\":\"test.work\",\"queue\":\"NONE\"}"), "QUEUE_UNKNOWN", "NONE");
    rejected(bench.text("{\"task_type\":\"gone\",\"queue\":\"Q\"}"), "TASK_TYPE_UNKNOWN", "gone");
    TextMessage group = bench.text(IngressBench.JSON);
    group.setIntProperty("task_type", 5);
    rejected(group, "INVALID_FIELD", "task_type: 5");
  }

  @Test
  void an_object_message_is_refused_and_not_deserialized() throws Exception {
    Trap.sprung = false;
    rejected(
        bench.session.createObjectMessage(new Trap()),
        "MESSAGE_TYPE_NOT_SUPPORTED",
        "ObjectMessage");
    assertThat(Trap.sprung).isFalse();
  }

  /** Notices when it is deserialized. */
  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;
    static boolean sprung;

    private void readObject(ObjectInputStream in) {
      sprung = true;
    }
  }

  @Test
  void a_full_queue_lets_the_message_wait_and_loses_it_not() throws Exception {
    bench.node.set("Q", QueueState.PAUSED);
    bench.node.order("Q", policy -> policy.with(new QueueLimits(Optional.empty(), 1)));
    bench.node.create(TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{}")));
    bench.send(bench.text(IngressBench.JSON));
    assertThat(bench.receive(1)).as("to be delivered again").isEqualTo(1);
    assertThat(bench.count("task")).isEqualTo(1);
    Postgres.run(bench.database, "DELETE FROM queue_depth");
    Postgres.run(bench.database, "UPDATE queue SET intake = 1");
    assertThat(bench.receive(1)).isZero();
    assertThat(bench.count("task")).isEqualTo(2);
  }
}
