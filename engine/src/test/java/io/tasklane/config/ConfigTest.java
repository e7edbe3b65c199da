package io.tasklane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad value stops the start with the key, the value and what is allowed. */
class ConfigTest {
  @TempDir private Path folder;

  @Test
  void without_any_key_a_node_starts_on_this_machine() {
    NodeConfig node = NodeConfig.from(settings(Map.of()));
    assertThat(node.name()).isEqualTo("node-1");
    assertThat(node.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/tasklane");
    assertThat(node.brokerUrl()).isEqualTo("tcp://127.0.0.1:61616");
    assertThat(node.database().password()).isEmpty();
    assertThat(node.database().pool()).isEmpty();
    assertThat(node.startTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void every_key_of_a_node_is_read() {
    NodeConfig node =
        NodeConfig.from(
            settings(
                Map.of(
                    "tasklane.node", " node-2 ",
                    "tasklane.data-dir", "d",
                    "tasklane.database.url", "jdbc:postgresql://db/x",
                    "tasklane.database.user", "u",
                    "tasklane.database.pool", "jdbc/tasklane",
                    "tasklane.broker.url", "tcp://b:1",
                    "tasklane.start-timeout", "PT5S")));
    assertThat(node.name()).isEqualTo("node-2");
    assertThat(node.dataDir()).isEqualTo(Path.of("d"));
    assertThat(node.database().url()).isEqualTo("jdbc:postgresql://db/x");
    assertThat(node.database().user()).isEqualTo("u");
    assertThat(node.database().pool()).contains("jdbc/tasklane");
    assertThat(node.brokerUrl()).isEqualTo("tcp://b:1");
    assertThat(node.startTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void the_password_comes_from_its_file_or_else_from_the_environment_and_is_never_told()
      throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " in-the-file\n");
    Map<String, String> keys = new HashMap<>(Map.of("tasklane.database.password", "in-the-air"));
    NodeConfig node = NodeConfig.from(settings(keys));
    assertThat(node.database().password()).map(Secret::reveal).contains("in-the-air");
    assertThat(node.toString()).doesNotContain("in-the-air");
    keys.put("tasklane.database.password-file", file.toString());
    node = NodeConfig.from(settings(keys));
    assertThat(node.database().password()).map(Secret::reveal).contains("in-the-file");
    keys.put("tasklane.database.password-file", "/no/such/file");
    refused(
        () -> NodeConfig.from(settings(keys)),
        "tasklane.database.password-file = \"/no/such/file\" is not allowed: a file that can be"
            + " read (java.nio.file.NoSuchFileException: /no/such/file)");
  }

  @Test
  void a_wrong_value_of_a_node_is_named() {
    refused(
        () -> NodeConfig.from(settings(Map.of("tasklane.node", "Node 1"))),
        "tasklane.node = \"Node 1\" is not allowed: [a-z0-9][a-z0-9.-]{0,62}");
    refused(
        () -> NodeConfig.from(settings(Map.of("tasklane.database.url", "jdbc:h2:mem:x"))),
        "tasklane.database.url = \"jdbc:h2:mem:x\" is not allowed:"
            + " a URL that begins with jdbc:postgresql:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "15 min", "900"})
  void a_duration_is_iso_8601_and_more_than_zero(String value) {
    refused(
        () -> settings(Map.of("k", value)).duration("k", Duration.ZERO),
        "k = \""
            + value
            + "\" is not allowed:"
            + " an ISO-8601 duration of more than zero, such as PT15M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "ten", "1.5"})
  void a_number_is_whole_and_in_its_range(String value) {
    refused(
        () -> settings(Map.of("k", value)).number("k", 1, 1, 100),
        "k = \"" + value + "\" is not allowed: a whole number from 1 to 100");
  }

  @Test
  void blank_counts_as_not_set() {
    assertThat(settings(Map.of("k", "  ")).text("k", "otherwise")).isEqualTo("otherwise");
  }

  @Test
  void queues_are_named_by_one_key_and_set_by_their_own() {
    QueuesConfig config =
        QueuesConfig.from(
            settings(
                Map.of(
                    "tasklane.queues", "DATA_FETCHER, B",
                    "tasklane.queue.data-fetcher.timeout", "PT15M",
                    "tasklane.queue.data-fetcher.max-attempts", "7",
                    "tasklane.queue.data-fetcher.result-ttl", "P2D")));
    assertThat(config.queues())
        .containsExactly(
            new QueueSettings(
                "DATA_FETCHER",
                QueuePolicy.STANDARD,
                RetryPolicy.attempts(7),
                Duration.ofMinutes(15),
                Duration.ofDays(2)),
            new QueueSettings(
                "B",
                QueuePolicy.STANDARD,
                RetryPolicy.DEFAULT,
                Duration.ofHours(1),
                Duration.ofHours(24)));
  }

  @Test
  void without_any_key_there_are_the_three_trading_queues() {
    assertThat(QueuesConfig.from(settings(Map.of())).queues())
        .extracting(QueueSettings::queueId)
        .containsExactly("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS");
  }

  @Test
  void a_wrong_value_of_a_queue_is_named_by_its_own_key() {
    refused(
        () -> QueuesConfig.from(settings(Map.of("tasklane.queues", "fetcher"))),
        "tasklane.queues = \"fetcher\" is not allowed:"
            + " queue id fetcher is not allowed: [A-Z][A-Z0-9_]{0,62}");
    refused(
        () -> QueuesConfig.from(settings(Map.of("tasklane.queue.ai-analysis.timeout", "soon"))),
        "tasklane.queue.ai-analysis.timeout = \"soon\" is not allowed:"
            + " an ISO-8601 duration of more than zero, such as PT15M");
    refused(
        () -> QueuesConfig.from(settings(Map.of("tasklane.queue.ai-analysis.max-attempts", "0"))),
        "tasklane.queue.ai-analysis.max-attempts = \"0\" is not allowed:"
            + " a whole number from 1 to 100");
  }

  @Test
  void things_are_kept_for_a_week_and_dead_letters_for_a_month() {
    assertThat(RetentionConfig.from(settings(Map.of())))
        .isEqualTo(
            new RetentionConfig(
                Duration.ofDays(7),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofDays(90),
                3));
    assertThat(
            RetentionConfig.from(
                settings(
                    Map.of(
                        "tasklane.retention.tasks", "P2D",
                        "tasklane.retention.dead-letters", "P90D",
                        "tasklane.retention.events", "P14D",
                        "tasklane.retention.effects", "P30D",
                        "tasklane.retention.hour", "0"))))
        .isEqualTo(
            new RetentionConfig(
                Duration.ofDays(2),
                Duration.ofDays(90),
                Duration.ofDays(14),
                Duration.ofDays(30),
                0));
  }

  @Test
  void a_retention_that_is_too_short_is_refused_with_the_shortest() {
    refused(
        () -> RetentionConfig.from(settings(Map.of("tasklane.retention.tasks", "PT59M"))),
        "tasklane.retention.tasks = \"PT59M\" is not allowed:"
            + " an ISO-8601 duration of at least PT1H");
    refused(
        () -> RetentionConfig.from(settings(Map.of("tasklane.retention.events", "PT23H"))),
        "tasklane.retention.events = \"PT23H\" is not allowed:"
            + " an ISO-8601 duration of at least PT24H");
    refused(
        () -> RetentionConfig.from(settings(Map.of("tasklane.retention.hour", "24"))),
        "tasklane.retention.hour = \"24\" is not allowed: a whole number from 0 to 23");
  }

  @Test
  void artifacts_are_kept_in_the_data_folder_where_nothing_is_configured() {
    ArtifactsConfig config = ArtifactsConfig.from(settings(Map.of()), Path.of("data"));
    assertThat(config)
        .isEqualTo(
            new ArtifactsConfig(
                Path.of("data/artifacts"),
                Optional.empty(),
                1024L * 1024 * 1024,
                Duration.ofHours(24),
                16));
  }

  @Test
  void an_s3_storage_needs_its_bucket_and_a_wrong_value_is_named() {
    Map<String, String> s3 =
        Map.of(
            "tasklane.artifacts.storage", "s3",
            "tasklane.artifacts.s3.bucket", "task-artifacts",
            "tasklane.artifacts.s3.endpoint", "http://127.0.0.1:9000");
    ArtifactsConfig.S3 read =
        ArtifactsConfig.from(settings(s3), Path.of("data")).s3().orElseThrow();
    assertThat(read.bucket()).isEqualTo("task-artifacts");
    assertThat(read.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(read.credentialsFile()).isEmpty();
    refusedArtifacts(
        Map.of("tasklane.artifacts.storage", "s3"),
        "tasklane.artifacts.s3.bucket = \"\" is not allowed: the name of a bucket that exists");
    refusedArtifacts(
        Map.of("tasklane.artifacts.storage", "tape"),
        "tasklane.artifacts.storage = \"tape\" is not allowed: file or s3");
    refusedArtifacts(
        Map.of("tasklane.artifacts.maximum-mib", "0"),
        "tasklane.artifacts.maximum-mib = \"0\" is not allowed: a whole number from 1 to 5120");
    for (String url : List.of("127.0.0.1:9000", "ftp://host", "http:///x")) {
      refusedArtifacts(
          Map.of(
              "tasklane.artifacts.storage", "s3",
              "tasklane.artifacts.s3.bucket", "task-artifacts",
              "tasklane.artifacts.s3.endpoint", url),
          "tasklane.artifacts.s3.endpoint = \""
              + url
              + "\" is not allowed: a URL that begins with http:// or https://");
    }
  }

  private static void refusedArtifacts(Map<String, String> values, String message) {
    refused(() -> ArtifactsConfig.from(settings(values), Path.of("data")), message);
  }

  private static Settings settings(Map<String, String> values) {
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }

  private static void refused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
