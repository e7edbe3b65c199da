package io.tasklane.cli.fact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import com.google.protobuf.util.Values;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.SetFactRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FactCommandTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  private SetFactRequest set(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "fact";
    args[1] = "set";
    System.arraycopy(options, 0, args, 2, options.length);
    CommandRun run = run(args);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return (SetFactRequest) server.facts.asked.get(server.facts.asked.size() - 1);
  }

  private Value value(String text) {
    return set("f", text).getFact().getValue();
  }

  @Test
  void a_value_is_json_or_a_word() {
    assertThat(value("true")).isEqualTo(Values.of(true));
    assertThat(value("4.5e2")).isEqualTo(Values.of(450));
    assertThat(value("[1, \"a\"]").getListValue().getValuesList())
        .containsExactly(Values.of(1), Values.of("a"));
    assertThat(value("live")).isEqualTo(Values.of("live"));
    assertThat(value("0700")).isEqualTo(Values.of("0700"));
    assertThat(value("\"true\"")).isEqualTo(Values.of("true"));
  }

  @Test
  void what_begins_like_json_and_is_none_is_a_usage_error() {
    assertThat(run("fact", "set", "f", "{\"a\":}").exitCode()).isEqualTo(2);
    assertThat(run("fact", "set", "f", "[1").exitCode()).isEqualTo(2);
    assertThat(server.facts.asked).isEmpty();
  }

  @Test
  void a_fact_holds_until_a_time_or_for_a_while() throws Exception {
    SetFactRequest at =
        set("f", "1", "--expires-at", "2026-11-23T16:00:00Z", "--reason", "w", "--request-id", "r");
    assertThat(at.getFact().getExpireTime()).isEqualTo(Timestamps.parse("2026-11-23T16:00:00Z"));
    assertThat(at.getReason()).isEqualTo("w");
    assertThat(at.getRequestId()).isEqualTo("r");
    assertThat(set("f", "1", "--expires-in", "8h").getFact().hasExpireTime()).isTrue();
    assertThat(set("f", "1").getFact().hasExpireTime()).isFalse();
    assertThat(run("fact", "set", "f", "1", "--expires-at", "noon").exitCode()).isEqualTo(2);
  }

  @Test
  void facts_are_listed_shown_and_deleted() {
    assertThat(run("fact", "list").out()).contains("facts/portfolio_synced", "true");
    assertThat(run("fact", "get", "portfolio_synced", "-o", "json").out()).contains("\"value\"");
    assertThat(run("fact", "delete", "portfolio_synced").out())
        .contains("deleted facts/portfolio_synced");
    DeleteFactRequest asked = (DeleteFactRequest) server.facts.asked.get(2);
    assertThat(asked.getName()).isEqualTo("facts/portfolio_synced");
  }
}
