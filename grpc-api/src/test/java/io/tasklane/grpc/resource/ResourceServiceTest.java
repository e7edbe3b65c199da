package io.tasklane.grpc.resource;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.GetResourceRequest;
import io.tasklane.v1.ListResourcesRequest;
import io.tasklane.v1.ListResourcesResponse;
import io.tasklane.v1.Resource;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.UpdateResourceRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Resources over the wire. */
@Timeout(30)
class ResourceServiceTest {
  private ApiOfTest api;
  private ResourceServiceGrpc.ResourceServiceBlockingStub resources;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    resources =
        ResourceServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Resource create(String id, Resource.Builder resource) {
    return resources
        .createResource(
            CreateResourceRequest.newBuilder().setResourceId(id).setResource(resource).build())
        .getResource();
  }

  private static String refusal(ThrowingCallable call) {
    return codeAndReason(catchThrowable(call));
  }

  @Test
  void a_resource_is_created_read_changed_and_deleted() {
    Resource made = create("ai-turns", Resource.newBuilder().setCapacity(3));
    assertThat(made.getName()).isEqualTo("resources/ai-turns");
    assertThat(made.getFreeUnits()).isEqualTo(3);
    assertThat(made.hasRefillPeriod()).isFalse();
    GetResourceRequest get = GetResourceRequest.newBuilder().setName(made.getName()).build();
    assertThat(resources.getResource(get).getResource()).isEqualTo(made);
    Resource changed =
        resources
            .updateResource(
                UpdateResourceRequest.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .setName(made.getName())
                            .setEtag(made.getEtag())
                            .setRefillUnits(5)
                            .setRefillPeriod(Durations.fromSeconds(60)))
                    .build())
            .getResource();
    assertThat(changed.getCapacity()).isEqualTo(3);
    assertThat(changed.getRefillUnits()).isEqualTo(5);
    assertThat(api.resources.lastEtag).contains("\"1\"");
    resources.deleteResource(DeleteResourceRequest.newBuilder().setName(made.getName()).build());
    assertThat(refusal(() -> resources.getResource(get))).isEqualTo("NOT_FOUND RESOURCE_NOT_FOUND");
  }

  @Test
  void a_resource_without_limits_or_with_half_a_refill_is_refused() {
    assertThat(refusal(() -> create("r", Resource.newBuilder())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> create("r", Resource.newBuilder().setRefillUnits(1))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> create("R", Resource.newBuilder().setCapacity(1))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> create("r", Resource.newBuilder().setName("resources/x"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(api.resources.known).isEmpty();
  }

  @Test
  void a_mask_takes_a_limit_away() {
    create(
        "r",
        Resource.newBuilder()
            .setCapacity(3)
            .setRefillUnits(2)
            .setRefillPeriod(Durations.fromSeconds(1)));
    Resource changed =
        resources
            .updateResource(
                UpdateResourceRequest.newBuilder()
                    .setResource(Resource.newBuilder().setName("resources/r"))
                    .setUpdateMask(
                        FieldMask.newBuilder().addPaths("refill_units").addPaths("refill_period"))
                    .build())
            .getResource();
    assertThat(changed.getCapacity()).isEqualTo(3);
    assertThat(changed.getRefillUnits()).isZero();
    assertThat(changed.hasRefillPeriod()).isFalse();
  }

  @Test
  void a_list_comes_in_pages() {
    for (String id : new String[] {"a", "b", "c"}) {
      create(id, Resource.newBuilder().setCapacity(1));
    }
    ListResourcesResponse first =
        resources.listResources(ListResourcesRequest.newBuilder().setPageSize(2).build());
    assertThat(first.getResourcesList())
        .extracting(Resource::getName)
        .containsExactly("resources/a", "resources/b");
    ListResourcesResponse second =
        resources.listResources(
            ListResourcesRequest.newBuilder().setPageToken(first.getNextPageToken()).build());
    assertThat(second.getResourcesList())
        .extracting(Resource::getName)
        .containsExactly("resources/c");
    assertThat(
            refusal(
                () ->
                    resources.listResources(
                        ListResourcesRequest.newBuilder().setPageToken("x").build())))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }
}
