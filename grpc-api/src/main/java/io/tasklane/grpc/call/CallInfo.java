package io.tasklane.grpc.call;

import io.grpc.Context;
import io.tasklane.api.Caller;

/**
 * Who calls what.
 *
 * @param caller who
 * @param method full name, such as "tasklane.v1.TaskService/CreateTask"
 */
public record CallInfo(Caller caller, String method) {
  private static final Context.Key<CallInfo> KEY = Context.key("tasklane-call");

  /** Of the call that is served on this thread. */
  public static CallInfo current() {
    CallInfo info = KEY.get();
    if (info == null) {
      throw new IllegalStateException("no call is served here: is CallScope installed?");
    }
    return info;
  }

  /** The present context with this in it. */
  public Context inContext() {
    return Context.current().withValue(KEY, this);
  }
}
