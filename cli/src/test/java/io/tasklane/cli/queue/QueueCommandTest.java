package io.tasklane.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Timeouts;
import io.tasklane.v1.UpdateQueueRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueCommandTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  @Test
  void a_queue_is_created_with_what_was_given_and_shown() {
    CommandRun run =
        run("queue", "create", "REPORTS", "--max-attempts", "2", "--request-id", "r-1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("queues/REPORTS", "ACTIVE");
    CreateQueueRequest asked = (CreateQueueRequest) server.changes.get(0);
    assertThat(asked.getQueueId()).isEqualTo("REPORTS");
    assertThat(asked.getRequestId()).isEqualTo("r-1");
    Queue queue = asked.getQueue();
    assertThat(queue.getDefaultRetryPolicy().getMaximumAttempts()).isEqualTo(2);
    assertThat(queue.hasDefaultTimeouts()).isFalse();
    assertThat(queue.hasDefaultResultTtl()).isFalse();
  }

  @Test
  void limits_are_given_to_a_new_queue_and_taken_from_one_that_runs() {
    CommandRun made = run("queue", "create", "R", "--rate-limit", "10/1500ms", "--max-depth", "7");
    assertThat(made.exitCode()).as(made.err()).isZero();
    Queue queue = ((CreateQueueRequest) server.changes.get(0)).getQueue();
    assertThat(queue.getRateLimit().getPermits()).isEqualTo(10);
    assertThat(Durations.toMillis(queue.getRateLimit().getPeriod())).isEqualTo(1500);
    assertThat(queue.getMaximumDepth()).isEqualTo(7);
    CommandRun changed = run("queue", "update", "R", "--rate-limit", "none", "--max-depth", "0");
    assertThat(changed.exitCode()).as(changed.err()).isZero();
    UpdateQueueRequest update = (UpdateQueueRequest) server.changes.get(1);
    assertThat(update.getQueue().hasRateLimit()).isFalse();
    assertThat(update.getQueue().getMaximumDepth()).isZero();
    assertThat(update.getUpdateMask().getPathsList())
        .containsExactly("rate_limit", "maximum_depth");
  }

  @Test
  void a_calendar_is_given_by_its_short_name_and_taken_back() {
    assertThat(run("queue", "create", "R", "--calendar", "XNYS").exitCode()).isZero();
    assertThat(((CreateQueueRequest) server.changes.get(0)).getQueue().getCalendar())
        .isEqualTo("calendars/XNYS");
    assertThat(run("queue", "update", "R", "--calendar", "none").exitCode()).isZero();
    UpdateQueueRequest update = (UpdateQueueRequest) server.changes.get(1);
    assertThat(update.getQueue().getCalendar()).isEmpty();
    assertThat(update.getUpdateMask().getPathsList()).containsExactly("calendar");
  }

  @Test
  void limits_that_cannot_be_are_refused_before_anything_is_sent() {
    for (String rate : List.of("10", "0/1s", "100001/1s", "1/0s", "1/25h", "1/x", "-1/1s")) {
      CommandRun run = run("queue", "create", "R", "--rate-limit", rate);
      assertThat(run.exitCode()).as(rate).isEqualTo(2);
      assertThat(run.err()).contains("--rate-limit");
    }
    assertThat(run("queue", "create", "R", "--max-depth", "-1").exitCode()).isEqualTo(2);
    assertThat(server.changes).isEmpty();
  }

  @Test
  void the_number_of_runs_at_once_is_given_to_a_new_queue_and_to_one_that_runs() {
    assertThat(run("queue", "create", "REPORTS", "--concurrency", "4").exitCode()).isZero();
    assertThat(run("queue", "update", "REPORTS", "--concurrency", "8").exitCode()).isZero();
    CreateQueueRequest creation = (CreateQueueRequest) server.changes.get(0);
    assertThat(creation.getQueue().getConcurrency()).isEqualTo(4);
    UpdateQueueRequest update = (UpdateQueueRequest) server.changes.get(1);
    assertThat(update.getQueue().getConcurrency()).isEqualTo(8);
    assertThat(update.getUpdateMask().getPathsList()).containsExactly("concurrency");
  }

  @Test
  void the_order_of_a_queue_is_given_by_options() {
    CommandRun run =
        run(
            "queue",
            "update",
            "REPORTS",
            "--aging",
            "2m",
            "--durability",
            "grouped",
            "--key-retry",
            "pass");
    assertThat(run.exitCode()).as(run.err()).isZero();
    UpdateQueueRequest update = (UpdateQueueRequest) server.changes.get(0);
    assertThat(update.getUpdateMask().getPathsList())
        .containsExactly("priority_policy", "aging_interval", "durability", "key_retry_policy");
    assertThat(update.getQueue().getPriorityPolicy())
        .isEqualTo(Queue.PriorityPolicy.PRIORITY_POLICY_AGED);
    assertThat(update.getQueue().getAgingInterval()).isEqualTo(Durations.fromSeconds(120));
    assertThat(update.getQueue().getDurability()).isEqualTo(Queue.Durability.DURABILITY_GROUPED);
    assertThat(update.getQueue().getKeyRetryPolicy())
        .isEqualTo(Queue.KeyRetryPolicy.KEY_RETRY_POLICY_PASS);
    assertThat(run("queue", "update", "REPORTS", "--aging", "0s").exitCode()).isZero();
    update = (UpdateQueueRequest) server.changes.get(1);
    assertThat(update.getQueue().getPriorityPolicy())
        .isEqualTo(Queue.PriorityPolicy.PRIORITY_POLICY_STRICT);
    assertThat(update.getQueue().hasAgingInterval()).isFalse();
  }

  @Test
  void an_update_names_what_was_given_and_nothing_else() {
    CommandRun run =
        run("queue", "update", "REPORTS", "--timeout", "90s", "--result-ttl", "2h", "--etag", "e");
    assertThat(run.exitCode()).as(run.err()).isZero();
    UpdateQueueRequest asked = (UpdateQueueRequest) server.changes.get(0);
    assertThat(asked.getUpdateMask().getPathsList())
        .containsExactly("default_timeouts.attempt_timeout", "default_result_ttl");
    assertThat(asked.getQueue().getName()).isEqualTo("queues/REPORTS");
    assertThat(asked.getQueue().getEtag()).isEqualTo("e");
    assertThat(asked.getQueue().getDefaultTimeouts().getAttemptTimeout())
        .isEqualTo(Durations.fromSeconds(90));
    assertThat(asked.getQueue().getDefaultResultTtl()).isEqualTo(Durations.fromSeconds(7200));
    assertThat(asked.getRequestId()).as("a repeat is harmless").isNotEmpty();
  }

  @Test
  void time_limits_are_named_one_by_one_and_0s_takes_one_away() {
    CommandRun run =
        run("queue", "update", "REPORTS", "--queue-timeout", "0s", "--cancel-grace", "30s");
    assertThat(run.exitCode()).as(run.err()).isZero();
    UpdateQueueRequest asked = (UpdateQueueRequest) server.changes.get(0);
    assertThat(asked.getUpdateMask().getPathsList())
        .containsExactly("default_timeouts.queue_timeout", "default_timeouts.cancel_grace");
    Timeouts limits = asked.getQueue().getDefaultTimeouts();
    assertThat(limits.getQueueTimeout()).isEqualTo(Durations.fromSeconds(0));
    assertThat(limits.getCancelGrace()).isEqualTo(Durations.fromSeconds(30));
    assertThat(limits.hasTotalTimeout()).isFalse();
  }

  @Test
  void an_update_of_nothing_sends_nothing_and_ends_with_2() {
    CommandRun run = run("queue", "update", "REPORTS");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nothing to change", "--result-ttl");
    assertThat(server.changes).isEmpty();
  }

  @Test
  void a_drain_says_why_and_shows_the_state() {
    CommandRun run = run("queue", "drain", "queues/REPORTS", "--reason", "moves out");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("DRAINING");
    DrainQueueRequest asked = (DrainQueueRequest) server.changes.get(0);
    assertThat(asked.getName()).isEqualTo("queues/REPORTS");
    assertThat(asked.getReason()).isEqualTo("moves out");
  }

  @Test
  void a_delete_says_what_it_deleted() {
    CommandRun run = run("queue", "delete", "REPORTS");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("deleted queues/REPORTS" + System.lineSeparator());
    CommandRun json = run("queue", "delete", "REPORTS", "-o", "json");
    assertThat(json.out()).contains("\"deleted\": \"queues/REPORTS\"");
    DeleteQueueRequest asked = (DeleteQueueRequest) server.changes.get(0);
    assertThat(asked.getName()).isEqualTo("queues/REPORTS");
    assertThat(asked.getEtag()).isEmpty();
  }
}
