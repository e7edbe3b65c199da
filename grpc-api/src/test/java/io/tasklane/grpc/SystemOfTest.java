package io.tasklane.grpc;

import io.tasklane.app.SystemDesk;
import java.util.List;

/** A system desk for tests, whose broker may be away. */
public final class SystemOfTest extends SystemDesk {
  public boolean brokerIsThere = true;

  @Override
  public List<ComponentStatus> status() {
    return List.of(
        new ComponentStatus("database", true, "answers in 1 ms"),
        new ComponentStatus("broker", brokerIsThere, brokerIsThere ? "" : "connection refused"));
  }

  @Override
  public long revision() {
    return 99;
  }
}
