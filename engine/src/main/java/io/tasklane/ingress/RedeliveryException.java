package io.tasklane.ingress;

import io.tasklane.fault.ErrorText;

/** A message that could not be dealt with now: the broker has to deliver it again. */
public final class RedeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedeliveryException(Exception why) {
    super("to be delivered again: " + ErrorText.of(why), why);
  }
}
