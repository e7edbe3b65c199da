package io.tasklane.bench.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int EOF = -1;

  private ServerSocket target;
  private Wire wire;

  @BeforeEach
  void open() throws IOException {
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::echo, "echo");
    echo.setDaemon(true);
    echo.start();
    wire = new Wire(target.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    wire.close();
    target.close();
  }

  private void echo() {
    while (!target.isClosed()) {
      try (Socket call = target.accept()) {
        call.getInputStream().transferTo(call.getOutputStream());
      } catch (IOException gone) {
        // the next one
      }
    }
  }

  private Socket call() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static int say(Socket call, int word) throws IOException {
    call.getOutputStream().write(word);
    return call.getInputStream().read();
  }

  @Test
  void it_carries_both_ways() throws IOException {
    try (Socket call = call()) {
      assertThat(say(call, 7)).isEqualTo(7);
    }
  }

  @Test
  void a_cut_ends_what_is_open_and_keeps_out_what_comes_until_it_is_mended() throws IOException {
    try (Socket open = call()) {
      assertThat(say(open, 7)).isEqualTo(7);
      wire.cut();
      assertThat(isDead(open)).isTrue();
    }
    try (Socket late = call()) {
      assertThat(isDead(late)).isTrue();
    }
    wire.mend();
    try (Socket again = call()) {
      assertThat(say(again, 8)).isEqualTo(8);
    }
  }

  private static boolean isDead(Socket call) {
    try {
      return say(call, 1) == EOF;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void a_delay_makes_every_word_late() throws IOException {
    wire.delay(150);
    try (Socket call = call()) {
      long begin = System.nanoTime();
      assertThat(say(call, 7)).isEqualTo(7);
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(300_000_000); // there and back
    }
  }

  @Test
  void a_target_that_is_away_ends_the_connection() throws IOException {
    // A port that is bound and does not listen: a free one could become somebody else's.
    try (Socket away = new Socket()) {
      away.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Wire nowhere = new Wire(away.getLocalPort());
          Socket call = new Socket(InetAddress.getLoopbackAddress(), nowhere.port())) {
        call.setSoTimeout(PATIENCE_MILLIS);
        assertThat(isDead(call)).isTrue();
      }
    }
  }
}
