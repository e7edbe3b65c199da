package io.tasklane.differential;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What the engine answers, in the words of a script. */
final class Replies {
  private Replies() {}

  /** Tasks that were created, or exist. */
  static String created(List<Creation> all) {
    return String.join(
        ", ", all.stream().map(one -> created(one, one.task().state().name())).toList());
  }

  /** A task that was claimed at once is told as it was born, also where the answer was lost. */
  static String born(List<Creation> all) {
    return String.join(
        ", ",
        all.stream()
            .map(one -> created(one, one.task().state().name().replace("RUNNING", "QUEUED")))
            .toList());
  }

  private static String created(Creation one, String state) {
    return one.task().taskId() + " " + (one.existing() ? "exists" : state);
  }

  /** A task that was changed. */
  static String moved(Task task) {
    return task.taskId() + " " + task.state() + " v" + task.version();
  }

  /** Of a command of a node. */
  static <R> Change<R> internal() {
    return change("none", "", "", result -> "");
  }

  /** Of a command of a client. */
  static <R> Change<R> change(
      String method, String requestId, Object body, Function<R, String> text) {
    return new Change<>(
        new Caller(Model.CLIENT, ""),
        method,
        Optional.of(requestId).filter(id -> !id.isEmpty()),
        body.toString().getBytes(StandardCharsets.UTF_8),
        result -> text.apply(result).getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a command of a node. */
  static <R> R answer(CompletableFuture<Answer<R>> reply) {
    return ((Answer.Fresh<R>) reply.orTimeout(60, TimeUnit.SECONDS).join()).value();
  }

  /** What a client is answered. */
  static <R> String text(CompletableFuture<Answer<R>> reply, Function<R, String> text) {
    try {
      Answer<R> answer = reply.orTimeout(60, TimeUnit.SECONDS).join();
      return answer instanceof Answer.Fresh<R> fresh
          ? text.apply(fresh.value())
          : "again ["
              + new String(((Answer.Stored<R>) answer).bytes(), StandardCharsets.UTF_8)
              + "]";
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Refusal refusal) {
        return "refused " + refusal.reason().name();
      }
      throw failed;
    }
  }
}
