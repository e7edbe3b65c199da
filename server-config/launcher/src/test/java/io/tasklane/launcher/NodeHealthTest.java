package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code server status} says what a node says of its faults. */
class NodeHealthTest {
  private static final String FAULTS =
      """
      {"status":"UP","checks":[
        {"name":"queues","status":"UP","data":{"detail":"each has an owner","healthy":true}},
        {"name":"ongoing-faults","status":"UP","data":{
          "queues/Q: dispatch":"tried again since {x}, last: Error: \\"a\\"",
          "detail":"1 kinds of work fail: \\"a\\" {x}\\nb","healthy":false}},
        {"name":"handlers","status":"UP","data":{"detail":"none","healthy":true}}]}""";

  @Test
  void what_fails_is_read_from_the_health_of_the_node() throws Exception {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/health/ready",
        exchange -> {
          byte[] body = FAULTS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
    try {
      assertThat(NodeHealth.ongoingFaults("127.0.0.1:" + node.getAddress().getPort()))
          .contains("1 kinds of work fail: \"a\" {x} b");
    } finally {
      node.stop(0);
    }
  }

  @Test
  void a_node_on_which_nothing_fails_and_one_that_is_silent_say_nothing() {
    assertThat(NodeHealth.read(FAULTS.replace("\"healthy\":false", "\"healthy\":true"))).isEmpty();
    assertThat(NodeHealth.read("<html>not found</html>")).isEmpty();
    assertThat(NodeHealth.ongoingFaults("127.0.0.1:1")).isEmpty();
  }
}
