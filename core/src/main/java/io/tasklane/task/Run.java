package io.tasklane.task;

import io.tasklane.artifact.ArtifactReference;
import io.tasklane.fact.Fact;
import io.tasklane.retry.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One attempt at one task, as its handler sees it. */
public interface Run {
  /** The task's name, "tasks/{task}". */
  String task();

  /** The queue's name, "queues/{queue}". */
  String queue();

  /** 1 for the first attempt. */
  int attempt();

  /**
   * The input as given at creation, with the outputs of needed tasks under the keys that the
   * dependencies name; it is valid against the type's schema.
   */
  Payload input();

  /**
   * Larger than the token of every earlier run of any task; pass it to the systems you write to.
   */
  long fencingToken();

  /** The time to use inside a handler. */
  Clock clock();

  /**
   * When the time limit of this attempt, or of all attempts together, is reached and the thread is
   * interrupted.
   */
  Instant deadline();

  /** Whether somebody asked to cancel; long loops should check it now and then. */
  boolean cancelled();

  /**
   * Whether a task of higher priority waits for this one to yield; only for preemptible tasks. A
   * handler that can continue later saves a {@link #checkpoint} and throws {@link
   * PreemptedException}; one that does not runs to its end.
   */
  boolean preempted();

  /**
   * Saves the state of this run for the next run of the task: after a preemption, a failed attempt,
   * or the loss of its node. The last checkpoint counts. It is durable with the end of the run at
   * the latest, and usually within a fraction of a second.
   *
   * @param state what the next run needs to continue; inline, at most 256 KiB
   * @throws IllegalArgumentException if it is too large, or not JSON by the rule of {@link
   *     Payload#JSON} although it claims to be
   */
  void checkpoint(Payload state);

  /** The last checkpoint of an earlier run of this task; empty if there is none. */
  Optional<Payload> savedCheckpoint();

  /**
   * Opens an artifact, such as the one that {@code input().reference()} names.
   *
   * @return its bytes; when they are read to the end they are checked against size and hash, and an
   *     {@link IOException} is thrown if they were damaged
   * @throws FailureException permanent: ARTIFACT_UNKNOWN; retryable: STORAGE_UNAVAILABLE
   */
  InputStream open(ArtifactReference artifact);

  /**
   * Stores bytes as an artifact, at once and independently of the end of this run. An artifact that
   * no task names expires after a while; a result created by {@link
   * Payload#reference(ArtifactReference)} names it.
   *
   * @param contentType MIME type of the bytes
   * @param bytes read to the end, not closed
   * @throws FailureException permanent: ARTIFACT_TOO_LARGE; retryable: STORAGE_UNAVAILABLE
   * @throws IOException if the bytes cannot be read
   */
  ArtifactReference keep(String contentType, InputStream bytes) throws IOException;

  /** Reports progress to watchers; cheap, the last value counts. */
  default void progress(long completedUnits, long totalUnits, String currentUnit, String message) {
    progress(completedUnits, totalUnits, currentUnit, message, "");
  }

  /**
   * The same, with details for those who watch.
   *
   * @param details a JSON object, for example {@code {"symbols_done": ["AAPL"]}}, at most {@link
   *     Progress#MAX_DETAILS}; empty for none
   * @throws IllegalArgumentException if it is too large or no JSON object
   */
  void progress(
      long completedUnits, long totalUnits, String currentUnit, String message, String details);

  /**
   * Sets the partial result. It becomes the task's result, marked as partial, if this attempt
   * reaches its time limit, or if it stops by an exception after a cancel; the last one counts. An
   * attempt that ends otherwise leaves none.
   *
   * @throws IllegalArgumentException if it is too large, or not JSON by the rule of {@link
   *     Payload#JSON} although it claims to be
   */
  void partialResult(Payload partial);

  /**
   * Performs an external effect so that it happens once, whatever fails in between. The intent is
   * durable before the action begins, and its outcome after it; a run that finds the effect done
   * gets that outcome and does nothing. A run that finds it only intended cannot know whether it
   * happened: its action sees {@link EffectIntent#begunBefore()} and must ask the target by the key
   * first.
   *
   * @param effectKey business identity of the effect over all tasks, such as
   *     "order:AAPL:2026-11-23:open": 1 to 512 characters, none of them a control character
   * @param action performs it; its outcome is stored inline, at most {@link Payload#MAX_BYTES}
   * @return its outcome, of this run or an earlier one
   * @throws FailureException retryable: STALE_LEASE, if this run's lease has ended;
   *     EFFECT_IN_PROGRESS, if another live run is performing it; EFFECT_NOT_RECORDED, if the
   *     database is unreachable before the effect
   * @throws IllegalArgumentException if the key or the outcome is not as required
   * @throws Exception what the action throws; the effect stays intended
   */
  Payload once(String effectKey, EffectAction action) throws Exception;

  /**
   * A part of the work that is done once: when the task runs again, after a crash, a retry or a
   * preemption, the kept result is returned and the body is not run. A body whose result was not
   * kept yet runs again, so what it does outside is fenced or goes through {@link #once}.
   *
   * <p>A step is known by its name alone, in whatever order and on whatever threads the run asks
   * for its steps. A loop puts into the name what the round is about, such as "fetch AAPL". A copy
   * of the task (RetryTask, ReplayDeadLetter, RetryWorkflow) takes over the steps that have
   * succeeded, unless it gets another input or is to have fresh ones. What a body throws is the
   * failure of the step, and passed on; the next attempt runs the body again.
   *
   * @param name unique in the task: 1 to 128 characters, none of them a control character
   * @param body does it; its result may be null, and is kept like any other
   * @return what the body returned, in this run or an earlier one; the same in each
   * @throws FailureException permanent: STEP_NAME_USED, if this run has asked for the name already;
   *     STEP_LIMIT, for one more than 1,000 steps; STEP_KIND, if the name is that of a sleep or a
   *     wait; STEP_RESULT_TOO_LARGE, over 4 MiB; STEP_RESULT_INVALID, for what claims to be JSON
   *     and is not. Retryable: STALE_LEASE, if this run's lease has ended
   * @throws IllegalArgumentException if the name is not as required
   * @throws Exception what the body throws
   */
  default Payload step(String name, Callable<Payload> body) throws Exception {
    return step(name, RetryPolicy.attempts(1), body);
  }

  /**
   * The same for a body that is tried several times within one attempt of the task. Its tries
   * survive a crash: after it, those that are left follow. A wait of more than a second between two
   * tries puts the task to sleep, as {@link #sleep} does.
   *
   * @param policy how often, and how soon; counts anew in the next attempt of the task
   */
  Payload step(String name, RetryPolicy policy, Callable<Payload> body) throws Exception;

  /**
   * Waits, without a slot: the task is SCHEDULED, its slot and its resources are free, and it keeps
   * the turn of its ordering key. It then goes on at its place, before newer tasks of its priority,
   * without a new attempt. The total timeout runs on; the time limit of the attempt does not. The
   * run ends here: a later one calls the handler again, whose steps return what was kept, and goes
   * on after the sleep. So this is called outside of the bodies of steps.
   *
   * @param name as that of a {@link #step}
   * @param duration from the first call on, 0 to 365 days
   * @throws FailureException as {@link #step}
   * @throws IllegalArgumentException if name or duration are not as required
   */
  void sleep(String name, Duration duration);

  /**
   * Waits for an event as {@link #sleep} does: the first that stands in the log after the wait
   * began, has this type, and meets the condition.
   *
   * @param name as that of a {@link #step}
   * @param eventType exact, or a prefix that ends in ".*"
   * @param condition CEL over {@code event} that yields a boolean; empty for any event of the type
   * @param timeout from the first call on, more than 0, at most 365 days
   * @return the event as JSON, with the members that {@code event} has; empty after the timeout
   * @throws FailureException as {@link #step}; permanent: EVENT_CONDITION, if the condition is no
   *     CEL, or cannot be evaluated for an event of the type
   * @throws IllegalArgumentException if name, type or timeout are not as required
   */
  Optional<Payload> awaitEvent(String name, String eventType, String condition, Duration timeout);

  /** Adds a line to the attempt's log, of which the last 64 KiB are kept. */
  void log(String line);

  /**
   * Creates a task in the same commit that completes this one as succeeded; if the attempt fails,
   * nothing is created. The child's name is known at once.
   *
   * @param child what to create
   * @return the name of the child, "tasks/{task}"
   */
  String createTask(TaskRequest child);

  /**
   * Publishes an event in the event log, in the same commit that completes this task as succeeded,
   * once and after the task's own event; if the attempt fails, nothing is published. The event
   * names this task as its actor.
   *
   * @param event its data must be a JSON object
   * @throws IllegalArgumentException if its data is no JSON object
   * @throws IllegalStateException if it is one event more than {@link Publication#MOST_AT_ONCE}, or
   *     their data together are more than {@link Publication#MOST_BYTES_AT_ONCE}
   */
  void publish(Publication event);

  /**
   * Sets a fact in the same commit that completes this task as succeeded, after its events; if the
   * attempt fails, nothing is set. Of several with one name the last counts. It names this task as
   * its actor.
   *
   * @param fact one whose expire time has passed by then is absent at once
   * @throws IllegalArgumentException if its value is larger than {@link Fact#MAX_BYTES} as JSON, or
   *     has a string that JSON in UTF-8 cannot hold
   * @throws IllegalStateException if it is one more than {@link Fact#MOST_AT_ONCE}
   */
  void setFact(Fact fact);

  /**
   * Sets a fact at once, independently of the end of this run; it is durable when this returns. A
   * run whose lease has ended sets nothing.
   *
   * @throws FailureException retryable: STALE_LEASE, if this run's lease has ended; FACT_NOT_SET,
   *     if the database is unreachable and nobody knows whether it was set
   * @throws IllegalArgumentException as in {@link #setFact}
   */
  void setFactNow(Fact fact);
}
