package io.tasklane.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_are_as_wide_as_their_widest_cell() {
    assertThat(new Table("A", "LONGER").row("wide cell", 1).row(null, "x").lines())
        .containsExactly("A          LONGER", "wide cell  1", "           x");
  }

  @Test
  void a_row_has_a_cell_for_each_heading() {
    Table table = new Table("A", "B");
    assertThatThrownBy(() -> table.row("one")).hasMessageContaining("1 cells for the 2 headings");
  }
}
