package io.tasklane.artifact;

import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An upload into a temporary file, hashed while it is written. */
final class SpooledUpload implements ArtifactUpload {
  private static final Logger LOG = Logger.getLogger(SpooledUpload.class.getName());

  private final UploadFolder incoming;
  private final Path file;
  private final FileChannel channel;
  private final String contentType;
  private final Optional<ArtifactReference> announced;
  private final long maximumBytes;
  private final BiFunction<ArtifactReference, Path, Artifact> keep;
  private final MessageDigest digest = Sha256.begin();
  private long size;
  private boolean closed;

  /**
   * Begins an upload.
   *
   * @param incoming creates the file
   * @param contentType MIME type of the bytes
   * @param announced which bytes will come, if the caller said so
   * @param maximumBytes limit of the size
   * @param keep stores a complete file
   */
  SpooledUpload(
      UploadFolder incoming,
      String contentType,
      Optional<ArtifactReference> announced,
      long maximumBytes,
      BiFunction<ArtifactReference, Path, Artifact> keep) {
    this.incoming = incoming;
    this.contentType = contentType;
    this.announced = announced;
    this.maximumBytes = maximumBytes;
    this.keep = keep;
    requireAllowed(announced.map(ArtifactReference::sizeBytes).orElse(0L));
    this.file = incoming.begin();
    try {
      this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException failed) {
      incoming.end(file);
      throw StorageErrors.refusal(failed);
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    requireAllowed(size + bytes.remaining());
    size += bytes.remaining();
    digest.update(bytes.duplicate());
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException failed) {
      throw StorageErrors.refusal(failed);
    }
  }

  @Override
  public Artifact finish() {
    ArtifactReference came =
        new ArtifactReference(HexFormat.of().formatHex(digest.digest()), size, contentType);
    announced.filter(said -> !isSame(said, came)).ifPresent(said -> refuse(said, came));
    try {
      channel.close();
    } catch (IOException failed) {
      throw StorageErrors.refusal(failed);
    }
    return keep.apply(came, file);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException failed) {
      LOG.log(Level.WARNING, file + " could not be closed", failed);
    }
    incoming.end(file);
  }

  private void requireAllowed(long bytes) {
    if (bytes > maximumBytes) {
      throw Refusal.invalid(
          RefusalReason.ARTIFACT_TOO_LARGE,
          "artifact",
          "an artifact of " + bytes + " bytes is not allowed: at most " + maximumBytes);
    }
  }

  private static boolean isSame(ArtifactReference said, ArtifactReference came) {
    return said.sha256().equals(came.sha256()) && said.sizeBytes() == came.sizeBytes();
  }

  private static void refuse(ArtifactReference said, ArtifactReference came) {
    throw Refusal.invalid(
        RefusalReason.ARTIFACT_HASH_MISMATCH,
        "artifact.reference",
        "what came is "
            + came.sizeBytes()
            + " bytes with SHA-256 "
            + came.sha256()
            + ", announced were "
            + said.sizeBytes()
            + " bytes with "
            + said.sha256()
            + ": nothing was kept");
  }
}
