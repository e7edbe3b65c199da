package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void a_port_in_use_is_refused_by_the_option_that_named_it() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> FreePort.orAny(port, "--http-port"))
          .hasMessageContaining("--http-port: port " + port + " is in use");
      assertThat(FreePort.answers(port)).isTrue();
    }
  }

  @Test
  void zero_picks_different_free_ports() throws Exception {
    int one = FreePort.orAny(0, "--http-port");
    int other = FreePort.orAny(0, "--jms-port");

    assertThat(one).isNotEqualTo(other);
    assertThat(FreePort.answers(one)).isFalse();
    assertThat(FreePort.orZero(0, "--grpc-port")).isZero();
  }
}
