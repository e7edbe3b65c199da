package io.tasklane.task;

import io.tasklane.artifact.ArtifactReference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** One attempt at one task, as its handler sees it. */
public interface Run {
  /** The task's name, "tasks/{task}". */
  String task();

  /** The queue's name, "queues/{queue}". */
  String queue();

  /** 1 for the first attempt. */
  int attempt();

  /**
   * The input as it was given at creation, with the outputs of needed tasks under the keys that the
   * dependencies name; it satisfies the type's schema.
   */
  Payload input();

  /** Larger than the token of every earlier run of any task; hand it to what you write to. */
  long fencingToken();

  /** The time to use inside a handler. */
  Clock clock();

  /**
   * When the time limit of this attempt, or of all attempts together, is reached and the thread is
   * interrupted.
   */
  Instant deadline();

  /** Whether somebody asked to cancel; a long loop looks here now and then. */
  boolean cancelled();

  /**
   * Whether a task of higher priority waits for this one to give way; only where the task is
   * preemptible. A handler that can go on later keeps a {@link #checkpoint} and throws {@link
   * PreemptedException}; one that does not runs to its end.
   */
  boolean preempted();

  /**
   * Keeps how far it is, for the run after this one: after it gave way, after a failed attempt, or
   * when its node was lost. The last one counts. It is durable with the end of the run at the
   * latest, and within a fraction of a second as a rule.
   *
   * @param state what the next run needs to go on; inline, at most 256 KiB
   */
  void checkpoint(Payload state);

  /** What an earlier run of this task has kept; empty where none has. */
  Optional<Payload> savedCheckpoint();

  /**
   * Opens an artifact, such as the one that {@code input().reference()} names.
   *
   * @return its bytes; whoever reads them to the end has them checked against size and hash, and
   *     gets an {@link IOException} where they are not what they were
   * @throws FailureException permanent: ARTIFACT_UNKNOWN; retryable: STORAGE_UNAVAILABLE
   */
  InputStream open(ArtifactReference artifact);

  /**
   * Keeps bytes as an artifact, at once and whatever becomes of this run. What no task names
   * expires after a while; a result made by {@link Payload#reference(ArtifactReference)} names it.
   *
   * @param contentType MIME type of the bytes
   * @param bytes read to the end, not closed
   * @throws FailureException permanent: ARTIFACT_TOO_LARGE; retryable: STORAGE_UNAVAILABLE
   * @throws IOException where the bytes cannot be read
   */
  ArtifactReference keep(String contentType, InputStream bytes) throws IOException;

  /** Tells watchers how far it is; cheap, the last value wins. */
  void progress(long completedUnits, long totalUnits, String currentUnit, String message);

  /** Keeps what was reached so far, as the task's result if this attempt hits its time limit. */
  void partialResult(Payload partial);

  /**
   * Brings an effect outside about so that it happens once whatever dies in between. That it is
   * intended is durable before the action begins, and its outcome after it; a run that finds it
   * done is given that outcome and does nothing. One that finds it only intended cannot know
   * whether it happened: its action is told so ({@link EffectIntent#begunBefore()}) and must ask
   * the target by the key first.
   *
   * @param effectKey business identity of the effect over all tasks, such as
   *     "order:AAPL:2026-11-23:open": 1 to 512 characters, none of them a control character
   * @param action brings it about; its outcome is kept inline, at most {@link Payload#MAX_BYTES}
   * @return what came of it, now or before
   * @throws FailureException retryable: STALE_LEASE, where this run's lease is over;
   *     EFFECT_IN_PROGRESS, where another live run is at it; EFFECT_NOT_RECORDED, where the
   *     database is away before the effect
   * @throws IllegalArgumentException where the key or the outcome is not as said
   * @throws Exception what the action throws; the effect stays intended
   */
  Payload once(String effectKey, EffectAction action) throws Exception;

  /** Adds a line to the attempt's log, of which the last 64 KiB are kept. */
  void log(String line);

  /**
   * Creates a task in the very commit that settles this one as succeeded; if the attempt fails,
   * nothing is created. The child's name is known now.
   *
   * @param child what to create
   * @return the name of the child, "tasks/{task}"
   */
  String createTask(TaskRequest child);

  /**
   * Tells the world of something, by the event log. The event becomes part of the log in the very
   * commit that settles this task as succeeded, once and after the task's own event of it; if the
   * attempt fails, nothing is published. The log names this task as the one who caused it.
   *
   * @param event its data must be a JSON object
   * @throws IllegalArgumentException where its data is no JSON object
   * @throws IllegalStateException where it is one event more than {@link Publication#MOST_AT_ONCE},
   *     or their data together are more than {@link Publication#MOST_BYTES_AT_ONCE}
   */
  void publish(Publication event);
}
