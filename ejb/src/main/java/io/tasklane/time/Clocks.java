package io.tasklane.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The one place where the system's time and chance enter the application. */
@ApplicationScoped
public class Clocks {
  /** The time, in UTC. */
  @Produces
  public Clock time() {
    return Clock.systemUTC();
  }

  /** Chance, safe for many threads: each draws from its own. */
  @Produces
  public RandomGenerator chance() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
