package io.tasklane.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that identifies stored bytes. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
