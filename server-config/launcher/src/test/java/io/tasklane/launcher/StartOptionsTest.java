package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.address.Backbone;
import io.tasklane.launcher.node.NodeJvm;
import io.tasklane.launcher.process.LogLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartOptionsTest {
  @TempDir Path folder;

  @Test
  void without_options_the_documented_defaults_hold() {
    StartOptions options = CommandRun.start();

    assertThat(options.data()).isEqualTo(Path.of("tasklane-data"));
    assertThat(options.grpcPort()).isEqualTo(9090);
    assertThat(options.httpPort()).isEqualTo(8080);
    assertThat(options.jmsPort()).isEqualTo(61616);
    assertThat(options.tradingData()).isEmpty();
    assertThat(options.asOf()).isEmpty();
    assertThat(options.node()).contains("node-1");
    assertThat(options.databasePort()).isZero();
    assertThat(options.joined()).isEmpty();
    assertThat(options.restarts()).isEqualTo(5);
    assertThat(options.jvm()).isEqualTo(new NodeJvm("1024m", List.of()));
    assertThat(options.logs().folder()).isEmpty();
    assertThat(options.logs().limits()).isEqualTo(new LogLimits(64 << 20, 3));
    assertThat(options.grace()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void heap_logs_and_grace_can_be_set() {
    StartOptions options =
        CommandRun.start(
            "--heap=2g",
            "--java-options",
            "-XX:+HeapDumpOnOutOfMemoryError  -Dkey=value",
            "--log-folder=logs-of-mine",
            "--log-size=1m",
            "--log-files=0",
            "--grace=60");

    assertThat(options.jvm().heap()).isEqualTo("2048m");
    assertThat(options.jvm().further())
        .containsExactly("-XX:+HeapDumpOnOutOfMemoryError", "-Dkey=value");
    assertThat(options.folder().logs()).isEqualTo(Path.of("logs-of-mine").toAbsolutePath());
    assertThat(options.folder().logsShown()).isEqualTo(Path.of("logs-of-mine"));
    assertThat(options.logs().limits()).isEqualTo(new LogLimits(1 << 20, 0));
    assertThat(options.grace()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void values_come_after_a_space_or_an_equals_sign() {
    StartOptions options =
        CommandRun.start(
            "--data",
            folder.toString(),
            "--grpc-port=0",
            "--http-port",
            "0",
            "--jms-port=0",
            "--trading-data",
            folder.toString(),
            "--as-of=2026-03-02",
            "--node",
            "node-7");

    assertThat(options.data()).isEqualTo(folder);
    assertThat(options.grpcPort()).isZero();
    assertThat(options.jmsPort()).isZero();
    assertThat(options.tradingData()).contains(folder);
    assertThat(options.asOf()).contains(LocalDate.of(2026, 3, 2));
    assertThat(options.node()).contains("node-7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--grpc-port | 65536 | a port from 1 to 65535",
        "--http-port | -1 | a port from 1 to 65535",
        "--jms-port | many | a port from 1 to 65535",
        "--trading-data | /no/such/folder | an existing folder",
        "--trading-data | no-such-folder | \"no-such-folder\" is not allowed",
        "--heap | 255m | at least 256m",
        "--heap | 1000 | at least 256m",
        "--heap | -1g | at least 256m",
        "--log-size | 0m | at least 1m",
        "--log-files | -1 | a whole number from 0 to 1000",
        "--grace | 3s | whole seconds from 0 to 3600",
        "--grace | 3601 | whole seconds from 0 to 3600",
        "--as-of | 2026-02-30 | YYYY-MM-DD",
        "--node | Node_1 | a lower-case letter",
        "--node | broker | a lower-case letter",
        "--node | launcher | (not postgres, broker, launcher)",
        "--data | '' | a folder",
        "--http-port | 9090 | no other option names",
        "--database-port | 61616 | no other option names",
        "--database-port | x | a port from 1 to 65535",
        "--restarts | -1 | a whole number from 0 to 100000",
        "--restarts | 100001 | a whole number from 0 to 100000",
      })
  void a_bad_value_is_refused_by_option_value_and_what_is_allowed(
      String option, String value, String allowed) {
    assertThat(CommandRun.refusal(option, value))
        .contains(option)
        .contains("\"" + value + "\"")
        .contains(allowed);
  }

  @Test
  void a_file_is_no_data_folder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(CommandRun.refusal("--data", file.toString())).contains("--data", "this is a file");
  }

  @Test
  void an_unknown_option_or_word_is_named() {
    assertThat(CommandRun.refusal("--port", "1")).contains("'--port'");
    assertThat(CommandRun.refusal("node-2")).contains("'node-2'");
    assertThat(CommandRun.refusal("--http-prot=1")).contains("'--http-prot=1'", "--http-port");
  }

  @Test
  void an_option_without_its_value_and_one_given_twice_are_refused() {
    assertThat(CommandRun.refusal("--node")).contains("Missing", "'--node'");
    assertThat(CommandRun.refusal("--node", "--restarts=1")).contains("'--node'", "--restarts=1");
    assertThat(CommandRun.refusal("--node=a", "--node=b")).contains("'--node'", "only once");
    assertThat(CommandRun.refusal("--no-node", "--no-node")).contains("'--no-node'", "only once");
  }

  @Test
  void a_node_joins_by_the_urls_of_database_and_broker() throws Exception {
    Path password = Files.createFile(folder.resolve("secret"));
    StartOptions options =
        CommandRun.start(
            "--node=node-2",
            "--database-url=jdbc:postgresql://db:5432/tasklane?sslmode=require",
            "--database-user=app",
            "--database-password-file",
            password.toString(),
            "--broker-url=tcp://mq:61617");

    assertThat(options.joined())
        .contains(
            new Backbone(
                "jdbc:postgresql://db:5432/tasklane?sslmode=require",
                "app",
                Optional.of(password),
                "mq",
                61617));
    assertThat(options.data()).isEqualTo(Path.of("tasklane-data-node-2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--database-url | jdbc:h2:mem:x | jdbc:postgresql://HOST:PORT/NAME",
        "--database-url | jdbc:postgresql://db | jdbc:postgresql://HOST:PORT/NAME",
        "--broker-url | amqp://mq:1 | tcp://HOST:PORT",
        "--broker-url | tcp://mq | tcp://HOST:PORT",
        "--broker-url | tcp://mq:70000 | tcp://HOST:PORT",
        "--database-password-file | /no/such/file | an existing file that can be read",
      })
  void a_bad_value_of_a_node_that_joins_is_refused(String option, String value, String allowed) {
    Map<String, String> good =
        Map.of(
            "--node", "node-2",
            "--database-url", "jdbc:postgresql://db/tasklane",
            "--broker-url", "tcp://mq:61616");
    Map<String, String> bad = new TreeMap<>(good);
    bad.put(option, value);
    List<String> line = new ArrayList<>();
    bad.forEach((name, text) -> line.add(name + "=" + text));

    assertThat(CommandRun.refusal(line.toArray(String[]::new)))
        .contains(option)
        .contains("\"" + value + "\"")
        .contains(allowed);
  }

  @Test
  void a_password_in_the_url_is_refused_and_not_repeated() {
    assertThat(
            CommandRun.refusal(
                "--node=node-2",
                "--database-url=jdbc:postgresql://db/x?password=geheim",
                "--broker-url=tcp://mq:1"))
        .contains("--database-password-file")
        .contains("TASKLANE_DATABASE_PASSWORD")
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--database-url=jdbc:postgresql://db/x --node=a | --broker-url: is missing",
        "--broker-url=tcp://mq:1 --node=a | --database-url: is missing",
        "--database-user=app | --database-url: is missing",
        "--database-url=jdbc:postgresql://db/x --broker-url=tcp://mq:1 | --node: is missing",
        "--database-url=jdbc:postgresql://db/x --broker-url=tcp://mq:1 --node=a --jms-port=1"
            + " | --jms-port: a node that joins",
        "--database-url=jdbc:postgresql://db/x --broker-url=tcp://mq:1 --no-node"
            + " | --no-node: not with --database-url",
        "--no-node --node=a | --node: not with --no-node",
        "--no-node --grpc-port=0 | --grpc-port: not with --no-node",
        "--no-node --heap=1g | --heap: not with --no-node",
      })
  void options_that_do_not_go_together_are_named(String line, String message) {
    assertThat(CommandRun.refusal(line.split(" "))).contains(message);
  }

  @Test
  void a_word_that_begins_with_an_at_sign_is_no_file_of_options() throws Exception {
    Path file = Files.writeString(folder.resolve("options"), "elsewhere");

    assertThat(CommandRun.start("--data", "@" + file).data()).isEqualTo(Path.of("@" + file));
  }

  @Test
  void database_and_broker_can_be_started_alone() {
    StartOptions options = CommandRun.start("--no-node", "--restarts=1000");

    assertThat(options.node()).isEmpty();
    assertThat(options.restarts()).isEqualTo(1000);
  }
}
