package io.tasklane.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcSettingsTest {
  @Test
  void without_configuration_it_is_loopback_and_port_9090() {
    GrpcSettings settings = read(Map.of());

    assertThat(settings.address().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(9090);
    assertThat(settings.readyFile()).isEmpty();
  }

  @Test
  void every_key_is_read() {
    GrpcSettings settings =
        read(
            Map.of(
                "tasklane.grpc.host",
                "localhost",
                "tasklane.grpc.port",
                "0",
                "tasklane.ready-file",
                "run/ready.properties"));

    assertThat(settings.host()).isEqualTo("localhost");
    assertThat(settings.port()).isZero();
    assertThat(settings.readyFile()).contains(Path.of("run/ready.properties"));
  }

  @ParameterizedTest
  @CsvSource({
    "tasklane.grpc.host, 0.0.0.0, loopback",
    "tasklane.grpc.host, 192.0.2.7, no credentials can be configured",
    "tasklane.grpc.port, 65536, 0 to 65535",
    "tasklane.grpc.port, -1, 0 to 65535",
    "tasklane.grpc.port, http, 0 to 65535",
  })
  void a_bad_value_is_refused_with_its_key_and_what_is_allowed(
      String key, String value, String allowed) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("\"" + value + "\"")
        .hasMessageContaining(allowed);
  }

  private static GrpcSettings read(Map<String, String> values) {
    return GrpcSettings.read(key -> Optional.ofNullable(values.get(key)));
  }
}
