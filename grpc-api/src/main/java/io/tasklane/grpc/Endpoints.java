package io.tasklane.grpc;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.tasklane.grpc.artifact.ArtifactServiceEndpoint;
import io.tasklane.grpc.call.CallScope;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.TraceScope;
import io.tasklane.grpc.deadletter.DeadLetterServiceEndpoint;
import io.tasklane.grpc.error.BareErrors;
import io.tasklane.grpc.event.EventServiceEndpoint;
import io.tasklane.grpc.guard.Guard;
import io.tasklane.grpc.monitor.MonitoringServiceEndpoint;
import io.tasklane.grpc.queue.QueueServiceEndpoint;
import io.tasklane.grpc.resource.ResourceServiceEndpoint;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.task.TaskServiceEndpoint;
import io.tasklane.grpc.worker.WorkerServiceEndpoint;
import io.tasklane.service.Services;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.WatchTaskRequest;
import java.util.List;
import java.util.stream.Stream;

/** The services that are served, each behind the interceptors that all share. */
public final class Endpoints {
  private static final ServerInterceptor[] SHARED = {
    new BareErrors(), new CallScope(), new TraceScope()
  };

  private final List<BindableService> services;
  private final Calls calls;

  /** Over these desks. */
  public Endpoints(Services desks, Calls calls, Surroundings around) {
    Alarm alarm = Alarm.of(around.timer());
    this.calls = calls;
    this.services =
        List.of(
            new TaskServiceEndpoint(calls, desks.tasks(), desks.events(), alarm, around.random()),
            new QueueServiceEndpoint(calls, desks.queues(), around.clock(), alarm, around.random()),
            new EventServiceEndpoint(calls, desks.events(), alarm, around.random()),
            new ArtifactServiceEndpoint(calls, desks.artifacts(), alarm),
            new DeadLetterServiceEndpoint(calls, desks.deadLetters()),
            new WorkerServiceEndpoint(calls, desks.effects()),
            new ResourceServiceEndpoint(calls, desks.resources()),
            new MonitoringServiceEndpoint(calls, desks.system()));
  }

  /** What a server is given. */
  public List<ServerServiceDefinition> definitions() {
    return services.stream()
        .map(one -> Guard.before(ServerInterceptors.intercept(one, SHARED)))
        .toList();
  }

  /** Their full names. */
  public List<String> names() {
    return services.stream()
        .map(one -> one.bindService().getServiceDescriptor().getName())
        .toList();
  }

  /** Compiles the rules of the requests that come most often, before the first of them comes. */
  public void prepare() {
    CreateTaskRequest one =
        CreateTaskRequest.newBuilder().setTask(Task.getDefaultInstance()).build();
    Stream.<Message>of(
            one,
            BatchCreateTasksRequest.newBuilder().addRequests(one).build(),
            StreamCreateTasksRequest.newBuilder().setRequest(one).build(),
            WatchTaskRequest.getDefaultInstance())
        .forEach(calls.check()::prepare);
  }
}
