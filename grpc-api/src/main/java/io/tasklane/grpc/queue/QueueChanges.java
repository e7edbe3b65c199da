package io.tasklane.grpc.queue;

import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import io.tasklane.service.QueueService;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateQueueResponse;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DeleteQueueResponse;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.DrainQueueResponse;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.PauseQueueResponse;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.ResumeQueueResponse;
import io.tasklane.v1.UpdateQueueRequest;
import io.tasklane.v1.UpdateQueueResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, changes, pauses, drains, resumes and deletes queues. */
final class QueueChanges {
  private final QueueService queues;

  QueueChanges(QueueService queues) {
    this.queues = queues;
  }

  CompletionStage<CreateQueueResponse> create(CreateQueueRequest request) {
    QueueSettings settings = QueueRequests.read(request);
    if (request.getValidateOnly()) {
      io.tasklane.v1.Queue planned = QueueMapping.toWire(queues.previewCreation(settings));
      return CompletableFuture.completedStage(
          CreateQueueResponse.newBuilder().setQueue(planned.toBuilder().clearEtag()).build());
    }
    Replay<Queue, CreateQueueResponse> replay =
        Replay.of(
            request, request.getRequestId(), QueueChanges::created, CreateQueueResponse.parser());
    return queues.create(settings, replay.change()).thenApply(replay::response);
  }

  CompletionStage<UpdateQueueResponse> update(UpdateQueueRequest request) {
    UnaryOperator<QueueSettings> edit = QueueRequests.read(request);
    String queueId = WireName.QUEUE.id(request.getQueue().getName(), "queue.name");
    Optional<String> etag = WireEtag.read(request.getQueue().getEtag(), "queue.etag");
    if (request.getValidateOnly()) {
      return CompletableFuture.completedStage(updated(queues.previewUpdate(queueId, etag, edit)));
    }
    Replay<Queue, UpdateQueueResponse> replay =
        Replay.of(
            request, request.getRequestId(), QueueChanges::updated, UpdateQueueResponse.parser());
    return queues.update(queueId, etag, edit, replay.change()).thenApply(replay::response);
  }

  CompletionStage<DeleteQueueResponse> delete(DeleteQueueRequest request) {
    Replay<Queue, DeleteQueueResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            queue -> DeleteQueueResponse.getDefaultInstance(),
            DeleteQueueResponse.parser());
    return queues
        .delete(id(request.getName()), WireEtag.read(request.getEtag(), "etag"), replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<PauseQueueResponse> pause(PauseQueueRequest request) {
    Replay<Queue, PauseQueueResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            queue -> PauseQueueResponse.newBuilder().setQueue(QueueMapping.toWire(queue)).build(),
            PauseQueueResponse.parser());
    return queues
        .pause(id(request.getName()), request.getReason(), replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<DrainQueueResponse> drain(DrainQueueRequest request) {
    Replay<Queue, DrainQueueResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            queue -> DrainQueueResponse.newBuilder().setQueue(QueueMapping.toWire(queue)).build(),
            DrainQueueResponse.parser());
    return queues
        .drain(id(request.getName()), request.getReason(), replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<ResumeQueueResponse> resume(ResumeQueueRequest request) {
    Replay<Queue, ResumeQueueResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            queue -> ResumeQueueResponse.newBuilder().setQueue(QueueMapping.toWire(queue)).build(),
            ResumeQueueResponse.parser());
    return queues.resume(id(request.getName()), replay.change()).thenApply(replay::response);
  }

  private static CreateQueueResponse created(Queue queue) {
    return CreateQueueResponse.newBuilder().setQueue(QueueMapping.toWire(queue)).build();
  }

  private static UpdateQueueResponse updated(Queue queue) {
    return UpdateQueueResponse.newBuilder().setQueue(QueueMapping.toWire(queue)).build();
  }

  private static String id(String name) {
    return WireName.QUEUE.id(name, "name");
  }
}
