package io.tasklane.grpc.wire;

import io.tasklane.task.Actor;
import io.tasklane.task.Failure;

/** Failures and actors, to the wire. */
public final class FailureMapping {
  private FailureMapping() {}

  /** Why something failed; the code of a kind is its number on the wire. */
  public static io.tasklane.v1.Failure toWire(Failure failure) {
    return io.tasklane.v1.Failure.newBuilder()
        .setKindValue(failure.kind().code())
        .setCode(failure.code())
        .setMessage(failure.message())
        .setStackTrace(failure.stackTrace())
        .setFailTime(WireTime.of(failure.failTime()))
        .build();
  }

  /** Who did something. */
  public static io.tasklane.v1.Actor toWire(Actor actor) {
    return io.tasklane.v1.Actor.newBuilder()
        .setPrincipal(actor.principal())
        .setReason(actor.reason())
        .build();
  }
}
