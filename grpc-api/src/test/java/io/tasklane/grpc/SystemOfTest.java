package io.tasklane.grpc;

import io.tasklane.app.PartStatus;
import io.tasklane.app.SystemDesk;
import java.util.List;
import java.util.Map;

/** A system desk for tests, whose broker may be away. */
public final class SystemOfTest extends SystemDesk {
  public boolean brokerIsThere = true;

  @Override
  public List<PartStatus> status() {
    return List.of(
        PartStatus.fine("database", "works", Map.of("answer-ms", "1")),
        new PartStatus(
            "broker", brokerIsThere, brokerIsThere ? "" : "connection refused", Map.of()));
  }

  @Override
  public long revision() {
    return 99;
  }
}
