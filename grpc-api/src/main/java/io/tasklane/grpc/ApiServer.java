package io.tasklane.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.RequestCheck;
import io.tasklane.grpc.error.ErrorInfoInterceptor;
import io.tasklane.grpc.error.ErrorReporter;
import io.tasklane.grpc.guard.Guard;
import io.tasklane.grpc.guard.UnknownMethods;
import io.tasklane.grpc.stream.OpenStreams;
import io.tasklane.service.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The server itself: the services, health and reflection on one port, and an orderly shutdown. */
public final class ApiServer {
  /**
   * Calls that read the database hold a thread; more would only wait for its connections, and idle
   * ones take calls in turn, each with cold caches.
   */
  private static final int THREADS = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

  private static final int MAXIMUM_CALLS_PER_CONNECTION = 10_000;

  /** Used up only where a client does not read on; the launcher gives a whole stop ten seconds. */
  private static final long DRAIN_MILLIS = 3_000;

  private static final long ABORT_MILLIS = 300;

  private final OpenStreams open = new OpenStreams();
  private final HealthStatusManager health = new HealthStatusManager();
  private final ThreadPoolExecutor executor;
  private final GrpcSettings settings;
  private final Endpoints endpoints;
  private final Server server;

  /**
   * A server that is not started yet.
   *
   * @param settings port and limits
   * @param services what the endpoints call in the application
   * @param environment clock, random numbers, threads and timer
   */
  public ApiServer(GrpcSettings settings, Services services, Environment environment) {
    this.settings = settings;
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            environment.threads());
    executor.allowCoreThreadTimeOut(true);
    Calls calls =
        new Calls(new RequestCheck(), new ErrorReporter(environment.random()), executor, open);
    endpoints = new Endpoints(services, calls, environment);
    server = built();
  }

  /**
   * Listens, and says SERVING.
   *
   * @throws UncheckedIOException where the port is taken
   */
  public void start() {
    endpoints.prepare();
    try {
      server.start();
    } catch (IOException failure) {
      executor.shutdown();
      throw new UncheckedIOException(
          "gRPC cannot listen on tasklane.grpc.host:port = "
              + settings.host()
              + ":"
              + settings.port()
              + ": stop what uses it, or set tasklane.grpc.port to another one",
          failure);
    }
    endpoints.names().forEach(name -> health.setStatus(name, ServingStatus.SERVING));
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** How many streams and long polls are open. */
  public int openStreams() {
    return open.count();
  }

  /**
   * Says NOT_SERVING, takes no new calls, ends the streams with a reason, and is gone within 2 s.
   */
  public void stop() {
    if (server.isShutdown()) {
      return;
    }
    health.enterTerminalState();
    server.shutdown();
    open.closeAll();
    try {
      if (!server.awaitTermination(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(ABORT_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException hurry) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      executor.shutdown();
    }
  }

  @SuppressWarnings("deprecation") // many clients in use still ask for reflection v1alpha
  private Server built() {
    return NettyServerBuilder.forAddress(settings.address())
        .executor(executor)
        .maxInboundMessageSize(Guard.MAXIMUM_TRANSPORT_BYTES)
        .maxConcurrentCallsPerConnection(MAXIMUM_CALLS_PER_CONNECTION)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(60, TimeUnit.SECONDS)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .addServices(endpoints.definitions())
        .addService(explained(health.getHealthService()))
        .addService(explained(ProtoReflectionServiceV1.newInstance()))
        .addService(explained(ProtoReflectionService.newInstance()))
        .fallbackHandlerRegistry(new UnknownMethods())
        .build();
  }

  private static ServerServiceDefinition explained(BindableService service) {
    return Guard.before(ServerInterceptors.intercept(service, new ErrorInfoInterceptor()));
  }
}
