package io.tasklane.commit;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command that waits for its batch, and the caller that waits for the command. */
final class PendingCommand<C, R> {
  final CommandKind<C, R> kind;
  final C command;
  final Optional<IdempotentRequest<R>> request;
  final CompletableFuture<Answer<R>> reply = new CompletableFuture<>();
  private Answer<R> answer;
  private boolean needsMore;
  private Refusal refusal;

  PendingCommand(CommandKind<C, R> kind, C command, Optional<Change<R>> change) {
    this.kind = kind;
    this.command = command;
    this.request = change.flatMap(IdempotentRequest::of);
  }

  /** Whether one round trip may be enough: none has failed to be so far. */
  boolean fitsOneRoundTrip() {
    return !needsMore;
  }

  /** One round trip was not enough. */
  void needsMore() {
    needsMore = true;
  }

  /** Forgets the outcome of an attempt that was rolled back. */
  void reset() {
    answer = null;
    refusal = null;
  }

  boolean isDecided() {
    return answer != null || refusal != null;
  }

  boolean isRefused() {
    return refusal != null;
  }

  void decide(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Done<R> done) {
      answer = new Answer.Fresh<>(done.result());
    } else if (outcome instanceof Outcome.Refused<R> refused) {
      refusal = refused.refusal();
    } else if (outcome instanceof Outcome.Repeated<R> repeated) {
      repeat(repeated.kept());
    }
  }

  /** Answers a repeated request with the first answer. */
  void repeat(KeptAnswer kept) {
    try {
      answer = request.orElseThrow().answer(kept);
      refusal = null;
    } catch (Refusal reused) {
      refusal = reused;
    }
  }

  void refuse(Refusal why) {
    refusal = why;
  }

  /** The bytes to keep; empty where this command did nothing new. */
  Optional<byte[]> responseToKeep() {
    if (answer instanceof Answer.Fresh<R> fresh) {
      return request.map(asked -> asked.encoder().apply(fresh.value()));
    }
    return Optional.empty();
  }

  void answerCaller() {
    if (refusal != null) {
      reply.completeExceptionally(refusal);
    } else {
      reply.complete(answer);
    }
  }
}
