package io.tasklane.grpc.monitor;

import io.grpc.stub.StreamObserver;
import io.tasklane.api.ComponentHealth;
import io.tasklane.grpc.call.Calls;
import io.tasklane.service.SystemService;
import io.tasklane.v1.ComponentStatus;
import io.tasklane.v1.GetSystemStatusRequest;
import io.tasklane.v1.GetSystemStatusResponse;
import io.tasklane.v1.MonitoringServiceGrpc;
import java.util.List;

/** Serves MonitoringService; what it does not override answers UNIMPLEMENTED. */
public final class MonitoringServiceEndpoint
    extends MonitoringServiceGrpc.MonitoringServiceImplBase {
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
    return response.build();
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
