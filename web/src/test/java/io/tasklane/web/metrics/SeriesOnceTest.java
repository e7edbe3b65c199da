package io.tasklane.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesOnceTest {

  @Test
  void a_series_that_is_given_twice_stands_where_it_stood_first() {
    String page =
        """
        # TYPE threads gauge
        # HELP threads How many.
        threads{mp_scope="base"} 20.0
        threads{mp_scope="vendor"} 3.0
        plain 1
        # TYPE threads gauge
        # HELP threads How many.
        threads{mp_scope="base"} 21.0
        odd{name="a} b 3"} 1.0
        odd{name="a} b 4"} 1.0
        plain 2
        # EOF
        """;
    assertThat(SeriesOnce.of(page))
        .isEqualTo(
            """
            # TYPE threads gauge
            # HELP threads How many.
            threads{mp_scope="base"} 20.0
            threads{mp_scope="vendor"} 3.0
            plain 1
            odd{name="a} b 3"} 1.0
            odd{name="a} b 4"} 1.0
            # EOF
            """);
  }

  @Test
  void a_page_without_repetitions_stays_as_it_is() {
    assertThat(SeriesOnce.of("a 1\n\nb{x=\"1\"} 2 1700000000\n"))
        .isEqualTo("a 1\n\nb{x=\"1\"} 2 1700000000\n");
    assertThat(SeriesOnce.of("")).isEmpty();
  }
}
