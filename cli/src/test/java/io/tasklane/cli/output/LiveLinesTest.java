package io.tasklane.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private final StringWriter text = new StringWriter();

  private LiveLines lines(boolean terminal, Duration pause) {
    return new LiveLines(new PrintWriter(text), terminal, pause);
  }

  @Test
  void a_terminal_redraws_the_lines_in_place() {
    LiveLines lines = lines(true, Duration.ofHours(1));
    lines.show(List.of("a 1", "b 1"));
    lines.show(List.of("a 2", "b 1"));
    assertThat(text.toString()).contains("\u001b[2A").endsWith("a 2\n\r\u001b[2Kb 1\n");
  }

  @Test
  void elsewhere_there_are_no_codes_and_not_every_change_is_printed() {
    LiveLines lines = lines(false, Duration.ofHours(1));
    lines.show(List.of("a 1"));
    lines.show(List.of("a 2"));
    lines.end(List.of("a 3"));
    assertThat(text.toString().lines()).containsExactly("a 1", "a 3");
  }

  @Test
  void elsewhere_what_did_not_change_is_not_printed_again() {
    LiveLines lines = lines(false, Duration.ZERO);
    lines.show(List.of("a 1"));
    lines.show(List.of("a 1"));
    lines.show(List.of("a 2"));
    lines.end(List.of("a 2"));
    assertThat(text.toString().lines()).containsExactly("a 1", "a 2");
  }
}
