package io.tasklane.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the comments of the contract promise. Under a method they say "CODE: REASON; REASON, when it
 * is given; REASON and REASON, where ..." for each code, or refer to another method of the service.
 * A method that is not served promises nothing.
 */
record Promises(Set<Promise> all) {
  private static final Pattern SERVICE = Pattern.compile("(?m)((?:^//.*\\n)*)^service (\\w+)");

  /** Says of a service that none of its methods is served. */
  private static final String UNSERVED = "Not served yet: every method answers UNIMPLEMENTED.";

  private static final Pattern METHOD = Pattern.compile("(?m)((?:^ *//.*\\n)+) *rpc (\\w+)\\(");
  private static final Pattern CODE =
      Pattern.compile(
          "\\b(INVALID_ARGUMENT|NOT_FOUND|ALREADY_EXISTS|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE"
              + "|DATA_LOSS|UNAVAILABLE|RESOURCE_EXHAUSTED|UNIMPLEMENTED|INTERNAL"
              + "|PERMISSION_DENIED|UNAUTHENTICATED): ");
  private static final Pattern REASONS =
      Pattern.compile("^[A-Z]{2,}(_[A-Z]+)*((, | and )[A-Z]{2,}(_[A-Z]+)*)*");
  private static final Pattern REFERENCE =
      Pattern.compile("(?i)codes and reasons (?:are those )?of (\\w+)");

  /** Says of a code that the conventions of the whole contract hold. */
  private static final String AS_ANY = "as any method.";

  /** Reads them out of the sources. */
  static Promises read() {
    Path folder = Home.folder().resolve("proto/src/main/proto/tasklane/v1");
    Set<Promise> all = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        addFile(Files.readString(file), all);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Promises(all);
  }

  private static void addFile(String text, Set<Promise> all) {
    Matcher service = SERVICE.matcher(text);
    if (service.find() && !service.group(1).replaceAll("\\n// *", " ").contains(UNSERVED)) {
      Matcher method = METHOD.matcher(text);
      while (method.find()) {
        String words = method.group(1).replaceAll("\\s*\\n *//\\s*|^ *// *", " ").strip();
        addMethod(service.group(2) + "/" + method.group(2), words, all);
      }
    }
  }

  private static void addMethod(String method, String words, Set<Promise> all) {
    Matcher reference = REFERENCE.matcher(words);
    if (reference.find()) {
      String other = method.substring(0, method.indexOf('/') + 1) + reference.group(1);
      for (Promise promise : List.copyOf(all)) {
        if (promise.method().equals(other)) {
          all.add(new Promise(method, promise.code(), promise.reason()));
        }
      }
    }
    Matcher code = CODE.matcher(words);
    List<Integer> starts = new ArrayList<>();
    while (code.find()) {
      starts.add(code.start());
    }
    starts.add(words.length());
    for (int i = 0; i + 1 < starts.size(); i++) {
      String part = words.substring(starts.get(i), starts.get(i + 1)).strip();
      int colon = part.indexOf(": ");
      addReasons(method, part.substring(0, colon), part.substring(colon + 2), all);
    }
  }

  private static void addReasons(String method, String code, String text, Set<Promise> all) {
    if (text.equals(AS_ANY)) {
      return;
    }
    for (String part : text.split(";")) {
      Matcher reasons = REASONS.matcher(part.strip());
      if (!reasons.find()) {
        throw new AssertionError(
            method + " names no reason for " + code + " in \"" + part.strip() + "\"");
      }
      for (String reason : reasons.group().split(", | and ")) {
        all.add(new Promise(method, code, reason));
      }
    }
  }
}
