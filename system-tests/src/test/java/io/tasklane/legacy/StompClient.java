package io.tasklane.legacy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** STOMP 1.2 over a socket, as scripts speak it. */
public final class StompClient implements LegacyClient {
  private static final int PATIENCE_MILLIS = 10_000;

  private final String host;
  private final int port;

  public StompClient(String broker) {
    int colon = broker.lastIndexOf(':');
    host = broker.substring(0, colon);
    port = Integer.parseInt(broker.substring(colon + 1));
  }

  @Override
  public String name() {
    return "stomp";
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(host, port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    write(socket, "CONNECT\naccept-version:1.2\nhost:" + host + "\n\n", "");
    require(read(socket.getInputStream()), "CONNECTED");
    return socket;
  }

  private static void write(Socket socket, String head, String body) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(head.getBytes(StandardCharsets.UTF_8));
    frame.write(body.getBytes(StandardCharsets.UTF_8));
    frame.write(0);
    socket.getOutputStream().write(frame.toByteArray());
    socket.getOutputStream().flush();
  }

  /** The next frame without the line breaks before it. */
  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int next = in.read();
    while (next == '\n' || next == '\r') {
      next = in.read();
    }
    while (next > 0) {
      frame.write(next);
      next = in.read();
    }
    if (next < 0) {
      throw new EOFException("the broker has closed the connection");
    }
    return frame.toString(StandardCharsets.UTF_8);
  }

  private static void require(String frame, String command) throws IOException {
    if (!frame.startsWith(command)) {
      throw new IOException("not " + command + " but " + frame);
    }
  }

  @Override
  public void send(String queue, String id, String body, boolean bytes, String replyTo)
      throws IOException {
    try (Socket socket = connect()) {
      StringBuilder head = new StringBuilder("SEND\ndestination:" + queue + "\nreceipt:r\n");
      if (bytes) { // with this header the broker makes a BytesMessage of it
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        head.append("content-length:").append(length).append('\n');
      }
      if (!id.isEmpty()) {
        head.append("_AMQ_DUPL_ID:").append(id).append('\n');
      }
      if (!replyTo.isEmpty()) {
        head.append("reply-to:").append(replyTo).append('\n');
      }
      head.append("persistent:true\n\n");
      write(socket, head.toString(), body);
      require(read(socket.getInputStream()), "RECEIPT");
    }
  }

  @Override
  public String receive(String queue) throws IOException {
    try (Socket socket = connect()) {
      write(socket, "SUBSCRIBE\nid:0\nack:client-individual\ndestination:" + queue + "\n\n", "");
      String frame = read(socket.getInputStream());
      require(frame, "MESSAGE");
      String ack = frame.replaceAll("(?s).*\\nack:([^\\n]+)\\n.*", "$1");
      write(socket, "ACK\nid:" + ack + "\nreceipt:a\n\n", "");
      while (read(socket.getInputStream()).startsWith("MESSAGE")) {
        // the next one, which was under way; it stays, since it is not acknowledged
      }
      return frame.substring(frame.indexOf("\n\n") + 2);
    } catch (SocketTimeoutException nothing) {
      return "";
    }
  }
}
