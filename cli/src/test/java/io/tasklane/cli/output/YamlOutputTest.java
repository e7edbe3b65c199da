package io.tasklane.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.Event;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** {@code -o yaml} says what {@code -o json} says, everywhere. */
class YamlOutputTest {
  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
    run(
        "task",
        "create",
        "NEWS",
        "system.noop",
        "--id",
        "t1",
        "--input",
        "{\"no\": [\"NO\", 1.5]}");
    server.publish(Event.newBuilder().setEventType("a.b").setSubject("s/1").build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task get t1",
        "task list",
        "task types",
        "task explain t1",
        "task wait t1",
        "event list",
        "queue create NEWS --concurrency 3 --request-id r",
        "queue delete NEWS",
        "queue stats",
        "resource list",
        "fact list",
        "template list",
        "trigger list",
        "schedule list",
        "workflow list",
        "calendar list",
        "dlq list",
      })
  void yaml_says_what_json_says(String command) {
    CommandRun json = run((command + " -o json").split(" "));
    CommandRun yaml = run((command + " -o yaml").split(" "));
    assertThat(yaml.exitCode()).isEqualTo(json.exitCode());
    assertThat(read(yaml.out())).isEqualTo(GSON.fromJson(json.out(), Object.class));
  }

  @Test
  void what_follows_each_other_is_a_stream_of_documents() {
    String watched = run("task", "watch", "t1", "-o", "yaml").out();
    assertThat(watched).startsWith("---\nname: tasks/t1\n");
    Iterable<Object> documents =
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
            .loadAllFromString(watched);
    assertThat(documents).hasSize(2);
  }

  /** Readers of YAML 1.1 take some of these for something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO",
        "yes",
        "on",
        "~",
        "null",
        "12",
        "1e3",
        "0x1F",
        "0o17",
        "12:30:45",
        "2026-11-30",
        "1_000",
        "-",
        "a: b",
        "# a",
        "'",
        "\"",
        "",
        " a",
        "a\nb",
        "\u0085",
        "\u2028",
        "\u007f",
        "=",
        "<<",
        ".inf",
        "é",
        "😀",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "{",
        "[",
        "true"
      })
  void a_text_stays_that_text(String text) {
    JsonElement tree = new Gson().toJsonTree(Map.of("key", text, "list", new String[] {text}));
    String yaml = OutputFormat.YAML.document(tree);
    assertThat(read(yaml)).isEqualTo(GSON.fromJson(tree, Object.class));
    if (!text.equals("é") && !text.equals("a")) {
      assertThat(yaml).contains("key: \"");
    }
  }

  @Test
  void a_key_and_a_number_stay_what_they_are() {
    String json = "{\"NO\": 12345678901234567890, \"1\": -0.5, \"e\": {}, \"l\": [[], [1]]}";
    String yaml = OutputFormat.YAML.document(JsonParser.parseString(json));
    assertThat(yaml).isEqualTo("\"NO\": 12345678901234567890\n\"1\": -0.5\ne: {}\nl:\n- []\n- - 1");
  }

  private static Object read(String yaml) {
    Object value =
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    return GSON.fromJson(GSON.toJson(value), Object.class);
  }
}
