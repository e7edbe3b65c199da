package io.tasklane.artifact;

import io.tasklane.api.ArtifactBytes;
import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.artifact.storage.FileArtifacts;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.config.ArtifactsConfig;
import io.tasklane.database.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A shelf in a folder, and the words tests use on it. */
public final class ArtifactBench {
  public static final long LARGEST = 1_000_000;
  public final ArtifactStore shelf;
  public final ArtifactCleaning cleaning;
  private final Path folder;

  /** Writes by this committer. */
  public ArtifactBench(Database database, GroupCommitter committer, Path folder) {
    this.folder = folder;
    ArtifactsConfig config =
        new ArtifactsConfig(folder, Optional.empty(), LARGEST, Duration.ofHours(24), 2);
    FileArtifacts storage = new FileArtifacts(folder.resolve("objects"));
    Random keys = new Random();
    shelf = new ArtifactStore(database, committer, storage, config, keys, "n1");
    cleaning = new ArtifactCleaning(database, committer, storage);
  }

  public static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  public Artifact keep(String text) {
    return keep(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  /** Uploads in pieces of 1000 bytes. */
  public Artifact keep(byte[] bytes, Optional<ArtifactReference> announced) {
    try (ArtifactUpload upload = shelf.upload("text/plain", announced, "tester")) {
      for (int from = 0; from < bytes.length; from += 1000) {
        upload.write(ByteBuffer.wrap(bytes, from, Math.min(1000, bytes.length - from)));
      }
      return upload.finish();
    }
  }

  public byte[] read(String sha256, long offset) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ArtifactBytes bytes = shelf.open(sha256, offset)) {
      for (byte[] next = bytes.read(777); next.length > 0; next = bytes.read(777)) {
        all.writeBytes(next);
      }
    }
    return all.toByteArray();
  }

  public void delete(Artifact artifact) {
    Change<String> change =
        new Change<>(new Caller("tester", ""), "delete", Optional.empty(), new byte[0], k -> null);
    shelf.delete(artifact.reference().sha256(), change);
  }

  public static ArtifactReference referenceTo(byte[] bytes) {
    String hash = HexFormat.of().formatHex(Sha256.begin().digest(bytes));
    return new ArtifactReference(hash, bytes.length, "text/plain");
  }

  /** Files under the folder: objects, and uploads under way. */
  public List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
