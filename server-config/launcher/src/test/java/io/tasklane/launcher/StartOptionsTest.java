package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartOptionsTest {
  @TempDir Path folder;

  @Test
  void without_options_the_documented_defaults_hold() throws BadOption {
    StartOptions options = StartOptions.read(List.of());

    assertThat(options.data()).isEqualTo(Path.of("tasklane-data").toAbsolutePath());
    assertThat(options.grpcPort()).isEqualTo(9090);
    assertThat(options.httpPort()).isEqualTo(8080);
    assertThat(options.jmsPort()).isEqualTo(61616);
    assertThat(options.tradingData()).isEmpty();
    assertThat(options.asOf()).isEmpty();
    assertThat(options.node()).isEqualTo("node-1");
  }

  @Test
  void values_come_after_a_space_or_an_equals_sign() throws BadOption {
    StartOptions options =
        StartOptions.read(
            List.of(
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
                "node-7"));

    assertThat(options.data()).isEqualTo(folder);
    assertThat(options.grpcPort()).isZero();
    assertThat(options.jmsPort()).isZero();
    assertThat(options.tradingData()).contains(folder);
    assertThat(options.asOf()).contains(LocalDate.of(2026, 3, 2));
    assertThat(options.node()).isEqualTo("node-7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--grpc-port | 65536 | a port from 1 to 65535",
        "--http-port | -1 | a port from 1 to 65535",
        "--jms-port | many | a port from 1 to 65535",
        "--trading-data | /no/such/folder | an existing folder",
        "--as-of | 2026-02-30 | YYYY-MM-DD",
        "--node | Node_1 | a lower-case letter",
        "--node | broker | a lower-case letter",
        "--data | '' | a folder",
        "--http-port | 9090 | no other option names",
      })
  void a_bad_value_is_refused_by_option_value_and_what_is_allowed(
      String option, String value, String allowed) {
    assertThatThrownBy(() -> StartOptions.read(List.of(option, value)))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining(option)
        .hasMessageContaining("\"" + value + "\"")
        .hasMessageContaining(allowed);
  }

  @Test
  void a_file_is_no_data_folder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> StartOptions.read(List.of("--data", file.toString())))
        .hasMessageContaining("--data")
        .hasMessageContaining("this is a file");
  }

  @Test
  void an_unknown_option_is_answered_with_those_that_exist() {
    assertThatThrownBy(() -> StartOptions.read(List.of("--port", "1")))
        .hasMessageContaining("\"--port\"")
        .hasMessageContaining("--grpc-port");
  }

  @Test
  void an_option_without_its_value_and_one_given_twice_are_refused() {
    assertThatThrownBy(() -> StartOptions.read(List.of("--node")))
        .hasMessage("--node: a value is missing");
    assertThatThrownBy(() -> StartOptions.read(List.of("--node=a", "--node=b")))
        .hasMessage("--node: given twice; give it once");
  }
}
