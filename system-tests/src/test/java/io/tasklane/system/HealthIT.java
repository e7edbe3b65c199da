package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tasklane.v1.ComponentStatus;
import io.tasklane.v1.GetSystemStatusRequest;
import io.tasklane.v1.GetSystemStatusResponse;
import io.tasklane.v1.MonitoringServiceGrpc;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server says about itself while its parts are frozen. */
@ExtendWith(RestartedServer.Shared.class)
class HealthIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static RunningServer server;

  @BeforeAll
  static void start(RestartedServer restarted) {
    server = restarted.running();
  }

  @Test
  void a_server_that_works_is_live_started_and_ready_and_tells_lag_lease_and_owners()
      throws Exception {
    assertThat(Http.get(server, "/health/live").statusCode()).isEqualTo(200);
    assertThat(Http.get(server, "/health/started").statusCode()).isEqualTo(200);
    Map<String, JsonObject> checks =
        awaitReady(told -> told.get("queues").toString().contains("AI_ANALYSIS"));
    assertThat(checks)
        .containsOnlyKeys(
            "broker",
            "jms-ingress",
            "database",
            "event-log",
            "event-topic",
            "grpc",
            "handlers",
            "node-lease",
            "ongoing-faults",
            "queues");
    assertThat(data(checks, "event-log").get("lag-ms").getAsLong()).isBetween(0L, 60_000L);
    assertThat(data(checks, "node-lease").get("left-ms").getAsLong()).isBetween(1L, 6_000L);
    for (String queue : new String[] {"PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS"}) {
      assertThat(data(checks, "queues").get(queue).getAsString()).isEqualTo("node-1");
    }
    assertThat(status().getHealthy()).isTrue();
    assertThat(status().getComponentsList())
        .extracting(ComponentStatus::getComponent)
        .containsExactlyInAnyOrderElementsOf(checks.keySet());
  }

  @Test
  void while_the_database_hangs_the_node_is_live_but_not_ready_and_says_why_at_once()
      throws Exception {
    awaitReady(checks -> true);
    try (Frozen database = Frozen.part(server, "postgres")) {
      await("database", "DOWN");
      GetSystemStatusResponse status = status();
      assertThat(status.getHealthy()).isFalse();
      assertThat(status.getComponentsList())
          .filteredOn(part -> part.getComponent().equals("database"))
          .singleElement()
          .satisfies(part -> assertThat(part.getHealthy()).isFalse())
          .satisfies(part -> assertThat(part.getDetail()).contains("has not answered for"));
      assertThat(Http.get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(Http.get(server, "/prometheus").body())
          .contains("tasklane_component_up{component=\"database\"} 0.0");
    }
    await("database", "UP");
    awaitReady(checks -> true);
  }

  @Test
  void while_the_broker_hangs_the_node_is_not_ready_and_it_is_again_afterwards() throws Exception {
    awaitReady(checks -> true);
    try (Frozen broker = Frozen.part(server, "broker")) {
      Map<String, JsonObject> checks = await("broker", "DOWN");
      assertThat(data(checks, "broker").get("detail").getAsString()).contains("broker");
      assertThat(checks.get("database").get("status").getAsString()).isEqualTo("UP");
    }
    await("broker", "UP");
    awaitReady(checks -> true);
  }

  private static GetSystemStatusResponse status() {
    try (Client client = server.client()) {
      return MonitoringServiceGrpc.newBlockingStub(client.channel())
          .withDeadlineAfter(Http.BOUND.toSeconds(), TimeUnit.SECONDS)
          .getSystemStatus(GetSystemStatusRequest.getDefaultInstance());
    }
  }

  private static JsonObject data(Map<String, JsonObject> checks, String name) {
    return checks.get(name).getAsJsonObject("data");
  }

  /** Waits until this component is like that; the server is ready only while none is down. */
  private static Map<String, JsonObject> await(String component, String wanted) throws Exception {
    return await(
        checks -> checks.get(component).get("status").getAsString().equals(wanted),
        component + " is " + wanted);
  }

  private static Map<String, JsonObject> awaitReady(Predicate<Map<String, JsonObject>> also)
      throws Exception {
    return await(
        checks ->
            also.test(checks)
                && checks.values().stream()
                    .allMatch(check -> check.get("status").getAsString().equals("UP")),
        "ready");
  }

  private static Map<String, JsonObject> await(
      Predicate<Map<String, JsonObject>> wanted, String words) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> answer = Http.get(server, "/health/ready");
      JsonObject told = JsonParser.parseString(answer.body()).getAsJsonObject();
      Map<String, JsonObject> checks = new TreeMap<>();
      for (JsonElement each : told.getAsJsonArray("checks")) {
        checks.put(each.getAsJsonObject().get("name").getAsString(), each.getAsJsonObject());
      }
      boolean up =
          checks.values().stream().allMatch(c -> c.get("status").getAsString().equals("UP"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(up ? 200 : 503);
      if (wanted.test(checks)) {
        return checks;
      }
      assertThat(System.nanoTime()).as("%s; last: %s", words, answer.body()).isLessThan(end);
      Thread.sleep(200);
    }
  }
}
