package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.task.Payload;
import jakarta.jms.Destination;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requesters are told what has become of their messages, whatever dies in between. */
@Timeout(120)
class IngressReplyTest {
  @TempDir Path folder;
  private volatile boolean fails;
  private IngressBench bench;

  @BeforeEach
  void start() throws Exception {
    bench =
        new IngressBench(
            folder,
            run -> {
              if (fails) {
                throw new IllegalStateException("it broke");
              }
              return Payload.json("{\"done\":true}");
            });
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private TextMessage request(Destination replyTo, String correlation) throws Exception {
    TextMessage message =
        bench.text(
            IngressBench.JSON.replace(
                "\"input\"", "\"retry_policy\":{\"maximum_attempts\":1},\"input\""));
    message.setJMSReplyTo(replyTo);
    message.setJMSCorrelationID(correlation);
    return message;
  }

  private TextMessage next(MessageConsumer consumer) throws Exception {
    TextMessage message = null;
    for (int i = 0; i < 100 && message == null; i++) {
      bench.node.engine.tick();
      message = (TextMessage) consumer.receive(200);
    }
    assertThat(message).as("a reply").isNotNull();
    return message;
  }

  @Test
  void a_requester_hears_of_acceptance_and_completion_by_its_correlation() throws Exception {
    TemporaryQueue replies = bench.session.createTemporaryQueue();
    MessageConsumer consumer = bench.session.createConsumer(replies);
    bench.send(request(replies, "c-1"));
    bench.receive(1);
    TextMessage accepted = next(consumer);
    TextMessage completed = next(consumer);
    assertThat(accepted.getStringProperty("reply")).isEqualTo("accepted");
    assertThat(accepted.getJMSCorrelationID()).isEqualTo("c-1");
    assertThat(completed.getStringProperty("reply")).isEqualTo("completed");
    assertThat(completed.getJMSCorrelationID()).isEqualTo("c-1");
    assertThat(completed.getStringProperty("task")).isEqualTo(accepted.getStringProperty("task"));
    assertThat(completed.getText())
        .contains("\"state\":\"SUCCEEDED\"", "\"result\":{\"done\":true}");
    bench.awaitCount("ingress_reply", 0);
    assertThat(bench.count("ingress_return")).isZero();
  }

  @Test
  void without_a_correlation_the_replies_have_the_messages_id() throws Exception {
    TemporaryQueue replies = bench.session.createTemporaryQueue();
    MessageConsumer consumer = bench.session.createConsumer(replies);
    TextMessage request = request(replies, null);
    bench.send(request);
    bench.receive(1);
    assertThat(next(consumer).getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
  }

  @Test
  void a_failure_says_its_code_and_a_rejection_its_reason() throws Exception {
    fails = true;
    TemporaryQueue replies = bench.session.createTemporaryQueue();
    MessageConsumer consumer = bench.session.createConsumer(replies);
    bench.send(request(replies, "c-2"));
    bench.receive(1);
    assertThat(next(consumer).getStringProperty("reply")).isEqualTo("accepted");
    TextMessage failed = next(consumer);
    assertThat(failed.getStringProperty("reply")).isEqualTo("failed");
    assertThat(failed.getText()).contains("\"state\":\"FAILED\"", "it broke");

    TextMessage wrong = bench.text("no json");
    wrong.setJMSReplyTo(replies);
    wrong.setJMSCorrelationID("c-3");
    bench.send(wrong);
    bench.receive(1);
    TextMessage rejected = next(consumer);
    assertThat(rejected.getJMSCorrelationID()).isEqualTo("c-3");
    assertThat(rejected.getStringProperty("reply")).isEqualTo("rejected");
    assertThat(rejected.getText()).contains("\"reason\":\"INVALID_BODY\"");
  }

  @Test
  void a_redelivered_request_is_answered_again_with_the_same_task() throws Exception {
    TemporaryQueue replies = bench.session.createTemporaryQueue();
    MessageConsumer consumer = bench.session.createConsumer(replies);
    bench.send(request(replies, "c-4"));
    bench.receive(1, IngressBench.Then.DIE);
    String task = next(consumer).getStringProperty("task");
    assertThat(next(consumer).getStringProperty("reply")).isEqualTo("completed");
    bench.receive(1);
    for (String kind : new String[] {"accepted", "completed"}) {
      TextMessage again = next(consumer);
      assertThat(again.getStringProperty("reply")).isEqualTo(kind);
      assertThat(again.getStringProperty("task")).isEqualTo(task);
    }
    assertThat(bench.count("task")).isEqualTo(1);
  }

  @Test
  void a_reply_to_a_queue_that_is_gone_holds_up_no_other() throws Exception {
    TemporaryQueue gone = bench.session.createTemporaryQueue();
    TemporaryQueue here = bench.session.createTemporaryQueue();
    MessageConsumer consumer = bench.session.createConsumer(here);
    bench.send(request(gone, "lost"), request(here, "kept"));
    gone.delete();
    assertThat(bench.receive(2)).as("both requests are consumed").isZero();
    assertThat(next(consumer).getJMSCorrelationID()).isEqualTo("kept");
    assertThat(next(consumer).getStringProperty("reply")).isEqualTo("completed");
    bench.awaitCount("ingress_reply", 0);
    assertThat(bench.count("task")).isEqualTo(2);
    assertThat(bench.broker.depth(gone.getQueueName())).as("nobody made it anew").isZero();
  }

  @Test
  void what_a_node_had_taken_that_died_is_sent_by_the_next() throws Exception {
    bench.send(request(bench.session.createQueue("answers"), "c-5"));
    bench.receive(1);
    bench.next("answers");
    bench.next("answers");
    bench.awaitCount("ingress_reply", 0);
    Postgres.run(
        bench.database,
        "INSERT INTO ingress_reply (kind, task_name, problem, destination, attempts, take_after)"
            + " SELECT 2, name, '', '{\"name\":\"answers\",\"topic\":false,\"temporary\":false,"
            + "\"correlation_id\":\"c-5\"}', 1, now() + interval '2 s' FROM task");
    assertThat(bench.next("answers").getStringProperty("reply")).isEqualTo("completed");
    bench.awaitCount("ingress_reply", 0);
  }
}
