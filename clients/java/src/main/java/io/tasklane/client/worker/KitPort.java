package io.tasklane.client.worker;

import com.google.protobuf.util.Durations;
import io.tasklane.client.Payloads;
import io.tasklane.v1.EffectState;
import io.tasklane.v1.Fact;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Progress;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.RecordStepRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** That of a kit: keeps what a server would. */
final class KitPort implements Port {
  private final Map<String, Payload> events = new HashMap<>();
  private final Map<String, Payload> steps = new HashMap<>();
  private final Map<String, Instant> due = new HashMap<>();
  private final Map<String, RecordEffectResponse> effects = new HashMap<>();
  private Instant time;
  private Payload saved;
  private Instant stopTime = Instant.MAX;
  private StopReason stopReason;
  private KitOutcome outcome;

  KitPort(Instant start) {
    time = start;
  }

  void begin(KitOutcome next) {
    outcome = next;
  }

  void advance(Duration by) {
    time = time.plus(by);
  }

  void stopAt(Instant when, StopReason why) {
    stopTime = when;
    stopReason = why;
  }

  void event(String eventType, Payload event) {
    events.put(eventType, event);
  }

  Optional<Payload> saved() {
    return Optional.ofNullable(saved);
  }

  @Override
  public Instant now() {
    return time;
  }

  @Override
  public Optional<StopReason> stop() {
    return time.isBefore(stopTime) ? Optional.empty() : Optional.of(stopReason);
  }

  @Override
  public void pause(Duration length) {
    Instant until = time.plus(length);
    boolean stops = stopTime.isAfter(time) && stopTime.isBefore(until);
    time = stops ? stopTime : until;
  }

  @Override
  public void progress(Progress progress) {
    outcome.lastProgress = progress;
  }

  @Override
  public void checkpoint(Payload state) {
    saved = state;
  }

  @Override
  public void partialResult(Payload value) {
    outcome.partial = value;
  }

  @Override
  public void log(List<String> lines) {
    outcome.lines.addAll(lines);
  }

  @Override
  public void setFactNow(Fact fact) {
    outcome.factsAtOnce.add(fact);
  }

  @Override
  public RecordEffectResponse intend(String effectKey) {
    RecordEffectResponse begun = state(EffectState.EFFECT_STATE_INTENDED).build();
    RecordEffectResponse known = effects.putIfAbsent(effectKey, begun);
    return known == null ? RecordEffectResponse.getDefaultInstance() : known;
  }

  @Override
  public void effectDone(String effectKey, Payload value) {
    effects.put(effectKey, state(EffectState.EFFECT_STATE_DONE).setOutcome(value).build());
  }

  private static RecordEffectResponse.Builder state(EffectState state) {
    return RecordEffectResponse.newBuilder().setPreviousState(state);
  }

  @Override
  public Known step(RecordStepRequest.Builder request) {
    String name = request.getName();
    return switch (request.getActionCase()) {
      case BEGIN -> known(name, steps.containsKey(name));
      case SUCCESS -> {
        steps.put(name, request.getSuccess().getResult());
        yield known(name, true);
      }
      case SLEEP -> rest(name, Durations.toNanos(request.getSleep().getDuration()));
      case AWAIT_EVENT -> {
        Payload event = events.get(request.getAwaitEvent().getEventType());
        yield event == null
            ? rest(name, Durations.toNanos(request.getAwaitEvent().getTimeout()))
            : new Known(true, event, Duration.ZERO);
      }
      default -> known(name, false);
    };
  }

  private Known known(String name, boolean done) {
    Payload result = steps.getOrDefault(name, Payload.getDefaultInstance());
    return new Known(done, result, Duration.ZERO);
  }

  private Known rest(String name, long nanos) {
    Instant until = due.computeIfAbsent(name, first -> time.plusNanos(nanos));
    Duration left = Duration.between(time, until);
    return new Known(left.isNegative() || left.isZero(), Payload.getDefaultInstance(), left);
  }

  @Override
  public Payload payload(Object value) {
    return Payloads.inline(value);
  }

  @Override
  public <T> T value(Payload payload, Class<T> type) {
    return Payloads.read(payload.getInline(), type);
  }
}
