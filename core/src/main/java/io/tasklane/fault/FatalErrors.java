package io.tasklane.fault;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Errors that a node does not survive. After an error of the virtual machine nothing in the process
 * can be relied on, so the node ends, and its leases are lost. A stack overflow is no such error:
 * it ends where the stack does. Nor is a thread that cannot be started: the machine has too many.
 */
public final class FatalErrors {
  private static final Logger LOG = Logger.getLogger(FatalErrors.class.getName());
  private static final String NO_THREAD = "unable to create native thread";

  private FatalErrors() {}

  /** Whether this ends the node, also where a future has wrapped it. */
  public static boolean isFatal(Throwable thrown) {
    return fatal(thrown).isPresent();
  }

  /** Throws the error that ends the node, if this is one; returns for anything else. */
  public static void passOn(Throwable thrown) {
    Optional<VirtualMachineError> fatal = fatal(thrown);
    if (fatal.isPresent()) {
      throw fatal.get();
    }
  }

  private static Optional<VirtualMachineError> fatal(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof VirtualMachineError error && !isSurvived(error)
        ? Optional.of(error)
        : Optional.empty();
  }

  private static boolean isSurvived(VirtualMachineError error) {
    return error instanceof StackOverflowError || ErrorText.messageOf(error).startsWith(NO_THREAD);
  }

  /** Threads that end the node where such an error leaves their work. */
  public static ThreadFactory ending(ThreadFactory threads, Runnable endNode) {
    return work ->
        threads.newThread(
            () -> {
              try {
                work.run();
              } catch (Throwable thrown) {
                if (isFatal(thrown)) {
                  end(thrown, endNode);
                }
                throw thrown;
              }
            });
  }

  /** Ends the node, whatever becomes of the line in the log. */
  static void end(Throwable fatal, Runnable endNode) {
    try {
      LOG.log(Level.SEVERE, "an error of the virtual machine: the node ends", fatal);
    } finally {
      endNode.run();
    }
  }
}
