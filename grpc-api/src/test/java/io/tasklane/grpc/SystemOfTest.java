package io.tasklane.grpc;

import io.tasklane.api.ComponentHealth;
import io.tasklane.service.SystemService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A system service for tests, whose database and broker may be away. */
public final class SystemOfTest extends SystemService {
  public boolean brokerIsThere = true;
  public volatile boolean databaseIsThere = true;

  @Override
  public List<ComponentHealth> status() {
    return List.of(
        ComponentHealth.fine("database", "works", Map.of("answer-ms", "1")),
        new ComponentHealth(
            "broker", brokerIsThere, brokerIsThere ? "" : "connection refused", Map.of()));
  }

  @Override
  public Optional<String> databaseOutage() {
    return databaseIsThere ? Optional.empty() : Optional.of("has not answered for 5 s");
  }

  @Override
  public long revision() {
    return 99;
  }
}
