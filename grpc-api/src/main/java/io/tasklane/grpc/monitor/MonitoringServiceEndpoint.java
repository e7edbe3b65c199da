package io.tasklane.grpc.monitor;

import io.grpc.stub.StreamObserver;
import io.tasklane.api.ComponentHealth;
import io.tasklane.fault.OngoingFault;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.service.SystemService;
import io.tasklane.v1.ComponentStatus;
import io.tasklane.v1.GetSystemStatusRequest;
import io.tasklane.v1.GetSystemStatusResponse;
import io.tasklane.v1.MonitoringServiceGrpc;
import java.util.List;

/** Serves MonitoringService; what it does not override answers UNIMPLEMENTED. */
public final class MonitoringServiceEndpoint
    extends MonitoringServiceGrpc.MonitoringServiceImplBase {
  private static final int MOST_FAULTS = 100;

  private final Calls calls;
  private final SystemService system;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param system knows the state of the components
   */
  public MonitoringServiceEndpoint(Calls calls, SystemService system) {
    this.calls = calls;
    this.system = system;
  }

  @Override
  public void getSystemStatus(
      GetSystemStatusRequest request, StreamObserver<GetSystemStatusResponse> out) {
    calls.answer(request, out, asked -> status());
  }

  /** Healthy as a whole only where every part is. */
  private GetSystemStatusResponse status() {
    List<ComponentHealth> parts = system.status();
    GetSystemStatusResponse.Builder response =
        GetSystemStatusResponse.newBuilder()
            .setHealthy(parts.stream().allMatch(ComponentHealth::healthy))
            .setRevision(system.revision());
    parts.stream().map(MonitoringServiceEndpoint::toWire).forEach(response::addComponents);
    system.faults().stream()
        .map(MonitoringServiceEndpoint::toWire)
        .limit(MOST_FAULTS)
        .forEach(response::addOngoingFaults);
    return response.build();
  }

  private static io.tasklane.v1.OngoingFault toWire(OngoingFault fault) {
    return io.tasklane.v1.OngoingFault.newBuilder()
        .setWork(fault.work())
        .setSince(WireTime.of(fault.since()))
        .setLastTime(WireTime.of(fault.last()))
        .setFailures(fault.failures())
        .setLastError(fault.error())
        .build();
  }

  private static ComponentStatus toWire(ComponentHealth part) {
    return ComponentStatus.newBuilder()
        .setComponent(part.component())
        .setHealthy(part.healthy())
        .setDetail(part.detail())
        .putAllData(part.data())
        .build();
  }
}
