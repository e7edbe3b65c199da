package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpPortTest {
  @Test
  void it_serves_once_the_page_is_there_and_not_while_there_are_only_errors() throws Exception {
    AtomicInteger status = new AtomicInteger(500);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    HttpPort port = new HttpPort(server.getAddress().getPort());
    try {
      assertThat(port.serves()).isFalse();
      status.set(404);
      assertThat(port.serves()).isFalse();
      status.set(200);
      assertThat(port.serves()).isTrue();
    } finally {
      server.stop(0);
    }
    assertThat(port.serves()).isFalse();
  }
}
