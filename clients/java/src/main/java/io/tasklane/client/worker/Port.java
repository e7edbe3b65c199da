package io.tasklane.client.worker;

import io.tasklane.v1.Fact;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Progress;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.RecordStepRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run does with whoever has given it: a server, or a test. */
interface Port {
  Instant now();

  Optional<StopReason> stop();

  /** Waits, but not longer than until the run should stop. */
  void pause(Duration time);

  void progress(Progress progress);

  void checkpoint(Payload state);

  void partialResult(Payload value);

  void log(List<String> lines);

  void setFactNow(Fact fact);

  RecordEffectResponse intend(String effectKey);

  void effectDone(String effectKey, Payload outcome);

  /** Asks for a step, or records it; the lease is filled in. */
  Known step(RecordStepRequest.Builder request);

  /** A payload that may be large. */
  Payload payload(Object value);

  <T> T value(Payload payload, Class<T> type);

  /** What is known of a step: whether it is done, its result, and how long it still rests. */
  record Known(boolean done, Payload result, Duration rest) {}
}
