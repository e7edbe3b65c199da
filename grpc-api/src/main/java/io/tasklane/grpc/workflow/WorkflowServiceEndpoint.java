package io.tasklane.grpc.workflow;

import io.grpc.stub.StreamObserver;
import io.tasklane.event.EventService;
import io.tasklane.forecast.ForecastService;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.CancelWorkflowResponse;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DecideNodeResponse;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.DeleteWorkflowResponse;
import io.tasklane.v1.ForecastWorkflowRequest;
import io.tasklane.v1.ForecastWorkflowResponse;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.GetWorkflowResponse;
import io.tasklane.v1.ListWorkflowNodesRequest;
import io.tasklane.v1.ListWorkflowNodesResponse;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.ListWorkflowsResponse;
import io.tasklane.v1.PauseWorkflowRequest;
import io.tasklane.v1.PauseWorkflowResponse;
import io.tasklane.v1.ResumeWorkflowRequest;
import io.tasklane.v1.ResumeWorkflowResponse;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.RetryWorkflowResponse;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.StartWorkflowResponse;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.WatchWorkflowResponse;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.workflow.execution.WorkflowService;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Serves WorkflowService; what it does not override answers UNIMPLEMENTED. */
public final class WorkflowServiceEndpoint extends WorkflowServiceGrpc.WorkflowServiceImplBase {
  private final Calls calls;
  private final WorkflowService workflows;
  private final EventService events;
  private final WorkflowChanges changes;
  private final WorkflowForecasts forecasts;
  private final WorkflowLists lists;
  private final Alarm alarm;
  private final RandomGenerator random;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param workflows reads and changes workflows
   * @param events reads the event log
   * @param forecasts says when workflows end
   * @param clock the time of day
   * @param alarm calls back after a delay
   * @param random draws how long streams live
   */
  public WorkflowServiceEndpoint(
      Calls calls,
      WorkflowService workflows,
      EventService events,
      ForecastService forecasts,
      Clock clock,
      Alarm alarm,
      RandomGenerator random) {
    this.calls = calls;
    this.workflows = workflows;
    this.events = events;
    this.changes = new WorkflowChanges(workflows, clock);
    this.forecasts = new WorkflowForecasts(workflows, forecasts, clock);
    this.lists = new WorkflowLists(workflows, events);
    this.alarm = alarm;
    this.random = random;
  }

  @Override
  public void startWorkflow(
      StartWorkflowRequest request, StreamObserver<StartWorkflowResponse> out) {
    calls.answerLater(request, out, changes::start);
  }

  @Override
  public void getWorkflow(GetWorkflowRequest request, StreamObserver<GetWorkflowResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listWorkflows(
      ListWorkflowsRequest request, StreamObserver<ListWorkflowsResponse> out) {
    calls.answer(request, out, lists::list);
  }

  @Override
  public void watchWorkflow(
      WatchWorkflowRequest request, StreamObserver<WatchWorkflowResponse> out) {
    calls.stream(
        request,
        out,
        wanted ->
            new WorkflowWatch(
                workflows, events, id(wanted.getName()), alarm, Lifetime.draw(random)));
  }

  @Override
  public void listWorkflowNodes(
      ListWorkflowNodesRequest request, StreamObserver<ListWorkflowNodesResponse> out) {
    calls.answer(request, out, lists::nodes);
  }

  @Override
  public void pauseWorkflow(
      PauseWorkflowRequest request, StreamObserver<PauseWorkflowResponse> out) {
    calls.answerLater(request, out, changes::pause);
  }

  @Override
  public void resumeWorkflow(
      ResumeWorkflowRequest request, StreamObserver<ResumeWorkflowResponse> out) {
    calls.answerLater(request, out, changes::resume);
  }

  @Override
  public void cancelWorkflow(
      CancelWorkflowRequest request, StreamObserver<CancelWorkflowResponse> out) {
    calls.answerLater(request, out, changes::cancel);
  }

  @Override
  public void retryWorkflow(
      RetryWorkflowRequest request, StreamObserver<RetryWorkflowResponse> out) {
    calls.answerLater(request, out, changes::retry);
  }

  @Override
  public void deleteWorkflow(
      DeleteWorkflowRequest request, StreamObserver<DeleteWorkflowResponse> out) {
    calls.answerLater(request, out, changes::delete);
  }

  @Override
  public void decideNode(DecideNodeRequest request, StreamObserver<DecideNodeResponse> out) {
    calls.answerLater(request, out, changes::decide);
  }

  @Override
  public void forecastWorkflow(
      ForecastWorkflowRequest request, StreamObserver<ForecastWorkflowResponse> out) {
    calls.answer(request, out, forecasts::forecast);
  }

  private GetWorkflowResponse get(GetWorkflowRequest request) {
    return GetWorkflowResponse.newBuilder()
        .setWorkflow(WorkflowMapping.toWire(workflows.get(id(request.getName()))))
        .build();
  }

  private static String id(String name) {
    return WireName.WORKFLOW.id(name, "name");
  }
}
