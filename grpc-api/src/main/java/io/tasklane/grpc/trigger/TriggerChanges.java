package io.tasklane.grpc.trigger;

import com.google.protobuf.FieldMask;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.task.Actor;
import io.tasklane.trigger.StoredTrigger;
import io.tasklane.trigger.Trigger;
import io.tasklane.trigger.TriggerService;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.CreateTriggerResponse;
import io.tasklane.v1.DeleteTriggerRequest;
import io.tasklane.v1.DeleteTriggerResponse;
import io.tasklane.v1.UpdateTriggerRequest;
import io.tasklane.v1.UpdateTriggerResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, changes and deletes triggers. */
final class TriggerChanges {
  private static final UpdateMask.Fields FIELDS =
      new UpdateMask.Fields(
          List.of(
              "event_type",
              "condition",
              "template",
              "inputs",
              "coalesce_key",
              "coalesce_window",
              "disabled"),
          false,
          Set.of());
  private static final FieldMask ALL = FieldMask.newBuilder().addPaths("*").build();

  private final TriggerService triggers;

  TriggerChanges(TriggerService triggers) {
    this.triggers = triggers;
  }

  CompletionStage<CreateTriggerResponse> create(CreateTriggerRequest request) {
    String name = request.getTrigger().getName();
    if (!name.isEmpty() && !name.equals(WireName.TRIGGER.of(request.getTriggerId()))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "trigger.name",
          "\""
              + name
              + "\" is not allowed: the name comes from trigger_id, which is \""
              + request.getTriggerId()
              + "\"");
    }
    Trigger trigger = TriggerMapping.fromWire(request.getTriggerId(), request.getTrigger());
    if (request.getValidateOnly()) {
      triggers.check(trigger);
      return CompletableFuture.completedStage(
          CreateTriggerResponse.newBuilder().setTrigger(request.getTrigger()).build());
    }
    Replay<StoredTrigger, CreateTriggerResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            made ->
                CreateTriggerResponse.newBuilder().setTrigger(TriggerMapping.toWire(made)).build(),
            CreateTriggerResponse.parser());
    return triggers
        .create(trigger, request.getTrigger().getDisabled(), actor(""), replay.change())
        .thenApply(replay::response);
  }

  private static Actor actor(String reason) {
    return CallInfo.current().caller().actor(reason);
  }

  CompletionStage<UpdateTriggerResponse> update(UpdateTriggerRequest request) {
    FieldMask named = request.getUpdateMask().getPathsCount() == 0 ? ALL : request.getUpdateMask();
    UpdateMask<io.tasklane.v1.Trigger> mask =
        UpdateMask.namedOrSet(named, request.getTrigger(), FIELDS);
    String id = WireName.TRIGGER.id(request.getTrigger().getName(), "trigger.name");
    if (named.getPathsList().contains("template") || named.equals(ALL)) {
      WireName.WORKFLOW_TEMPLATE.id(request.getTrigger().getTemplate(), "trigger.template");
    }
    UnaryOperator<Trigger> edit =
        present -> {
          io.tasklane.v1.Trigger.Builder shown = io.tasklane.v1.Trigger.newBuilder();
          TriggerMapping.add(present, shown);
          return TriggerMapping.fromWire(id, mask.apply(shown.build(), request.getTrigger()));
        };
    UnaryOperator<Boolean> disable =
        disabled ->
            mask.apply(
                    io.tasklane.v1.Trigger.newBuilder().setDisabled(disabled).build(),
                    request.getTrigger())
                .getDisabled();
    Replay<StoredTrigger, UpdateTriggerResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            changed ->
                UpdateTriggerResponse.newBuilder()
                    .setTrigger(TriggerMapping.toWire(changed))
                    .build(),
            UpdateTriggerResponse.parser());
    return triggers
        .update(
            id,
            WireEtag.read(request.getTrigger().getEtag(), "trigger.etag"),
            edit,
            disable,
            actor(request.getReason()),
            replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<DeleteTriggerResponse> delete(DeleteTriggerRequest request) {
    Replay<StoredTrigger, DeleteTriggerResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            deleted -> DeleteTriggerResponse.getDefaultInstance(),
            DeleteTriggerResponse.parser());
    return triggers
        .delete(
            WireName.TRIGGER.id(request.getName(), "name"),
            WireEtag.read(request.getEtag(), "etag"),
            actor(""),
            replay.change())
        .thenApply(replay::response);
  }
}
