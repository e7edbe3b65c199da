package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskNamesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T09:29:59.123Z");

  @Test
  void a_name_is_a_uuid_of_version_7_that_begins_with_the_time() {
    TaskNames names = at(NOW);
    for (int i = 0; i < 1_000; i++) {
      UUID name = UUID.fromString(names.get());
      assertThat(name.version()).isEqualTo(7);
      assertThat(name.variant()).as("variant of RFC 9562").isEqualTo(2);
      assertThat(name.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }
  }

  @Test
  void names_sort_as_they_were_drawn_from_one_millisecond_to_the_next() {
    List<String> drawn = new ArrayList<>();
    for (int millis = 0; millis < 500; millis++) {
      drawn.add(at(NOW.plusMillis(millis)).get());
    }
    assertThat(drawn).isSorted();
  }

  @Test
  void names_of_one_millisecond_differ() {
    TaskNames names = at(NOW);
    HashSet<String> drawn = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.add(names.get());
    }
    assertThat(drawn).hasSize(10_000);
  }

  private static TaskNames at(Instant now) {
    return new TaskNames(Clock.fixed(now, ZoneOffset.UTC), new Random(now.toEpochMilli()));
  }
}
