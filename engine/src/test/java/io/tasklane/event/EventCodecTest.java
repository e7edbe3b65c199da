package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.feature.EventCodec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of event is read by the codec that its feature registers. */
class EventCodecTest {
  private static final int OF_A_NEWER_BUILD = 9_999;

  @Test
  void a_kind_without_a_codec_is_named() {
    EventRows rows = new EventRows(key -> "Q").register(codecsOfAllBut(EventKind.TASKS_REMOVED));

    assertThatThrownBy(rows::requireAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TASKS_REMOVED (code 5)")
        .hasMessageNotContaining("QUEUE_CHANGED");
  }

  @Test
  void every_kind_with_a_codec_passes() {
    AllEvents.rows(key -> "Q").requireAll();
  }

  @Test
  void a_kind_with_two_codecs_is_named() {
    EventRows rows = new EventRows(key -> "Q").register(codecsOfAllBut(EventKind.PUBLISHED));

    assertThatThrownBy(
            () -> rows.register(List.of(EventCodec.stored(EventKind.QUEUE_CHANGED, "other"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("QUEUE_CHANGED (code 3)");
  }

  @Test
  void the_codes_are_those_in_the_rows_of_all_builds() {
    assertThat(Arrays.stream(EventKind.values()).map(kind -> kind + "=" + kind.code()))
        .containsExactly(
            "TASK_MOVED=1",
            "TASK_PROGRESSED=2",
            "QUEUE_CHANGED=3",
            "PUBLISHED=4",
            "TASKS_REMOVED=5",
            "DEAD_LETTER_REPLAYED=11",
            "DEAD_LETTER_DISCARDED=12",
            "SCHEDULE_CHANGED=13",
            "SCHEDULE_RAN=14",
            "SCHEDULE_SKIPPED=15",
            "CALENDAR_CHANGED=16",
            "WORKFLOW_STARTED=41",
            "WORKFLOW_STATE_CHANGED=42",
            "WORKFLOW_NODE_CHANGED=43",
            "WORKFLOW_NODE_DECIDED=44",
            "FACT_SET=51",
            "FACT_DELETED=52",
            "TRIGGER_CHANGED=61",
            "TASK_STEP_SUCCEEDED=71",
            "TASK_STEP_FAILED=72");
  }

  @Test
  void an_event_of_a_newer_build_does_not_keep_the_next_from_being_read() {
    Database database = Postgres.empty();
    Postgres.run(
        database,
        """
        INSERT INTO task_event (xid, seq, time, kind, subject)
          VALUES (1, 1, now(), %d, 'orders/1');
        INSERT INTO task_event (xid, seq, time, kind, subject, data)
          VALUES (1, 2, now(), %d, 'queues/Q', '{"state":"PAUSED"}')"""
            .formatted(OF_A_NEWER_BUILD, EventKind.QUEUE_CHANGED.code()));

    List<LogEvent> events =
        database.with(
            connection ->
                new EventReader(connection, AllEvents.rows(key -> "Q"))
                    .after(new ResumeToken("", 0, 0), 10));

    assertThat(events).extracting(LogEvent::type).containsExactly("unknown", "queue.changed");
    assertThat(events).extracting(LogEvent::subject).containsExactly("orders/1", "queues/Q");
    assertThat(events.get(0).data()).isEqualTo("{}");
  }

  private static List<EventCodec> codecsOfAllBut(EventKind missing) {
    return Arrays.stream(EventKind.values())
        .filter(kind -> kind != missing)
        .map(kind -> EventCodec.stored(kind, "type"))
        .toList();
  }
}
