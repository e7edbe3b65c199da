package io.tasklane.fault;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletionException;

/** Words for what was thrown, also where its own methods throw. */
public final class ErrorText {
  private static final int LONGEST = 1_000;

  private ErrorText() {}

  /** Its type and message, at most 1,000 characters; of a wrapped one those of its cause. */
  public static String of(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String text = typeOf(cause) + ": " + messageOf(cause);
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** Simple name of its type. */
  public static String typeOf(Throwable thrown) {
    return thrown.getClass().getSimpleName();
  }

  /** Its message; "null" if it has none. */
  public static String messageOf(Throwable thrown) {
    try {
      return String.valueOf(thrown.getMessage());
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError evil) {
      return "its message cannot be read: " + typeOf(evil);
    }
  }

  /** Its stack trace with that of its causes. */
  public static String traceOf(Throwable thrown) {
    try {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError evil) {
      return typeOf(thrown) + ", whose stack trace cannot be printed: " + typeOf(evil);
    }
  }
}
