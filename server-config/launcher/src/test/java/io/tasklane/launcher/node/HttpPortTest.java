package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpPortTest {
  @Test
  void it_serves_once_the_page_is_there_and_not_while_there_are_only_errors() throws Exception {
    AtomicInteger status = new AtomicInteger(500);
    AtomicReference<String> body = new AtomicReference<>("");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = body.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status.get(), page.length == 0 ? -1 : page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    HttpPort port = new HttpPort(server.getAddress().getPort());
    try {
      assertThat(port.serves()).isFalse();
      status.set(404);
      assertThat(port.serves()).isFalse();
      status.set(200);
      assertThat(port.serves()).as("with an empty page").isFalse();
      body.set("<!doctype html>");
      assertThat(port.serves()).isTrue();
    } finally {
      server.stop(0);
    }
    assertThat(port.serves()).isFalse();
  }
}
