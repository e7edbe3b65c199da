package io.tasklane.ingress.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.json.JsonValue;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages mean: fields, headers and the spellings of neighbours. */
class TaskMessageTest {
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  private static TaskRequest read(String json) {
    return read(json, MessageHeaders.NONE);
  }

  private static TaskRequest read(String json, MessageHeaders headers) {
    return TaskMessage.read(
        JsonValue.tree(json),
        headers,
        type -> type.equals("news_monitoring") ? Optional.of("NEWS") : Optional.empty(),
        NOW);
  }

  private static MessageHeaders headers(int priority, String group, Instant delivery) {
    return new MessageHeaders(
        priority,
        Optional.ofNullable(group),
        Optional.ofNullable(delivery),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void every_field_of_a_task_is_read_in_either_spelling() {
    String snake =
        """
        {"task_id": "t-1", "queue": "queues/NEWS", "task_type": "news_monitoring",
         "input": {"symbols": ["AAPL"], "n": 9007199254740993, "x": 0.10},
         "priority": 9, "retry_policy": {"maximum_attempts": 7, "initial_backoff": "2.5s"},
         "timeouts": {"attempt_timeout": 30, "total_timeout": "90s"}, "result_ttl": "3600s",
         "labels": {"desk": "fx"}, "run_after_time": "2026-12-01T10:00:00+01:00",
         "expire_time": "2026-12-02T00:00:00Z", "ordering_key": "AAPL",
         "deduplication_key": "d", "preemptible": true}""";
    String camel =
        snake
            .replace("task_id", "taskId")
            .replace("task_type", "taskType")
            .replace("retry_policy", "retryPolicy")
            .replace("maximum_attempts", "maximumAttempts")
            .replace("initial_backoff", "initialBackoff")
            .replace("attempt_timeout", "attemptTimeout")
            .replace("total_timeout", "totalTimeout")
            .replace("result_ttl", "resultTtl")
            .replace("run_after_time", "runAfterTime")
            .replace("expire_time", "expireTime")
            .replace("ordering_key", "orderingKey")
            .replace("deduplication_key", "deduplicationKey");
    TaskRequest task = read(snake);
    assertThat(read(camel)).isEqualTo(task);
    assertThat(task.taskId()).contains("t-1");
    assertThat(task.queue()).isEqualTo("NEWS");
    assertThat(task.input().text())
        .as("digits and zeros stay")
        .isEqualTo("{\"symbols\":[\"AAPL\"],\"n\":9007199254740993,\"x\":0.10}");
    assertThat(task.priority().value()).isEqualTo(9);
    assertThat(task.retryPolicy().orElseThrow().maximumAttempts()).isEqualTo(7);
    assertThat(task.retryPolicy().orElseThrow().initialBackoff()).hasMillis(2500);
    assertThat(task.timeouts().attempt()).contains(Duration.ofSeconds(30));
    assertThat(task.timeouts().total()).contains(Duration.ofSeconds(90));
    assertThat(task.resultTtl()).contains(Duration.ofHours(1));
    assertThat(task.labels()).containsEntry("desk", "fx");
    assertThat(task.start().runAfter()).contains(Instant.parse("2026-12-01T09:00:00Z"));
    assertThat(task.start().expireTime()).contains(Instant.parse("2026-12-02T00:00:00Z"));
    assertThat(task.rules().orderingKey()).contains("AAPL");
    assertThat(task.deduplicationKey()).contains("d");
    assertThat(task.rules().preemptible()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4, 5", "9, 10"})
  void the_priority_of_jms_is_one_less_than_ours(int jms, int ours) {
    assertThat(
            read("{\"task_type\":\"news_monitoring\"}", headers(jms, null, null))
                .priority()
                .value())
        .isEqualTo(ours);
    assertThat(
            read("{\"task_type\":\"news_monitoring\",\"priority\":3}", headers(jms, null, null))
                .priority()
                .value())
        .as("the body decides")
        .isEqualTo(3);
  }

  @Test
  void headers_say_what_the_body_does_not() {
    Instant later = NOW.plusSeconds(60);
    TaskRequest task = read("{\"taskType\":\"news_monitoring\"}", headers(4, "desk-1", later));
    assertThat(task.rules().orderingKey()).contains("desk-1");
    assertThat(task.start().runAfter()).contains(later);
    assertThat(read("{\"taskType\":\"news_monitoring\"}", headers(4, null, NOW)).start().runAfter())
        .as("a delay that is over")
        .isEmpty();
    MessageHeaders typed =
        new MessageHeaders(
            4,
            Optional.empty(),
            Optional.empty(),
            Optional.of(later),
            Optional.of("OTHER"),
            Optional.of("system.echo"));
    TaskRequest whole = read("[1, 2]", typed);
    assertThat(whole.taskType()).isEqualTo("system.echo");
    assertThat(whole.queue()).isEqualTo("OTHER");
    assertThat(whole.input().text()).isEqualTo("[1,2]");
    assertThat(whole.start().expireTime()).contains(later);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]                                                      | no JSON object",
        "{}                                                       | task_type is missing",
        "{\"task_type\":5}                                        | task_type: 5 is not allowed",
        "{\"task_type\":\"system.echo\"}                          | queue is missing",
        "{\"task_type\":\"news_monitoring\",\"priority\":11}      | priority: 11",
        "{\"task_type\":\"news_monitoring\",\"priority\":1.5}     | priority: 1.5",
        "{\"task_type\":\"news_monitoring\",\"colour\":1}         | colour is not known",
        "{\"task_type\":\"news_monitoring\",\"expire_time\":\"noon\"} | expire_time: \"noon\"",
        "{\"task_type\":\"news_monitoring\",\"result_ttl\":\"1h\"}    | result_ttl: \"1h\"",
        "{\"task_type\":\"news_monitoring\",\"labels\":[]}        | labels: []",
        "{\"task_type\":\"news_monitoring\",\"labels\":{\"a\":1}} | labels.a: 1",
        "{\"task_type\":\"news_monitoring\",\"timeouts\":{\"x\":1}} | timeouts.x is not known",
        "{\"task_type\":\"a\",\"taskType\":\"b\"}                 | task_type stands twice"
      })
  void what_is_wrong_is_named(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void a_group_that_is_no_key_is_refused_by_its_name() {
    for (String group : new String[] {"x".repeat(257), "a\nb"}) {
      assertThatThrownBy(() -> read("{\"taskType\":\"news_monitoring\"}", headers(4, group, null)))
          .hasMessageContaining("JMSXGroupID");
    }
  }

  @Test
  void celery_counts_retries_and_has_words_for_priorities() {
    TaskRequest task =
        read(
            """
            {"task": "news_monitoring", "id": "c-1", "args": [], "kwargs": {"a": 1},
             "priority": "high", "max_retries": 3, "retries": 0, "queue": "NEWS", "utc": true,
             "eta": "2026-12-01T10:00:00Z", "expires": null}""");
    assertThat(task.taskId()).contains("c-1");
    assertThat(task.input().text()).isEqualTo("{\"a\":1}");
    assertThat(task.priority().value()).isEqualTo(9);
    assertThat(task.retryPolicy()).contains(RetryPolicy.attempts(4));
    assertThat(task.start().runAfter()).contains(Instant.parse("2026-12-01T10:00:00Z"));
    assertThat(read("{\"task\":\"news_monitoring\",\"priority\":\"low\"}").priority().value())
        .isEqualTo(2);
    assertThatThrownBy(() -> read("{\"task\":\"news_monitoring\",\"args\":[1]}"))
        .hasMessageContaining("args");
    assertThatThrownBy(() -> read("{\"task\":\"news_monitoring\",\"chord\":{}}"))
        .hasMessageContaining("chord of a message of Celery");
  }

  @Test
  void robo_trader_writes_types_and_queues_in_either_case() {
    TaskRequest task =
        read(
            """
            {"task_type": "NEWS_MONITORING", "queue_name": "data_fetcher", "payload": {"a": 1},
             "priority": "CRITICAL", "max_retries": 3, "timeout_seconds": 300}""");
    assertThat(task.taskType()).isEqualTo("news_monitoring");
    assertThat(task.queue()).isEqualTo("DATA_FETCHER");
    assertThat(task.priority().value()).isEqualTo(10);
    assertThat(task.retryPolicy()).contains(RetryPolicy.attempts(4));
    assertThat(task.timeouts().attempt()).contains(Duration.ofMinutes(5));
    assertThat(
            read("{\"task_type\":\"news_monitoring\",\"priority\":\"background\"}")
                .priority()
                .value())
        .isEqualTo(1);
    assertThatThrownBy(() -> read("{\"task_type\":\"news_monitoring\",\"priority\":\"urgent\"}"))
        .hasMessageContaining("critical");
  }

  @Test
  void bull_counts_attempts_and_runs_priority_one_first() {
    TaskRequest task =
        read(
            """
            {"name": "news_monitoring", "data": {"a": 1},
             "opts": {"attempts": 3, "backoff": {"type": "exponential", "delay": 1000},
                      "priority": 1, "jobId": "b-1", "timeout": 1500, "removeOnComplete": true}}""");
    assertThat(task.taskId()).contains("b-1");
    assertThat(task.priority().value()).isEqualTo(10);
    assertThat(task.retryPolicy().orElseThrow().maximumAttempts()).isEqualTo(3);
    assertThat(task.retryPolicy().orElseThrow().initialBackoff()).hasMillis(1000);
    assertThat(task.timeouts().attempt()).contains(Duration.ofMillis(1500));
    String low = "{\"name\":\"news_monitoring\",\"data\":{},\"opts\":{\"priority\":99}}";
    assertThat(read(low).priority().value()).isEqualTo(1);
    assertThatThrownBy(
            () -> read("{\"name\":\"news_monitoring\",\"data\":{},\"opts\":{\"repeat\":{}}}"))
        .hasMessageContaining("repeat of a message of Bull");
  }
}
