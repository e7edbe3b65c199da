package io.tasklane.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  @Test
  void streams_live_thirty_minutes_give_or_take_three_and_not_all_the_same() {
    SplittableRandom random = new SplittableRandom(1);
    Collection<Duration> drawn = Stream.generate(() -> Lifetime.draw(random)).limit(1_000).toList();

    assertThat(drawn).allMatch(life -> life.compareTo(Duration.ofMinutes(27)) >= 0);
    assertThat(drawn).allMatch(life -> life.compareTo(Duration.ofMinutes(33)) <= 0);
    assertThat(drawn).anyMatch(life -> life.compareTo(Duration.ofMinutes(28)) < 0);
    assertThat(drawn).anyMatch(life -> life.compareTo(Duration.ofMinutes(32)) > 0);
  }
}
