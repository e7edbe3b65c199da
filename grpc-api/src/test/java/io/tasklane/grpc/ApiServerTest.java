package io.tasklane.grpc;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.tasklane.task.TaskState;
import io.tasklane.v1.AlertServiceGrpc;
import io.tasklane.v1.ListAlertPoliciesRequest;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.util.Iterator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApiServerTest {
  private final TasksOfTest tasks = new TasksOfTest();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private ApiServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    server = server(0);
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.stop();
    timer.shutdownNow();
  }

  @Test
  void health_is_served_for_the_whole_and_for_each_service() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

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
        ServerReflectionGrpc.newStub(channel).serverReflectionInfo(first(answer));
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
  void a_service_that_is_not_served_is_unimplemented() {
    Throwable error =
        catchThrowable(
            () ->
                AlertServiceGrpc.newBlockingStub(channel)
                    .listAlertPolicies(ListAlertPoliciesRequest.getDefaultInstance()));

    assertThat(Status.fromThrowable(error).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void a_stop_ends_open_streams_in_words_and_takes_less_than_two_seconds() {
    tasks.rows.put("a", task("a", TaskState.RUNNING, 1, 2));
    Iterator<WatchTaskResponse> watch =
        TaskServiceGrpc.newBlockingStub(channel)
            .watchTask(WatchTaskRequest.newBuilder().setName("tasks/a").build());
    watch.next();

    long begin = System.nanoTime();
    server.stop();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

    Throwable error = catchThrowable(watch::hasNext);
    assertThat(codeAndReason(error)).isEqualTo("UNAVAILABLE STREAM_CLOSED");
    assertThat(error).hasMessageContaining("the server stops");
    assertThat(millis).isLessThan(2_000);
  }

  @Test
  void a_port_that_is_taken_is_named_with_what_to_do() {
    ApiServer second = server(server.port());

    assertThatThrownBy(second::start)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("tasklane.grpc.port");
  }

  private ApiServer server(int port) {
    return new ApiServer(
        new GrpcSettings("127.0.0.1", port, Optional.empty()),
        new Desks(
            tasks,
            new QueuesOfTest(),
            new LogOfTest(),
            new ArtifactsOfTest(),
            new DeadLettersOfTest(),
            new ResourcesOfTest(),
            new SystemOfTest()),
        new Surroundings(ApiOfTest.CLOCK, new SplittableRandom(3), Thread::new, timer));
  }

  private static StreamObserver<ServerReflectionResponse> first(
      CompletableFuture<ServerReflectionResponse> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerReflectionResponse response) {
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
