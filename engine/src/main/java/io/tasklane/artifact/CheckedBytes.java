package io.tasklane.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of an artifact. At the end they are checked against its size and, if they were read
 * from the beginning, against its hash.
 */
final class CheckedBytes extends FilterInputStream {
  private final ArtifactReference artifact;
  private final boolean whole;
  private final MessageDigest digest = Sha256.begin();
  private long position;
  private boolean ended;

  CheckedBytes(InputStream in, ArtifactReference artifact, long offset) {
    super(in);
    this.artifact = artifact;
    this.whole = offset == 0;
    this.position = offset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int read = in.read(into, from, most);
    if (read > 0) {
      digest.update(into, from, read);
      position += read;
    }
    // Too many bytes are noticed before the end, which may never come.
    if (position > artifact.sizeBytes() || (read < 0 && !ended)) {
      check();
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    // Skipped bytes must be hashed too.
    return readNBytes((int) Math.min(count, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void check() throws IOException {
    ended = true;
    if (position != artifact.sizeBytes()) {
      throw new CorruptArtifactException(
          artifact, "it has " + position + " bytes or more, and had " + artifact.sizeBytes());
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    if (whole && !hash.equals(artifact.sha256())) {
      throw new CorruptArtifactException(artifact, "its SHA-256 is " + hash);
    }
  }
}
