package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.ExternalEvent;
import io.tasklane.task.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events of the systems before Tasklane are read as they were written. */
class LegacyEventsTest {
  private static final String ENVELOPE =
      """
      {"id": "e-7", "type": "PORTFOLIO_UPDATED", "timestamp": "2026-11-30T09:30:00",
       "source": "portfolio_sync", "data": {"symbol": "AAPL", "n": 4.50},
       "correlation_id": "c", "version": "1.0"}""";

  private static Optional<ExternalEvent> read(String type, String subject, String data) {
    return LegacyEvents.read(type, subject, "", Payload.json(data));
  }

  @Test
  void an_envelope_becomes_data_and_its_rest_stands_below_legacy() {
    ExternalEvent event = read("PORTFOLIO_UPDATED", "", ENVELOPE).orElseThrow();
    assertThat(event.publication().eventType()).isEqualTo("portfolio.updated");
    assertThat(event.publication().subject()).isEqualTo("symbols/AAPL");
    assertThat(event.eventId()).contains("e-7");
    assertThat(event.publication().data().text())
        .isEqualTo(
            "{\"symbol\":\"AAPL\",\"n\":4.50,\"legacy\":{\"id\":\"e-7\","
                + "\"type\":\"PORTFOLIO_UPDATED\",\"timestamp\":\"2026-11-30T09:30:00\","
                + "\"source\":\"portfolio_sync\",\"correlation_id\":\"c\",\"version\":\"1.0\"}}");
  }

  @Test
  void the_subject_is_the_instrument_or_the_symbol_or_else_the_source() {
    assertThat(subject("{\"instrument\": \"ESZ6\", \"symbol\": \"ES\"}"))
        .isEqualTo("instruments/ESZ6");
    assertThat(subject("{\"symbol\": \"ES\"}")).isEqualTo("symbols/ES");
    assertThat(subject("{}")).isEqualTo("legacy/unknown");
    assertThat(
            read(
                    "queue.job.completed",
                    "",
                    "{\"type\": \"queue.job.completed\", \"payload\": {}, \"source\": \"bull\"}")
                .orElseThrow()
                .publication())
        .satisfies(
            event -> {
              assertThat(event.eventType()).isEqualTo("legacy.queue.job.completed");
              assertThat(event.subject()).isEqualTo("legacy/bull");
            });
    assertThat(read("MARKET_NEWS", "given/x", "{}").orElseThrow().publication().subject())
        .isEqualTo("given/x");
  }

  private static String subject(String data) {
    return read("MARKET_NEWS", "", data).orElseThrow().publication().subject();
  }

  @Test
  void what_is_written_as_ours_stays_as_it_is() {
    assertThat(read("market.news", "symbols/A", "{\"type\": \"x\", \"data\": {}}")).isEmpty();
    assertThat(read("market.news", "", "{\"symbol\": \"A\"}")).as("ours needs a subject").isEmpty();
    assertThat(read("portfolio.closed", "symbols/A", "{}")).isEmpty();
    assertThat(read("market.news", "symbols/A", "{\"type\": \"market.news\", \"data\": {}}"))
        .isPresent();
  }

  @Test
  void data_that_are_no_object_are_refused() {
    assertThatThrownBy(() -> read("MARKET_NEWS", "", "[1]"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
