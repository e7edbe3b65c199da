package io.tasklane.grpc;

import io.tasklane.api.ComponentHealth;
import io.tasklane.fault.OngoingFault;
import io.tasklane.service.SystemService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A system service for tests, whose database and broker may be away. */
public final class SystemOfTest extends SystemService {
  public boolean brokerIsThere = true;
  public volatile boolean databaseIsThere = true;

  /** Reads that wait for the database were given up. */
  public final CountDownLatch givenUp = new CountDownLatch(1);

  @Override
  public List<ComponentHealth> status() {
    return List.of(
        ComponentHealth.fine("database", "works", Map.of("answer-ms", "1")),
        new ComponentHealth(
            "broker", brokerIsThere, brokerIsThere ? "" : "connection refused", Map.of()));
  }

  @Override
  public List<OngoingFault> faults() {
    Instant since = Instant.ofEpochSecond(1_800_000_000);
    return List.of(
        new OngoingFault("queues/Q: dispatch", since, since.plusSeconds(9), 7, "Error: broken"));
  }

  @Override
  public Optional<String> databaseOutage() {
    return databaseIsThere ? Optional.empty() : Optional.of("has not answered for 5 s");
  }

  @Override
  public void giveUpReads() {
    givenUp.countDown();
  }

  @Override
  public long revision() {
    return 99;
  }
}
