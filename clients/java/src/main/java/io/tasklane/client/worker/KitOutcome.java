package io.tasklane.client.worker;

import io.tasklane.client.Payloads;
import io.tasklane.v1.ChildTask;
import io.tasklane.v1.Event;
import io.tasklane.v1.Fact;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run under the {@link Kit} did. */
public final class KitOutcome {
  final List<String> lines = new ArrayList<>();
  final List<Fact> factsAtOnce = new ArrayList<>();
  Progress lastProgress;
  Payload partial;
  private final int attempt;
  private final Instant start;
  private Instant end;
  private Payload result;
  private Failure failure;
  private Duration retryAfter;
  private StopReason stopped;
  private List<Event> events = List.of();
  private List<Fact> facts = List.of();
  private List<ChildTask> children = List.of();

  KitOutcome(int attempt, Instant start) {
    this.attempt = attempt;
    this.start = start;
  }

  void end(Instant time) {
    end = time;
  }

  void stopped(StopReason why) {
    stopped = why;
  }

  void failed(Failure why, Throwable error) {
    failure = why;
    retryAfter = error instanceof TaskException chosen ? chosen.retryAfter().orElse(null) : null;
  }

  void succeeded(Payload value, Run run) {
    result = value;
    events = List.copyOf(run.events);
    facts = List.copyOf(run.facts);
    children = List.copyOf(run.children);
  }

  /** The number of its attempt, from 1. */
  public int attempt() {
    return attempt;
  }

  /** How much of the stepped time it took. */
  public Duration time() {
    return Duration.between(start, end);
  }

  /** Its result; empty where it did not succeed. */
  public <T> Optional<T> result(Class<T> type) {
    return Optional.ofNullable(result).map(value -> Payloads.read(value.getInline(), type));
  }

  /** Why it failed; empty where it did not. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** The wait before the next attempt, where it chose one. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Why it let itself be stopped; empty where it did not. */
  public Optional<StopReason> stopped() {
    return Optional.ofNullable(stopped);
  }

  /** Its log. */
  public List<String> log() {
    return List.copyOf(lines);
  }

  /** Its last report of progress. */
  public Optional<Progress> progress() {
    return Optional.ofNullable(lastProgress);
  }

  /** Its last partial result. */
  public <T> Optional<T> partialResult(Class<T> type) {
    return Optional.ofNullable(partial).map(value -> Payloads.read(value.getInline(), type));
  }

  /** The events of its success. */
  public List<Event> events() {
    return events;
  }

  /** The facts of its success. */
  public List<Fact> facts() {
    return facts;
  }

  /** The facts that it set at once. */
  public List<Fact> factsNow() {
    return List.copyOf(factsAtOnce);
  }

  /** The tasks that its success creates. */
  public List<ChildTask> children() {
    return children;
  }
}
