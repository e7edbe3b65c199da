package io.tasklane.grpc.worker;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.fact.Fact;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.fact.FactMapping;
import io.tasklane.grpc.task.TaskRequests;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.key.FencingToken;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Publication;
import io.tasklane.task.TaskRequest;
import io.tasklane.v1.ChildTask;
import io.tasklane.v1.Completion;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.FailureReport;
import io.tasklane.v1.Release;
import io.tasklane.v1.WorkRequest;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What workers say, from the wire; the rules of the contract have been checked. */
final class WorkMapping {
  private static final String TASKS = "tasks/";
  private static final String LEASES = "/leases/";
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
  private static final int MOST_MESSAGE = 16 * 1024;
  private static final int MOST_TRACE = 64 * 1024;
  private static final int MOST_LINE = 8 * 1024;

  private WorkMapping() {}

  static LeaseName lease(String wire) {
    int at = wire.lastIndexOf(LEASES);
    try {
      return new LeaseName(
          wire.substring(TASKS.length(), at),
          new FencingToken(Long.parseLong(wire.substring(at + LEASES.length()))));
    } catch (NumberFormatException tooLarge) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "lease_id",
          "\"" + wire + "\" is not allowed: its token is too large");
    }
  }

  private static LeaseName lease(String wire, long token) {
    LeaseName lease = lease(wire);
    if (lease.token().value() != token) {
      throw Refusal.of(
          Refusal.Sort.ABORTED,
          RefusalReason.STALE_LEASE,
          TASKS + lease.taskId(),
          wire + " has another fencing_token than " + token);
    }
    return lease;
  }

  static WorkerMessage message(WorkRequest wire) {
    return switch (wire.getMessageCase()) {
      case CREDIT -> new WorkerMessage.Credit(wire.getCredit().getOffers());
      case ACCEPT -> new WorkerMessage.Accept(lease(wire.getAccept().getLeaseId()));
      case REJECT -> new WorkerMessage.Reject(lease(wire.getReject().getLeaseId()));
      case HEARTBEAT ->
          new WorkerMessage.Heartbeat(
              wire.getHeartbeat().getLeasesList().stream().map(WorkMapping::beat).toList(),
              wire.getHeartbeat().getCpuLoad(),
              wire.getHeartbeat().getMemoryBytes());
      case COMPLETION -> completed(wire.getCompletion());
      case FAILURE -> failed(wire.getFailure());
      case CHECKPOINT ->
          new WorkerMessage.Checkpoint(
              lease(wire.getCheckpoint().getLeaseId()),
              inline("checkpoint.checkpoint", wire.getCheckpoint().getCheckpoint()));
      case LOG ->
          new WorkerMessage.Log(
              lease(wire.getLog().getLeaseId()),
              wire.getLog().getLinesList().stream().map(line -> cut(line, MOST_LINE)).toList());
      case PARTIAL_RESULT ->
          new WorkerMessage.PartialResult(
              lease(wire.getPartialResult().getLeaseId()),
              inline("partial_result.partial_result", wire.getPartialResult().getPartialResult()));
      case FACT ->
          new WorkerMessage.SetFact(
              lease(wire.getFact().getLeaseId()), FactMapping.fromWire(wire.getFact().getFact()));
      case RELEASE -> release(wire.getRelease());
      case SUSPEND ->
          new WorkerMessage.Suspended(
              lease(wire.getSuspend().getLeaseId()),
              wire.getSuspend().getStep(),
              WireTime.of(wire.getSuspend().getRest()));
      case LEAVE -> new WorkerMessage.Leave(wire.getLeave().getReason());
      case HELLO, MESSAGE_NOT_SET -> throw new IllegalArgumentException("no message of a worker");
    };
  }

  private static WorkerMessage.Beat beat(io.tasklane.v1.LeaseHeartbeat wire) {
    io.tasklane.v1.Progress progress = wire.getProgress();
    return new WorkerMessage.Beat(
        lease(wire.getLeaseId()),
        wire.hasProgress()
            ? Optional.of(
                new Progress(
                    progress.getCompletedUnits(),
                    progress.getTotalUnits(),
                    progress.getCurrentUnit(),
                    progress.getMessage(),
                    Instant.EPOCH))
            : Optional.empty());
  }

  private static WorkerMessage completed(Completion wire) {
    List<TaskRequest> children = new ArrayList<>();
    for (int i = 0; i < wire.getChildrenCount(); i++) {
      children.add(child(wire.getChildren(i), "completion.children[" + i + "]."));
    }
    List<Fact> facts = wire.getFactsList().stream().map(FactMapping::fromWire).toList();
    return new WorkerMessage.Completed(
        lease(wire.getLeaseId(), wire.getFencingToken()),
        PayloadMapping.fromWire(wire.getResult()),
        wire.getPartial(),
        children,
        wire.getEventsList().stream().map(WorkMapping::event).toList(),
        facts,
        wire.getCredit());
  }

  private static TaskRequest child(ChildTask wire, String path) {
    return TaskRequests.read(
        CreateTaskRequest.newBuilder().setTaskId(wire.getTaskId()).setTask(wire.getTask()).build(),
        path);
  }

  private static Publication event(io.tasklane.v1.Event wire) {
    try {
      return new Publication(
          wire.getEventType(), wire.getSubject(), PayloadMapping.fromWire(wire.getData()));
    } catch (IllegalArgumentException notAllowed) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, "completion.events", notAllowed.getMessage());
    }
  }

  private static WorkerMessage failed(FailureReport wire) {
    return new WorkerMessage.Failed(
        lease(wire.getLeaseId(), wire.getFencingToken()),
        failure(wire.getFailure()),
        wire.hasRetryDelay() ? Optional.of(WireTime.of(wire.getRetryDelay())) : Optional.empty(),
        wire.hasPartialResult()
            ? Optional.of(inline("failure.partial_result", wire.getPartialResult()))
            : Optional.empty(),
        wire.getCredit());
  }

  private static Failure failure(io.tasklane.v1.Failure wire) {
    Failure.Kind kind =
        switch (wire.getKind()) {
          case KIND_UNSPECIFIED, KIND_RETRYABLE -> Failure.Kind.RETRYABLE;
          case KIND_PERMANENT -> Failure.Kind.PERMANENT;
          default ->
              throw InvalidRequest.field(
                  Reason.INVALID_FIELD,
                  "failure.failure.kind",
                  wire.getKind() + " is not allowed: KIND_RETRYABLE or KIND_PERMANENT");
        };
    String code = wire.getCode().isEmpty() ? "UNEXPECTED" : wire.getCode();
    if (!CODE.matcher(code).matches()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "failure.failure.code",
          "\"" + cut(code, 200) + "\" is not allowed: " + CODE.pattern());
    }
    return new Failure(
        kind,
        code,
        cut(wire.getMessage(), MOST_MESSAGE),
        cut(wire.getStackTrace(), MOST_TRACE),
        Instant.EPOCH);
  }

  private static WorkerMessage release(Release wire) {
    return new WorkerMessage.Release(
        lease(wire.getLeaseId(), wire.getFencingToken()),
        wire.hasCheckpoint()
            ? Optional.of(inline("release.checkpoint", wire.getCheckpoint()))
            : Optional.empty(),
        wire.getReason(),
        wire.getCredit());
  }

  private static Payload inline(String field, io.tasklane.v1.Payload wire) {
    if (wire.hasReference()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, field, "a reference is not allowed: the bytes inline");
    }
    return PayloadMapping.fromWire(wire);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
