package io.tasklane.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.service.Services;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The server itself over services for tests, at a port, and a client of it. */
public final class ListeningApi implements AutoCloseable {
  public final TasksOfTest tasks = new TasksOfTest();
  public final ArtifactsOfTest artifacts = new ArtifactsOfTest();
  public final ApiServer server;
  public final ManagedChannel channel;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  public ListeningApi() {
    server = another(0);
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /** A further server over the same services, not started yet. */
  ApiServer another(int port) {
    return new ApiServer(
        new GrpcSettings("127.0.0.1", port, Optional.empty()),
        Services.of(
            tasks,
            new TaskTypesOfTest(),
            new ExplanationsOfTest(),
            new QueuesOfTest(),
            new LogOfTest(),
            artifacts,
            new DeadLettersOfTest(),
            new EffectsOfTest(),
            new StepsOfTest(),
            new ResourcesOfTest(),
            new SchedulesOfTest(),
            new CalendarsOfTest(),
            new WorkflowsOfTest(),
            new TemplatesOfTest(),
            new FactsOfTest(),
            new TriggersOfTest(),
            new BatchesOfTest(),
            new ForecastsOfTest(),
            new WorkersOfTest(),
            new SystemOfTest()),
        new Environment(ApiOfTest.CLOCK, new SplittableRandom(3), Thread::new, timer));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    server.stop();
    timer.shutdownNow();
  }
}
