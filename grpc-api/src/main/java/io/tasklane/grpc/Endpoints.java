package io.tasklane.grpc;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.tasklane.artifact.ArtifactService;
import io.tasklane.batch.BatchService;
import io.tasklane.effect.EffectService;
import io.tasklane.event.EventService;
import io.tasklane.fact.FactService;
import io.tasklane.forecast.ForecastService;
import io.tasklane.grpc.artifact.ArtifactServiceEndpoint;
import io.tasklane.grpc.batch.BatchOperationServiceEndpoint;
import io.tasklane.grpc.call.CallScope;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.TraceScope;
import io.tasklane.grpc.deadletter.DeadLetterServiceEndpoint;
import io.tasklane.grpc.error.ErrorInfoInterceptor;
import io.tasklane.grpc.event.EventServiceEndpoint;
import io.tasklane.grpc.fact.FactServiceEndpoint;
import io.tasklane.grpc.guard.Guard;
import io.tasklane.grpc.guard.OutageInterceptor;
import io.tasklane.grpc.monitor.MonitoringServiceEndpoint;
import io.tasklane.grpc.queue.QueueServiceEndpoint;
import io.tasklane.grpc.resource.ResourceServiceEndpoint;
import io.tasklane.grpc.schedule.ScheduleServiceEndpoint;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.task.TaskServiceEndpoint;
import io.tasklane.grpc.trigger.TriggerServiceEndpoint;
import io.tasklane.grpc.worker.WorkerServiceEndpoint;
import io.tasklane.grpc.workflow.WorkflowServiceEndpoint;
import io.tasklane.grpc.workflow.WorkflowTemplateServiceEndpoint;
import io.tasklane.resource.ResourceService;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.calendar.CalendarService;
import io.tasklane.service.DeadLetterService;
import io.tasklane.service.QueueService;
import io.tasklane.service.Services;
import io.tasklane.service.SystemService;
import io.tasklane.service.TaskService;
import io.tasklane.step.StepService;
import io.tasklane.task.explain.ExplainService;
import io.tasklane.tasktype.TaskTypeService;
import io.tasklane.time.Ticker;
import io.tasklane.trigger.TriggerService;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WorkRequest;
import io.tasklane.worker.stream.WorkerService;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.execution.WorkflowService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The services that are served, each wrapped in the interceptors that all share. */
public final class Endpoints {
  private static final long SWEEP_MILLIS = 250;

  private final ServerInterceptor[] shared;
  private final List<BindableService> services;
  private final Calls calls;

  /**
   * Creates the endpoints.
   *
   * @param services what they call in the application
   * @param calls how calls are served
   * @param environment clock, random numbers and timer
   */
  public Endpoints(Services services, Calls calls, Environment environment) {
    Alarm alarm = Alarm.of(environment.timer());
    SystemService system = services.get(SystemService.class);
    OutageInterceptor outages =
        new OutageInterceptor(system::databaseOutage, system::giveUpReads, Ticker.SYSTEM);
    environment
        .timer()
        .scheduleWithFixedDelay(outages::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    this.shared =
        new ServerInterceptor[] {
          outages, new ErrorInfoInterceptor(), new CallScope(), new TraceScope()
        };
    this.calls = calls;
    this.services =
        List.of(
            new TaskServiceEndpoint(
                calls,
                services.get(TaskService.class),
                services.get(TaskTypeService.class),
                services.get(ExplainService.class),
                services.get(StepService.class),
                services.get(EventService.class),
                alarm,
                environment.random()),
            new QueueServiceEndpoint(
                calls,
                services.get(QueueService.class),
                services.get(ForecastService.class),
                environment.clock(),
                alarm,
                environment.random()),
            new EventServiceEndpoint(
                calls, services.get(EventService.class), alarm, environment.random()),
            new ArtifactServiceEndpoint(calls, services.get(ArtifactService.class), alarm),
            new DeadLetterServiceEndpoint(calls, services.get(DeadLetterService.class)),
            new WorkerServiceEndpoint(
                calls,
                services.get(EffectService.class),
                services.get(StepService.class),
                services.get(WorkerService.class),
                alarm,
                environment.random()),
            new ResourceServiceEndpoint(calls, services.get(ResourceService.class)),
            new ScheduleServiceEndpoint(
                calls, services.get(ScheduleService.class), services.get(CalendarService.class)),
            new WorkflowServiceEndpoint(
                calls,
                services.get(WorkflowService.class),
                services.get(EventService.class),
                services.get(ForecastService.class),
                environment.clock(),
                alarm,
                environment.random()),
            new WorkflowTemplateServiceEndpoint(calls, services.get(WorkflowTemplateService.class)),
            new FactServiceEndpoint(calls, services.get(FactService.class)),
            new TriggerServiceEndpoint(calls, services.get(TriggerService.class)),
            new BatchOperationServiceEndpoint(calls, services.get(BatchService.class)),
            new MonitoringServiceEndpoint(calls, services.get(SystemService.class)));
  }

  /** The definitions that a gRPC server registers. */
  public List<ServerServiceDefinition> definitions() {
    return services.stream()
        .map(one -> Guard.before(ServerInterceptors.intercept(one, shared)))
        .toList();
  }

  /** Their full names. */
  public List<String> names() {
    return services.stream()
        .map(one -> one.bindService().getServiceDescriptor().getName())
        .toList();
  }

  /** Compiles the rules of the requests that come most often, before the first of them arrives. */
  public void prepare() {
    CreateTaskRequest one =
        CreateTaskRequest.newBuilder().setTask(Task.getDefaultInstance()).build();
    Stream.<Message>of(
            one,
            BatchCreateTasksRequest.newBuilder().addRequests(one).build(),
            StreamCreateTasksRequest.newBuilder().setRequest(one).build(),
            WatchTaskRequest.getDefaultInstance(),
            WorkRequest.getDefaultInstance())
        .forEach(calls.check()::prepare);
  }
}
