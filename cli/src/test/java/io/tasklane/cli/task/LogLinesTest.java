package io.tasklane.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each line of a log that moves on is printed once. */
class LogLinesTest {
  private final LogLines lines = new LogLines();

  @Test
  void what_was_there_before_is_not_new() {
    assertThat(lines.more("")).isEmpty();
    assertThat(lines.more("a\nb")).containsExactly("a", "b");
    assertThat(lines.more("a\nb")).isEmpty();
    assertThat(lines.more("a\nb\nb")).containsExactly("b");
  }

  @Test
  void lines_that_have_left_at_the_front_do_not_make_others_new() {
    lines.more("a\nb\nc");
    assertThat(lines.more("b\nc\nd\ne")).containsExactly("d", "e");
    assertThat(lines.more("x\ny")).as("more than a whole log").containsExactly("x", "y");
  }
}
