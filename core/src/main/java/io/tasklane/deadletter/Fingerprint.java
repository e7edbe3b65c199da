package io.tasklane.deadletter;

import io.tasklane.task.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A short hash that failures with the same root cause share. It covers their kind, their code,
 * their message without what differs from task to task (numbers, ids, times, quoted values,
 * symbols), the chain of exceptions down to the root cause, and the frames in which that was
 * thrown, without line numbers.
 */
public final class Fingerprint {
  private static final int FRAMES = 5;
  private static final int HEX_DIGITS = 16;
  private static final String VARIES = "?";

  private static final List<Pattern> VARYING =
      List.of(
          Pattern.compile("\"[^\"]*\"|'[^']*'|`[^`]*`"),
          Pattern.compile("\\b(tasks|queues|nodes|artifacts)/[\\w.-]+"),
          Pattern.compile("\\b\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b"),
          Pattern.compile("\\b0x\\p{XDigit}+\\b|\\b(?=\\w*\\d)\\p{XDigit}{8,}\\b"),
          // a symbol such as AAPL, BRK.B or RDS-A
          Pattern.compile("\\b[A-Z]{1,5}([.-][A-Z]{1,2})?\\b"),
          Pattern.compile("[-+]?\\d[\\d.,:_TZ+-]*"));

  private static final Pattern LIST = Pattern.compile("\\?(\\s*[,;/ ]\\s*\\?)+");
  private static final Pattern FRAME = Pattern.compile("\\s*at (?:[^/()]*/)*([^/()]+)\\(.*");
  private static final Pattern GENERATED =
      Pattern.compile("(Lambda|lambda|Proxy|\\$)[$\\w]*\\d+|0x\\p{XDigit}+");
  private static final String CAUSE = "Caused by: ";

  private Fingerprint() {}

  /** 16 hexadecimal digits. */
  public static String of(Failure failure) {
    StringBuilder cause = new StringBuilder();
    cause.append(failure.kind().code()).append('\n').append(failure.code()).append('\n');
    cause.append(normalised(failure.message())).append('\n');
    addTrace(failure.stackTrace(), cause);
    return hash(cause.toString());
  }

  /** The first line of a message, with a question mark for everything that varies. */
  static String normalised(String message) {
    String line = message.strip().lines().findFirst().orElse("");
    for (Pattern varying : VARYING) {
      line = varying.matcher(line).replaceAll(VARIES);
    }
    return LIST.matcher(line).replaceAll(VARIES).replaceAll("\\s+", " ");
  }

  /** The exceptions of the chain, and the first frames of the last one, the root cause. */
  private static void addTrace(String trace, StringBuilder cause) {
    int frames = 0;
    boolean first = true;
    StringBuilder rootFrames = new StringBuilder();
    for (String line : trace.lines().toList()) {
      if (first || line.startsWith(CAUSE)) {
        cause.append(exception(line)).append('\n');
        rootFrames.setLength(0);
        frames = 0;
      } else if (frames < FRAMES && FRAME.matcher(line).matches()) {
        rootFrames.append(frame(line)).append('\n');
        frames++;
      }
      first = false;
    }
    cause.append(rootFrames);
  }

  private static String exception(String line) {
    String text = line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line;
    int message = text.indexOf(':');
    return message < 0 ? text.strip() : text.substring(0, message);
  }

  private static String frame(String line) {
    String method = FRAME.matcher(line).replaceFirst("$1");
    return GENERATED.matcher(method).replaceAll(VARIES);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
