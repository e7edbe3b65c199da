package io.tasklane.grpc.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.ComponentStatus;
import io.tasklane.v1.GetSystemStatusRequest;
import io.tasklane.v1.GetSystemStatusResponse;
import io.tasklane.v1.MonitoringServiceGrpc;
import io.tasklane.v1.OngoingFault;
import org.junit.jupiter.api.Test;

class MonitoringServiceTest {
  @Test
  void the_system_is_healthy_only_where_every_part_is() throws Exception {
    try (ApiOfTest api = new ApiOfTest()) {
      var monitoring = MonitoringServiceGrpc.newBlockingStub(api.channel);

      GetSystemStatusResponse fine =
          monitoring.getSystemStatus(GetSystemStatusRequest.getDefaultInstance());
      api.system.brokerIsThere = false;
      GetSystemStatusResponse ill =
          monitoring.getSystemStatus(GetSystemStatusRequest.getDefaultInstance());

      assertThat(fine.getHealthy()).isTrue();
      assertThat(fine.getRevision()).isEqualTo(99);
      assertThat(fine.getOngoingFaultsList())
          .containsExactly(
              OngoingFault.newBuilder()
                  .setWork("queues/Q: dispatch")
                  .setSince(Timestamp.newBuilder().setSeconds(1_800_000_000))
                  .setLastTime(Timestamp.newBuilder().setSeconds(1_800_000_009))
                  .setFailures(7)
                  .setLastError("Error: broken")
                  .build());
      assertThat(ill.getHealthy()).isFalse();
      assertThat(ill.getComponentsList())
          .contains(
              ComponentStatus.newBuilder()
                  .setComponent("broker")
                  .setDetail("connection refused")
                  .build());
      assertThat(ill.getComponents(0).getDataMap()).containsEntry("answer-ms", "1");
    }
  }
}
