package io.tasklane.grpc;

import io.tasklane.api.ComponentHealth;
import io.tasklane.service.SystemService;
import java.util.List;
import java.util.Map;

/** A system service for tests, whose broker may be away. */
public final class SystemOfTest extends SystemService {
  public boolean brokerIsThere = true;

  @Override
  public List<ComponentHealth> status() {
    return List.of(
        ComponentHealth.fine("database", "works", Map.of("answer-ms", "1")),
        new ComponentHealth(
            "broker", brokerIsThere, brokerIsThere ? "" : "connection refused", Map.of()));
  }

  @Override
  public long revision() {
    return 99;
  }
}
