package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Event;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.SubscribeEventsRequest;
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
  void the_newest_events_come_first_unless_the_oldest_are_wanted() {
    publish(3);
    CommandRun newest = run("event", "list", "--limit", "2");
    assertThat(newest.out()).containsSubsequence("flow/2", "flow/1").doesNotContain("flow/0");
    assertThat(newest.err()).contains("go on with --page 2", "event watch --from 3");
    assertThat(run("event", "list", "--page", "2").out())
        .contains("flow/0")
        .doesNotContain("flow/1");
    CommandRun oldest = run("event", "list", "--oldest-first", "--limit", "2");
    assertThat(oldest.out()).containsSubsequence("flow/0", "flow/1").doesNotContain("flow/2");
  }

  @Test
  void a_list_of_a_time_goes_on_with_the_same_time() {
    publish(3);
    String open = "2026-11-23T09:30:00Z";
    CommandRun run =
        run(
            "event",
            "list",
            "--since",
            open,
            "--until",
            "1h",
            "--filter",
            "state = A",
            "--limit",
            "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String filter = ((ListEventsRequest) server.events.asked.get(0)).getFilter();
    assertThat(filter).startsWith("event_time >= \"" + open + "\" AND event_time < \"20");
    assertThat(filter).endsWith(" AND state = A");
    String until = filter.replaceAll(".*event_time < \"([^\"]*)\".*", "$1");
    assertThat(run.err()).contains("--since " + open + " --until " + until + " --page 1");
    CommandRun wrong = run("event", "list", "--since", "yesterday");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("yesterday", "2026-11-23T09:30:00Z", "10m");
  }

  @Test
  void a_watch_from_a_time_asks_for_it_once_and_says_its_token_at_the_end() {
    publish(30);
    String open = "2026-11-23T09:30:00Z";
    CommandRun watch = run("event", "watch", "--from", open, "--count", "14");
    assertThat(watch.exitCode()).as(watch.err()).isZero();
    assertThat(watch.out().lines()).hasSize(14);
    var first = (SubscribeEventsRequest) server.events.asked.get(0);
    assertThat(Timestamps.toString(first.getStartTime())).isEqualTo(open);
    var second = (SubscribeEventsRequest) server.events.asked.get(1);
    assertThat(second.hasStartTime()).isFalse();
    assertThat(watch.err()).as("two of its message were not shown").contains("--from 12");
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
