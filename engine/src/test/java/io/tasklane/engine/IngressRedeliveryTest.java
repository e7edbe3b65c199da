package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However often a message is delivered, it is one task; and a message is never none. */
@Timeout(120)
class IngressRedeliveryTest {
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

  @Test
  void a_crash_between_the_commit_and_the_acknowledgement_makes_no_second_task() throws Exception {
    bench.send(bench.text(IngressBench.JSON), bench.text(IngressBench.JSON));
    bench.receive(2, IngressBench.Then.DIE);
    assertThat(bench.count("task")).isEqualTo(2);
    bench.receive(2);
    assertThat(bench.count("task")).isEqualTo(2);
    assertThat(bench.nothingMore()).isTrue();
    assertThat(bench.service().repeated()).isEqualTo(2);
  }

  @Test
  void messages_without_an_id_are_told_apart_and_one_of_them_delivered_twice_is_one()
      throws Exception {
    bench.producer().setDisableMessageID(true);
    bench.send(
        bench.text(IngressBench.JSON),
        bench.text(IngressBench.JSON),
        bench.text(IngressBench.JSON));
    bench.receive(1, IngressBench.Then.DIE);
    assertThat(bench.count("ingress_inbox WHERE key LIKE 'broker:%'")).isEqualTo(1);
    bench.receive(3);
    assertThat(bench.count("task")).isEqualTo(3);
  }

  @Test
  void the_senders_own_duplicate_id_counts_when_the_broker_has_forgotten_it() throws Exception {
    for (String queue : new String[] {"tasklane.ingress", "elsewhere"}) {
      TextMessage message = bench.text(IngressBench.JSON);
      message.setStringProperty("_AMQ_DUPL_ID", "order-1");
      bench.producer().send(bench.session.createQueue(queue), message);
    }
    bench.receive(1);
    // the broker keeps duplicate ids by address, so this one comes by another way
    bench.service().receive(bench.next("elsewhere"));
    assertThat(bench.count("task")).isEqualTo(1);
  }

  @Test
  void an_invalid_message_is_in_its_queue_once_however_often_it_was_delivered() throws Exception {
    bench.send(bench.text("no json"));
    bench.receive(1, IngressBench.Then.DIE);
    bench.receive(1, IngressBench.Then.DIE);
    bench.receive(1);
    assertThat(bench.broker.depth("tasklane.invalid")).isEqualTo(1);
  }

  @Test
  void without_the_database_the_message_stays_and_comes_again() throws Exception {
    bench.send(bench.text(IngressBench.JSON));
    Postgres.run(
        bench.database,
        """
        CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'away' USING ERRCODE = '57P01'; END $$;
        CREATE TRIGGER away BEFORE INSERT ON ingress_inbox EXECUTE FUNCTION away();""");
    assertThat(bench.receive(1)).as("not acknowledged").isEqualTo(1);
    assertThat(bench.count("task") + bench.count("ingress_inbox")).isZero();
    Postgres.run(bench.database, "DROP TRIGGER away ON ingress_inbox");
    assertThat(bench.receive(1)).isZero();
    assertThat(bench.count("task")).isEqualTo(1);
    assertThat(bench.broker.depth("tasklane.invalid")).isZero();
  }

  @Test
  void keys_are_removed_after_seven_days_and_not_before() throws Exception {
    bench.send(bench.text(IngressBench.JSON), bench.text(IngressBench.JSON));
    bench.receive(2);
    Postgres.run(
        bench.database,
        "UPDATE ingress_inbox SET time = now() - interval '7 days 1 minute' WHERE key = ("
            + "SELECT min(key) FROM ingress_inbox);"
            + " UPDATE ingress_inbox SET time = now() - interval '6 days 23 hours'"
            + " WHERE time > now() - interval '1 day'");
    bench.node.engine.cleanUp();
    assertThat(bench.count("ingress_inbox")).isEqualTo(1);
    assertThat(Postgres.number(bench.database, "SELECT sum(messages) FROM cleanup_run"))
        .isEqualTo(1);
  }
}
