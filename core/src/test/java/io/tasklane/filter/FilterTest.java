package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {

  @Test
  void a_blank_filter_compares_nothing() {
    assertThat(Filter.parse("  \t").allOf()).isEmpty();
  }

  @Test
  void or_binds_more_tightly_than_and() {
    Filter filter = Filter.parse("a = 1 AND b = 2 OR b = 3 AND (c = 4 OR c = 5)");

    assertThat(filter.allOf()).extracting(anyOf -> anyOf.size()).containsExactly(1, 2, 2);
    assertThat(filter.comparisons())
        .extracting(Comparison::value)
        .containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void quoted_values_keep_spaces_quotes_and_backslashes() {
    Filter filter = Filter.parse("subject != \"say \\\"AND\\\" \\\\ end\"");

    assertThat(filter.comparisons())
        .containsExactly(new Comparison("subject", Operator.DIFFERS, "say \"AND\" \\ end", 1));
  }

  @Test
  void names_need_no_quotes() {
    assertThat(Filter.parse("subject:tasks/a-1.b_2").comparisons())
        .containsExactly(new Comparison("subject", Operator.STARTS_WITH, "tasks/a-1.b_2", 1));
  }

  @Test
  void times_are_compared_by_which_comes_first() {
    Filter filter = Filter.parse("a<1 AND b <= 2 AND c>3 AND d>= 4");

    assertThat(filter.comparisons())
        .extracting(Comparison::operator)
        .containsExactly(Operator.BEFORE, Operator.UNTIL, Operator.AFTER, Operator.FROM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "queue | 6 | the end | =, !=, :, <, <=, > or >=",
        "queue ~ 3 | 7 | ~ | =, !=, :, <, <=, > or >=",
        "queue = | 8 | the end | a value",
        "queue = AND | 9 | AND | a value",
        "= 3 | 1 | = | the name of a field",
        "a = 1 b = 2 | 7 | b | AND, OR or the end",
        "a = 1 AND | 10 | the end | the name of a field",
        "(a = 1 | 7 | the end | OR or )",
        "NOT a = 1 | 1 | NOT | the name of a field",
        "a = \"open | 5 | no closing quote | quote",
      })
  void what_is_no_filter_is_refused_with_its_position(
      String text, int position, String seen, String allowed) {
    assertThatThrownBy(() -> Filter.parse(text))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("position " + position)
        .hasMessageContaining(seen)
        .hasMessageContaining(allowed)
        .satisfies(e -> assertThat(((FilterException) e).position()).isEqualTo(position));
  }
}
