package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.ArtifactBytes;
import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.artifact.Artifact;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactService;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An artifact service for tests, which keeps bytes in memory and refuses what a test asks it to
 * refuse.
 */
public final class ArtifactsOfTest extends ArtifactService {
  public final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  public final AtomicInteger open = new AtomicInteger();
  public volatile Refusal refusing;
  public volatile Refusal readingRefused;
  public volatile Optional<ArtifactReference> announced = Optional.empty();

  @Override
  public ArtifactUpload upload(
      String contentType, Optional<ArtifactReference> said, Caller caller) {
    refuse(refusing);
    announced = said;
    open.incrementAndGet();
    return new Upload(contentType);
  }

  @Override
  public Artifact get(String sha256) {
    refuse(refusing);
    return artifact(new ArtifactReference(sha256, bytes(sha256).length, "text/plain"));
  }

  @Override
  public ArtifactBytes open(String sha256, long offset) {
    refuse(refusing);
    byte[] bytes = bytes(sha256);
    if (offset > bytes.length) {
      throw Refusal.of(
          Refusal.Sort.OUT_OF_RANGE, RefusalReason.OFFSET_OUT_OF_RANGE, "", "behind the end");
    }
    open.incrementAndGet();
    return new Download(Arrays.copyOfRange(bytes, (int) offset, bytes.length));
  }

  @Override
  public Answer<String> delete(String sha256, Change<String> change) {
    refuse(refusing);
    bytes(sha256);
    kept.remove(sha256);
    return new Answer.Fresh<>("key");
  }

  private byte[] bytes(String sha256) {
    if (!kept.containsKey(sha256)) {
      throw Refusal.of(
          Refusal.Sort.NOT_FOUND,
          RefusalReason.ARTIFACT_NOT_FOUND,
          "artifacts/" + sha256,
          "does not exist");
    }
    return kept.get(sha256);
  }

  private static Artifact artifact(ArtifactReference reference) {
    return new Artifact(
        reference, ApiOfTest.CLOCK.instant(), ApiOfTest.CLOCK.instant().plusSeconds(60));
  }

  private static void refuse(Refusal refusal) {
    if (refusal != null) {
      throw refusal;
    }
  }

  private final class Upload implements ArtifactUpload {
    private final String contentType;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Upload(String contentType) {
      this.contentType = contentType;
    }

    @Override
    public void write(ByteBuffer more) {
      refuse(refusing);
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public Artifact finish() {
      refuse(refusing);
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        String sha256 = HexFormat.of().formatHex(hash);
        kept.put(sha256, bytes.toByteArray());
        return artifact(new ArtifactReference(sha256, bytes.size(), contentType));
      } catch (NoSuchAlgorithmException everyJavaHasIt) {
        throw new AssertionError(everyJavaHasIt);
      }
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private final class Download implements ArtifactBytes {
    private final ByteBuffer left;

    Download(byte[] bytes) {
      left = ByteBuffer.wrap(bytes);
    }

    @Override
    public byte[] read(int most) {
      if (!left.hasRemaining()) {
        refuse(readingRefused);
      }
      byte[] next = new byte[Math.min(most, left.remaining())];
      left.get(next);
      return next;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
