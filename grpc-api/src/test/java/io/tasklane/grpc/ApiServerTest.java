package io.tasklane.grpc;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.UploadArtifactRequest;
import io.tasklane.v1.UploadArtifactResponse;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApiServerTest {
  private final ListeningApi api = new ListeningApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void health_is_served_for_the_whole_and_for_each_service() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(api.channel);

    for (String service :
        new String[] {"", "tasklane.v1.TaskService", "tasklane.v1.EventService"}) {
      HealthCheckResponse response =
          health.check(HealthCheckRequest.newBuilder().setService(service).build());
      assertThat(response.getStatus())
          .as(service)
          .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }
  }

  @Test
  void reflection_lists_what_is_served() throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> ask =
        ServerReflectionGrpc.newStub(api.channel).serverReflectionInfo(first(answer));
    ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(answer.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "tasklane.v1.TaskService",
            "tasklane.v1.QueueService",
            "tasklane.v1.EventService",
            "tasklane.v1.MonitoringService",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
    ask.onCompleted();
  }

  @Test
  void a_stop_ends_open_streams_in_words_and_takes_less_than_two_seconds() {
    api.tasks.rows.put("a", task("a", TaskState.RUNNING, 1, 2));
    Iterator<WatchTaskResponse> watch =
        TaskServiceGrpc.newBlockingStub(api.channel)
            .watchTask(WatchTaskRequest.newBuilder().setName("tasks/a").build());
    watch.next();

    long begin = System.nanoTime();
    api.server.stop();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

    Throwable error = catchThrowable(watch::hasNext);
    assertThat(codeAndReason(error)).isEqualTo("UNAVAILABLE STREAM_CLOSED");
    assertThat(error).hasMessageContaining("the server stops");
    assertThat(millis).isLessThan(2_000);
  }

  @Test
  void a_stop_ends_an_upload_under_way_in_words_and_gives_back_what_it_holds() throws Exception {
    CompletableFuture<UploadArtifactResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadArtifactRequest> upload =
        ArtifactServiceGrpc.newStub(api.channel).uploadArtifact(first(answer));
    upload.onNext(
        UploadArtifactRequest.newBuilder().setArtifact(Artifact.getDefaultInstance()).build());
    while (api.artifacts.open.get() == 0) {
      Thread.sleep(10); // the test's time limit ends it
    }

    api.server.stop();

    Throwable error = catchThrowable(() -> answer.get(30, TimeUnit.SECONDS)).getCause();
    assertThat(codeAndReason(error)).isEqualTo("UNAVAILABLE STREAM_CLOSED");
    assertThat(error).hasMessageContaining("the server stops");
    assertThat(api.artifacts.open).hasValue(0);
    assertThat(api.server.openStreams()).isZero();
  }

  @Test
  void a_port_that_is_taken_is_named_with_what_to_do() {
    ApiServer second = api.another(api.server.port());

    assertThatThrownBy(second::start)
        .hasMessageContaining("127.0.0.1:" + api.server.port())
        .hasMessageContaining("tasklane.grpc.port");
  }

  private static <T> StreamObserver<T> first(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T response) {
        answer.complete(response);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
