package io.tasklane.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Dumps that a former build has left, recorded by {@code -Ddifferential.record=COMMIT}, which is
 * the commit that is checked out. Record them anew only from that commit's engine: they tell
 * whether a later one still does what it did. One intended change was written into them since: the
 * event of a PREEMPT names the task that the run gave way to.
 */
final class Golden {
  private static final Path RESOURCES = Path.of("src/test/resources/differential");

  private Golden() {}

  /** The commit to record dumps of, empty where they are only compared. */
  static Optional<String> commitToRecord() {
    return Optional.ofNullable(System.getProperty("differential.record"));
  }

  /** The text of a file for this dump. */
  static String text(Script script, String commit, String dump) {
    return "# Seed %d at commit %s, script %s; see io.tasklane.differential.Golden%n%s"
        .formatted(script.seed(), commit, fingerprint(script), dump);
  }

  /** Keeps a dump. */
  static void record(Script script, String commit, String dump) {
    try {
      Files.createDirectories(RESOURCES);
      Files.writeString(RESOURCES.resolve(file(script)), text(script, commit, dump));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What was recorded, with its first line; empty where nothing was. */
  static Optional<String> recorded(Script script) {
    try (InputStream file = Golden.class.getResourceAsStream("/differential/" + file(script))) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String file(Script script) {
    return "seed-%02d.txt".formatted(script.seed());
  }

  /** Differs where the generator draws another script from the seed than the recorded one. */
  static String fingerprint(Script script) {
    try {
      byte[] text = (script.queues() + "" + script.steps()).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
