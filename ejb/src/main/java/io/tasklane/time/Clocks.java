package io.tasklane.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The only source of system time and randomness in the application. */
@ApplicationScoped
public class Clocks {
  /** The time, in UTC. */
  @Produces
  public Clock time() {
    return Clock.systemUTC();
  }

  /** Randomness, safe for many threads: each has its own generator. */
  @Produces
  public RandomGenerator chance() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
