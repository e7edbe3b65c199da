package io.tasklane.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Colours and bars are for terminals, and tables stay straight with them. */
class TerminalOutputTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter plain = new PrintWriter(text);

  private static Table table() {
    return new Table("NAME", "STATE", "N").row("a", "RUNNING", 1).row("bb", "FAILED", 2);
  }

  @Test
  void a_terminal_shows_headings_and_states_in_colours() {
    table().print(new TerminalWriter(plain, true));
    assertThat(text.toString())
        .isEqualTo(
            "\u001b[1mNAME\u001b[0m  \u001b[1mSTATE\u001b[0m    \u001b[1mN\u001b[0m\n"
                + "a     \u001b[36mRUNNING\u001b[0m  1\n"
                + "bb    \u001b[31mFAILED\u001b[0m   2\n");
  }

  @Test
  void without_colours_or_a_terminal_it_is_the_same_text_without_them() {
    table().print(new TerminalWriter(plain, false));
    String shown = text.toString();
    assertThat(shown).isEqualTo("NAME  STATE    N\na     RUNNING  1\nbb    FAILED   2\n");
    text.getBuffer().setLength(0);
    table().print(plain);
    assertThat(text).hasToString(shown);
  }

  @Test
  void a_bar_fills_up_on_a_terminal_alone() {
    PrintWriter terminal = new TerminalWriter(plain, false);
    assertThat(ProgressBar.of(terminal, 1, 4)).isEqualTo("[######..................] ");
    assertThat(ProgressBar.of(terminal, 9, 4)).isEqualTo("[########################] ");
    assertThat(ProgressBar.of(terminal, 0, 0)).isEqualTo("[........................] ");
    assertThat(ProgressBar.of(plain, 1, 4)).isEmpty();
  }
}
