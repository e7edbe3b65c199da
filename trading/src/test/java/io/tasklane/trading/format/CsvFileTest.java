package io.tasklane.trading.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {
  private static List<CsvRow> rows(String text) {
    return CsvFile.rows("x.csv", text.getBytes(StandardCharsets.UTF_8), List.of("a", "b"));
  }

  @Test
  void it_reads_what_spreadsheets_write() {
    List<CsvRow> rows = rows("\uFEFFA,b\r\n" + "\"x, \"\"y\"\"\",2\r\n\r\n 3 ,4\r\n");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).text("a")).isEqualTo("x, \"y\"");
    assertThat(rows.get(1).text("a")).isEqualTo("3");
    assertThat(rows.get(1).line()).isEqualTo(4);
  }

  @Test
  void columns_may_come_in_any_order_and_case_and_more_than_needed() {
    CsvRow row = rows("B,c,A\n1,2,3\n").get(0);
    assertThat(row.decimal("a")).isEqualByComparingTo("3");
    assertThat(row.optionalText("d")).isEmpty();
  }

  @Test
  void an_open_quote_and_bytes_that_are_no_text_are_named() {
    assertThatThrownBy(() -> rows("a,b\n\"x,2\n")).hasMessageContaining("x.csv line 2");
    assertThatThrownBy(() -> CsvFile.rows("x.csv", new byte[] {'a', (byte) 0xff}, List.of("a")))
        .hasMessageContaining("x.csv: is not UTF-8");
    assertThatThrownBy(() -> rows("")).hasMessageContaining("a header with the columns a, b");
  }

  @Test
  void spaces_may_stand_around_quotes_and_lines_may_end_in_any_way() {
    assertThat(rows("a,b\n \"x, y\" , 2").get(0).text("a")).isEqualTo("x, y");
    assertThat(rows("a,b\r1,2\r3,4\r")).extracting(CsvRow::line).containsExactly(2, 3);
    assertThat(rows("a,b\n\n  \n1,2\n \n")).extracting(CsvRow::line).containsExactly(4);
  }

  @Test
  void a_quote_inside_a_cell_that_does_not_begin_with_one_is_text() {
    assertThat(rows("a,b\n5\" pipe,2\n").get(0).text("a")).isEqualTo("5\" pipe");
  }

  @Test
  void a_quote_left_open_is_named_by_its_line_and_takes_no_later_row_with_it() {
    for (String text :
        List.of(
            "a,b\n1,\"2",
            "a,b\n1,\"2\n",
            "a,b\n\"1,2\n3,4\n",
            "a,b\n\"1,2\r\n3,\"4\"\r\n",
            "a,b\n\"1,2\r3\",4\r",
            "a,b\n\"1\"1,2\n")) {
      assertThatThrownBy(() -> rows(text))
          .as(text)
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("x.csv line 2");
    }
  }

  @Test
  void a_row_with_another_number_of_cells_is_named_with_what_belongs_there() {
    assertThatThrownBy(() -> rows("a,b\n\n1,2,3\n"))
        .hasMessageContaining("x.csv line 3")
        .hasMessageContaining("\"1,2,3\"")
        .hasMessageContaining("2 cells (a, b), there are 3");
  }

  @Test
  void a_header_that_is_not_on_the_first_line_is_none() {
    assertThatThrownBy(() -> rows("\na,b\n1,2\n")).hasMessageContaining("x.csv line 1");
  }

  @Test
  void numbers_are_plain_decimals() {
    assertThat(Decimals.parse(" -12.50 "))
        .hasValueSatisfying(n -> assertThat(n).isEqualTo("-12.50"));
    for (String text :
        List.of(
            "",
            "-",
            ".",
            ".5",
            "--1",
            "1.2.3",
            "1e5",
            "1,000",
            "0x1",
            "NaN",
            "1.",
            "1234567890123456")) {
      assertThat(Decimals.parse(text)).as(text).isEmpty();
    }
  }
}
