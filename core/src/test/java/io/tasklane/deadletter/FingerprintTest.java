package io.tasklane.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final String TRACE =
      """
      java.lang.IllegalStateException: no price for AAPL
      \tat io.tasklane.trading.risk.Prices.latest(Prices.java:41)
      \tat java.base/java.util.stream.ReferencePipeline.map(ReferencePipeline.java:212)
      \tat app//io.tasklane.trading.risk.RiskHandler.lambda$handle$3(RiskHandler.java:77)
      \tat io.tasklane.task.run.TaskRunner.run(TaskRunner.java:68)
      """;

  @Test
  void a_fingerprint_is_16_hexadecimal_digits() {
    assertThat(of("FEED_DOWN", "503", "")).matches("[0-9a-f]{16}");
    assertThat(of("FEED_DOWN", "", "")).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no price for AAPL | no price for BRK.B",
        "no prices for AAPL, MSFT | no prices for TSLA",
        "GET took 1503 ms | GET took 27.5 ms",
        "order 7d444840-9dc0-11d1-b245-5ffdce74fad2 is gone"
            + " | order 018f2c5e-1111-7abc-8def-0123456789ab is gone",
        "closed at 2026-11-23T09:30:00Z | closed at 2026-11-24T15:59:59.123Z",
        "no field 'pe_ratio' | no field 'eps'",
        "no field \"a b\" | no field \"c\"",
        "tasks/a-1 reached the time limit of 5 ms | tasks/b.2 reached the time limit of 90000 ms",
        "cookie 0xdeadbeef | cookie 0x12",
      })
  void failures_of_one_cause_share_it_whatever_they_were_about(String one, String other) {
    assertThat(of("X", one, "")).isEqualTo(of("X", other, ""));
  }

  @Test
  void line_numbers_and_the_numbers_of_generated_classes_do_not_tell_causes_apart() {
    String later =
        TRACE.replace("AAPL", "MSFT").replace(":41", ":45").replace("handle$3", "handle$9");

    assertThat(of("X", "no price for MSFT", later)).isEqualTo(of("X", "no price for AAPL", TRACE));
  }

  @Test
  void another_code_kind_or_message_is_another_cause() {
    assertThat(of("FEED_DOWN", "m", "")).isNotEqualTo(of("FEED_SLOW", "m", ""));
    assertThat(of("X", "no price for AAPL", "")).isNotEqualTo(of("X", "no volume for AAPL", ""));
    assertThat(Fingerprint.of(failure(Failure.Kind.PERMANENT, "X", "m", "")))
        .isNotEqualTo(Fingerprint.of(failure(Failure.Kind.TIMEOUT, "X", "m", "")));
  }

  @Test
  void another_place_is_another_cause() {
    String elsewhere = TRACE.replace("Prices.latest", "Prices.atOpen");

    assertThat(of("X", "no price", elsewhere)).isNotEqualTo(of("X", "no price", TRACE));
  }

  @Test
  void the_root_cause_counts_and_not_where_it_was_wrapped() {
    String wrapped =
        "java.lang.RuntimeException: task t-1\n\tat a.A.a(A.java:1)\nCaused by: " + TRACE;
    String wrappedElsewhere = wrapped.replace("a.A.a(A.java:1)", "b.B.b(B.java:2)");
    String otherRoot = wrapped.replace("IllegalStateException", "ArithmeticException");

    assertThat(of("X", "m", wrapped)).isEqualTo(of("X", "m", wrappedElsewhere));
    assertThat(of("X", "m", wrapped)).isNotEqualTo(of("X", "m", otherRoot));
  }

  @Test
  void traces_of_real_exceptions_are_told_apart_by_where_they_were_thrown() {
    assertThat(of("X", "m", trace(thrownHere("AAPL")))).isEqualTo(of("X", "m", again()));
    assertThat(of("X", "m", trace(thrownThere()))).isNotEqualTo(of("X", "m", again()));
  }

  private static String again() {
    return trace(thrownHere("MSFT"));
  }

  private static Exception thrownHere(String symbol) {
    return new IllegalStateException("no price for " + symbol);
  }

  private static Exception thrownThere() {
    return new IllegalStateException("no price for AAPL");
  }

  private static String trace(Exception thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    // the frames above differ by where the test called from
    return trace.toString().lines().limit(2).reduce("", (all, line) -> all + line + "\n");
  }

  private static String of(String code, String message, String trace) {
    return Fingerprint.of(failure(Failure.Kind.RETRYABLE, code, message, trace));
  }

  private static Failure failure(Failure.Kind kind, String code, String message, String trace) {
    return new Failure(kind, code, message, trace, Instant.EPOCH);
  }
}
