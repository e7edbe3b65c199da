package io.tasklane.web.metrics;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A response whose text, in UTF-8, is held back; status, headers and errors go through at once. */
final class HeldResponse extends HttpServletResponseWrapper {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private PrintWriter writer;
  private boolean held;

  HeldResponse(HttpServletResponse response) {
    super(response);
  }

  /** Whether anything was written. */
  boolean isHeld() {
    return held;
  }

  /** What was written. */
  String text() {
    if (writer != null) {
      writer.flush();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public PrintWriter getWriter() {
    held = true;
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    }
    return writer;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    held = true;
    return new Held();
  }

  @Override
  public void setContentLength(int length) {
    // Known when all is written.
  }

  @Override
  public void setContentLengthLong(long length) {
    // Known when all is written.
  }

  @Override
  public void flushBuffer() {
    // What is held is not to be sent yet.
  }

  private final class Held extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("metrics are not written asynchronously");
    }

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes.write(some, offset, length);
    }
  }
}
