package io.tasklane.grpc.trigger;

import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.trigger.StoredTrigger;
import io.tasklane.trigger.Trigger;
import io.tasklane.trigger.TriggerCounts;
import java.time.Duration;
import java.util.Optional;

/** A trigger as the wire shows it and asks for it. */
final class TriggerMapping {
  private TriggerMapping() {}

  static io.tasklane.v1.Trigger toWire(StoredTrigger stored) {
    io.tasklane.v1.Trigger.Builder wire = io.tasklane.v1.Trigger.newBuilder();
    add(stored.trigger(), wire);
    TriggerCounts counts = stored.counts();
    wire.setDisabled(stored.disabledBy().isPresent())
        .setEtag(stored.etag())
        .setEventCount(counts.events())
        .setStartCount(counts.starts())
        .setFaultCount(counts.faults())
        .setLoopCount(counts.loops());
    stored.disabledBy().map(FailureMapping::toWire).ifPresent(wire::setDisableActor);
    counts.lastFault().map(FailureMapping::toWire).ifPresent(wire::setLastFault);
    counts.lastStart().map(WireTime::of).ifPresent(wire::setLastStartTime);
    return wire.build();
  }

  /** The fields that clients may change, but for disabled. */
  static void add(Trigger trigger, io.tasklane.v1.Trigger.Builder wire) {
    wire.setName(WireName.TRIGGER.of(trigger.name()))
        .setEventType(trigger.eventType())
        .setCondition(trigger.condition().orElse(""))
        .setTemplate(WireName.WORKFLOW_TEMPLATE.of(trigger.template()))
        .putAllInputs(trigger.inputs())
        .setCoalesceKey(trigger.coalesceKey().orElse(""));
    if (!trigger.coalesceWindow().isZero()) {
      wire.setCoalesceWindow(WireTime.of(trigger.coalesceWindow()));
    }
  }

  static Trigger fromWire(String triggerId, io.tasklane.v1.Trigger wire) {
    return new Trigger(
        triggerId,
        wire.getEventType(),
        optional(wire.getCondition()),
        WireName.WORKFLOW_TEMPLATE.id(wire.getTemplate(), "trigger.template"),
        wire.getInputsMap(),
        optional(wire.getCoalesceKey()),
        wire.hasCoalesceWindow() ? WireTime.of(wire.getCoalesceWindow()) : Duration.ZERO);
  }

  private static Optional<String> optional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
