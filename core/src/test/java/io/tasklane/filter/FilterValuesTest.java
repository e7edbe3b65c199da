package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that its field can never have is a typing error, and is refused as one. */
class FilterValuesTest {
  private static final Map<String, Consumer<String>> PARSERS =
      Map.of(
          "tasks", TaskFilter::parse,
          "dead letters", DeadLetterFilter::parse,
          "events", EventFilter::parse);

  static Stream<Arguments> impossible() {
    Stream<String> everywhere =
        Stream.of(
            "queue = \"data_fetcher\"",
            "queue = \"queues/data_fetcher\"",
            "queue = \"DATA*\"",
            "queue = \"queues/queues/DATA_FETCHER\"",
            "queue = \"queues/\"",
            "queue = \"\"",
            "queue = " + "A".repeat(64),
            "task_type = \"no such type!\"",
            "task_type = \"\"",
            "task_type = \"news*\"");
    return Stream.of(
            everywhere.flatMap(
                filter -> PARSERS.keySet().stream().map(list -> Arguments.of(list, filter))),
            of("tasks", "labels.1desk = us", "labels.desk = \"a\u0007b\"", "failure.code = down"),
            of("tasks", "failure.code = \"FEED*\"", "priority = high", "state = queued"),
            of("dead letters", "failure.code = feedDown", "fingerprint = abc"),
            of("dead letters", "fingerprint = 0123456789ABCDEF", "fingerprint = \"\""),
            of("events", "event_type = \"Task.State\"", "event_type = task", "event_type = \"\""),
            of("events", "event_type = \"task.*\"", "event_type : \"Task.\"", "event_type : \"\""),
            of("events", "event_type = " + "a.".repeat(64) + "b", "event_type != \"task.\""),
            of("events", "subject = \"tasks/*\"", "subject : \"symbols/*\"", "subject = \"\""),
            of(
                "events",
                "subject = \"tasks/a b\"",
                "subject = \"queues/data\"",
                "subject = tasks/"),
            of("events", "subject : \"queues/d\"", "subject = \"a\u0007\"", "subject != \"*\""),
            of("events", "queue : data", "queue : \"queues/\"", "queue != data", "state : BUSY"),
            of("events", "state : \"\"", "task_type : \"!\"", "queue : " + "A".repeat(64)))
        .flatMap(some -> some);
  }

  private static Stream<Arguments> of(String list, String... filters) {
    return Stream.of(filters).map(filter -> Arguments.of(list, filter));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void what_could_never_match_is_refused_with_its_position(String list, String impossible) {
    String filter = "create_time < \"2026-11-23T09:30:00Z\" AND ";
    String before = list.equals("events") ? "state = RUNNING AND " : filter;
    assertThatThrownBy(() -> PARSERS.get(list).accept(before + impossible))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("is not allowed: ")
        .satisfies(
            wrong ->
                assertThat(((FilterException) wrong).position()).isEqualTo(before.length() + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queue = NOT_CREATED_YET",
        "queue : D OR queue : \"queues/DATA_\"",
        "task_type = a.b-c_D1",
        "task_type : system.",
        "event_type : task. OR event_type : t OR event_type : task.state_changed",
        "subject : tasks/ OR subject : \"tasks/a\" OR subject : task OR subject = tasks/a-1.b_2",
        "subject = \"symbols/BRK B\" OR subject : queues/D OR subject = deadLetters/x",
        "state : S",
      })
  void what_may_match_some_day_is_accepted(String filter) {
    assertThatCode(() -> EventFilter.parse(filter)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels.desk = \"\"", "labels.Desk_1-a = \"us eq*\"", "queue = NEW"})
  void a_label_may_hold_any_text_and_be_empty(String filter) {
    assertThatCode(() -> TaskFilter.parse(filter)).doesNotThrowAnyException();
  }
}
