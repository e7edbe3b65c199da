package io.tasklane.client.worker;

import io.tasklane.v1.Lease;
import io.tasklane.v1.LeaseHeartbeat;
import java.time.Duration;
import java.util.List;

/** What a line asks of its worker, and tells it. */
interface LineOwner {
  /** How many tasks more it can take. */
  int freeSlots();

  /** The leases whose ends are not acknowledged. */
  List<String> held();

  /** The runs that reported something since this was asked last. */
  List<LeaseHeartbeat> signs();

  void offered(Lease lease);

  void stopped(String leaseId, StopReason why, Duration grace);

  void lost(String leaseId, String reason);

  void drained(String reason);
}
