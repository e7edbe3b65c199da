package io.tasklane.client.worker;

/** The run was asked to stop. Let it pass: what was done before is kept by the checkpoint. */
public final class StoppedException extends RuntimeException {
  StoppedException(StopReason why) {
    super(String.valueOf(why));
  }
}
