package io.tasklane.client;

/** The wait is over and what was waited for has not ended; it goes on. */
public final class WaitTimeoutException extends RuntimeException {
  WaitTimeoutException(String message) {
    super(message);
  }
}
