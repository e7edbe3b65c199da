package io.tasklane.trading.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes read as UTF-8, strictly, without a byte order mark. */
public final class Utf8 {
  private Utf8() {}

  /** The text, or a failure that names the file. */
  public static String text(String file, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw DataFault.unreadable(file, "is not UTF-8 text", e);
    }
  }
}
