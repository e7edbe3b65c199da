package io.tasklane.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrownTest {
  @Test
  void a_name_reads_back_as_what_it_was_made_of() {
    Grown million = new Grown("tasks waiting", 1_000_000, "create rate, one at a time");
    assertThat(million.name()).isEqualTo("tasks waiting 1,000,000: create rate, one at a time");
    assertThat(Grown.of(million.name())).contains(million);
  }

  @Test
  void another_name_is_none() {
    assertThat(Grown.of("chain of 1000, a hop")).isEmpty();
    assertThat(Grown.of("create in bulk, one stream")).isEmpty();
  }
}
