package io.tasklane.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.RequestCheck;
import io.tasklane.grpc.error.ErrorReporter;
import io.tasklane.grpc.stream.OpenStreams;
import io.tasklane.service.Services;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All endpoints over services for tests, reached inside the process. */
public final class ApiOfTest implements AutoCloseable {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
  private static final RequestCheck CHECK = new RequestCheck();

  public final TasksOfTest tasks = new TasksOfTest();
  public final TaskTypesOfTest types = new TaskTypesOfTest();
  public final ExplanationsOfTest explanations = new ExplanationsOfTest();
  public final QueuesOfTest queues = new QueuesOfTest();
  public final LogOfTest log = new LogOfTest();
  public final ArtifactsOfTest artifacts = new ArtifactsOfTest();
  public final DeadLettersOfTest deadLetters = new DeadLettersOfTest();
  public final EffectsOfTest effects = new EffectsOfTest();
  public final StepsOfTest steps = new StepsOfTest();
  public final ResourcesOfTest resources = new ResourcesOfTest();
  public final SchedulesOfTest schedules = new SchedulesOfTest();
  public final CalendarsOfTest calendars = new CalendarsOfTest();
  public final WorkflowsOfTest workflows = new WorkflowsOfTest();
  public final TemplatesOfTest templates = new TemplatesOfTest();
  public final FactsOfTest facts = new FactsOfTest();
  public final TriggersOfTest triggers = new TriggersOfTest();
  public final BatchesOfTest batches = new BatchesOfTest();
  public final ForecastsOfTest forecasts = new ForecastsOfTest();
  public final WorkersOfTest workers = new WorkersOfTest();
  public final SystemOfTest system = new SystemOfTest();
  public final OpenStreams open = new OpenStreams();
  public final ManagedChannel channel;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Server server;

  public ApiOfTest() throws IOException {
    var random = new SplittableRandom(7);
    Calls calls = new Calls(CHECK, new ErrorReporter(random), executor, open);
    Endpoints endpoints =
        new Endpoints(
            Services.of(
                tasks,
                types,
                explanations,
                queues,
                log,
                artifacts,
                deadLetters,
                effects,
                steps,
                resources,
                schedules,
                calendars,
                workflows,
                templates,
                facts,
                triggers,
                batches,
                forecasts,
                workers,
                system),
            calls,
            new Environment(CLOCK, random, Thread::new, timer));
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(executor)
            .addServices(endpoints.definitions())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  /** A detail of an error, empty where it has none of this type. */
  public static <M extends Message> Optional<M> detail(Throwable error, Class<M> type) {
    return StatusProto.fromThrowable(error).getDetailsList().stream()
        .filter(any -> any.is(type))
        .map(
            any -> {
              try {
                return any.unpack(type);
              } catch (InvalidProtocolBufferException broken) {
                throw new AssertionError(broken);
              }
            })
        .findFirst();
  }

  /** "INVALID_ARGUMENT INVALID_FIELD": the code and the reason of an error. */
  public static String codeAndReason(Throwable error) {
    String reason = detail(error, ErrorInfo.class).map(ErrorInfo::getReason).orElse("none");
    return ((StatusRuntimeException) error).getStatus().getCode() + " " + reason;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
    timer.shutdownNow();
  }
}
