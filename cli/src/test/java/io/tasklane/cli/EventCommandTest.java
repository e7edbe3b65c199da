package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.tasklane.v1.Event;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventCommandTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_published_event_is_answered_with_its_revision_and_listed_with_its_data() {
    CommandRun published =
        run("event", "publish", "market.news", "symbols/AAPL", "--data", "{\"price\":1}");
    assertThat(published.exitCode()).isZero();
    assertThat(published.out()).contains("revision 1");
    assertThat(run("event", "list").out())
        .contains("TIME", "market.news", "symbols/AAPL", "{\"price\":1}");
    var listed = JsonParser.parseString(run("event", "list", "-o", "json").out()).getAsJsonArray();
    var data = listed.get(0).getAsJsonObject().getAsJsonObject("data").getAsJsonObject("inline");
    assertThat(data.get("price").getAsInt()).isEqualTo(1);
  }

  @Test
  void a_list_takes_as_many_pages_as_it_needs_and_says_when_there_are_more() {
    publish(700);
    CommandRun some = run("event", "list", "--limit", "600");
    assertThat(some.out().lines()).hasSize(601);
    assertThat(some.err()).contains("there are more");
    assertThat(run("event", "list", "--limit", "800").out().lines()).hasSize(701);
    assertThat(run("event", "list", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void a_watch_goes_on_where_its_stream_broke() {
    publish(30);
    CommandRun watch = run("event", "watch", "--from", "0", "--count", "30");
    assertThat(watch.exitCode()).isZero();
    assertThat(watch.out().lines()).hasSize(30).doesNotHaveDuplicates();
    assertThat(watch.lastLine()).contains("test.flow", "flow/29");
  }

  @Test
  void a_watch_in_json_has_one_event_on_a_line() {
    publish(2);
    CommandRun watch = run("event", "watch", "--from", "0", "--count", "2", "-o", "json");
    assertThat(watch.out().lines())
        .allSatisfy(line -> assertThat(JsonParser.parseString(line).isJsonObject()).isTrue());
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      server.publish(Event.newBuilder().setEventType("test.flow").setSubject("flow/" + i).build());
    }
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }
}
