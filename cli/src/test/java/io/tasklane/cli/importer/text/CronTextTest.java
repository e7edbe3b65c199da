package io.tasklane.cli.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.cli.importer.text.CronText.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field means what it meant where it came from. */
class CronTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MINUTE | 0 | * | *",
        "MINUTE | 0 | */7 | */7",
        "MINUTE | 0 | 5/20 | 5-59/20",
        "MINUTE | 0 | 1,3-9/2 | 1,3-9/2",
        "HOUR | 0 | 22-2 | 22-23,0-2",
        "MONTH | 0 | jan-MAR | 1-3",
        "MONTH | 0 | nov-feb | 11-12,1-2",
        "WEEKDAY | 0 | sun | 0",
        "WEEKDAY | 0 | 7 | 7",
        "WEEKDAY | 0 | FRI-MON | 5-1",
        "WEEKDAY | 1 | 1 | 0",
        "WEEKDAY | 1 | 7 | 6",
        "WEEKDAY | 1 | 2-6 | 1-5",
        "WEEKDAY | 1 | MON-FRI | 1-5",
        "WEEKDAY | 1 | 2/2 | 1-6/2",
        "DAY | 1 | ? | ?",
      })
  void what_has_a_counterpart_is_written_as_tasklane_reads_it(
      Field field, int sunday, String given, String read) throws LeftOut {
    assertThat(CronText.field(field, given, sunday)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MINUTE | 0 | 60",
        "MINUTE | 0 | 1-60",
        "MINUTE | 0 | */0",
        "MINUTE | 0 | 0~30",
        "MINUTE | 0 | 1,,2",
        "MINUTE | 0 | H/15",
        "HOUR | 0 | 22-4/2",
        "DAY | 0 | 0",
        "DAY | 0 | L",
        "DAY | 0 | 15W",
        "MONTH | 0 | 13",
        "MONTH | 0 | foo",
        "WEEKDAY | 0 | 8",
        "WEEKDAY | 0 | 5L",
        "WEEKDAY | 1 | 0",
        "WEEKDAY | 1 | 8",
        "WEEKDAY | 1 | 6#3",
      })
  void what_has_none_is_left_out(Field field, int sunday, String given) {
    assertThatThrownBy(() -> CronText.field(field, given, sunday)).isInstanceOf(LeftOut.class);
  }
}
