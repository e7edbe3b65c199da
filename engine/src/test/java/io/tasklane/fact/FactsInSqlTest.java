package io.tasklane.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fact is absent in SQL from the very microsecond on that core names. */
class FactsInSqlTest {
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(300, this::row);

  private record Row(Optional<Instant> expireTime, Instant at) {
    boolean isPresent() {
      return new Fact("f", 1, expireTime).at(at).isPresent();
    }
  }

  private Row row() {
    return new Row(random.maybe(random::time), random.time());
  }

  @Test
  void a_fact_is_absent_from_its_expire_time_on() {
    assertThat(
            new RandomRows<>(rows)
                .column("f.value", "text", row -> "1")
                .column("f.expire_time", "timestamptz", Row::expireTime)
                .column("t.at", "timestamptz", Row::at)
                .differences(Postgres.empty(), FactReader.PRESENT, Row::isPresent))
        .as(random.toString())
        .isEmpty();
  }
}
